"""The people of the catalog, in a real database of each kind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from index.catalog import Catalog, PersonFilter, Reading, StatementFilter, open_catalog
from index.models import Article, Passage, Person, Quotation, SpeakerKind, content_id

TABLES = ("people", "namings", "person_mentions", "person_roles")


def reading(text: str, *people: Person, speaker: str | None = None, kind: SpeakerKind = "person") -> Reading:
    article = Article(content_id(text), text, text, "fr", text=text, origin=f"/{text.split()[0]}")
    said = [Quotation(article.id, 0, 2, "direct", speaker, speaker_kind=kind)] if speaker else []
    vectors = np.full((1, 4), 0.5, np.float32)
    passages = [Passage(article.id, 0, len(text))]
    return Reading(article, passages, said, vectors, vectors[: len(said)], "model-a", people=people)


def held(catalog: Catalog) -> dict[str, int]:
    with catalog._read() as connection:
        return {table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in TABLES}


def rows(catalog: Catalog, query: str) -> list[tuple[object, ...]]:
    with catalog._read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


ARZEL = Person("Clémence Arzel", "person", "Fem", ("maire de Port-Lanvel", "maire"), ((0, 4), (6, 9)))


def test_the_people_of_an_article_are_stored_with_mentions_and_roles(catalog: Catalog) -> None:
    catalog.add(reading("un article", ARZEL, speaker="Clémence Arzel"))
    assert held(catalog) == {"people": 1, "namings": 1, "person_mentions": 2, "person_roles": 2}
    (person,) = rows(catalog, "SELECT id, name, folded, kind, gender FROM people")
    assert person[1:] == ("Clémence Arzel", "clemence arzel", "person", "Fem")
    assert rows(catalog, "SELECT role, folded FROM person_roles") == [
        ("maire de Port-Lanvel", "maire port lanvel"), ("maire", "maire"),
    ]  # fmt: skip
    (quotation,) = catalog.quotations()
    assert quotation.speaker_id == person[0]


def test_removing_an_article_removes_its_mentions_and_whoever_is_left_without_any(catalog: Catalog) -> None:
    first, second = reading("un article", ARZEL), reading("deux articles", ARZEL, Person("Hugo Vasselin", "person"))
    catalog.add(first)
    catalog.add(second)
    assert held(catalog) == {"people": 2, "namings": 3, "person_mentions": 4, "person_roles": 4}
    catalog.remove(second.article.id)
    assert rows(catalog, "SELECT name FROM people") == [("Clémence Arzel",)]
    catalog.remove(first.article.id)
    assert set(held(catalog).values()) == {0}


def test_who_shares_a_last_word_with_somebody_new_is_not_written_anew(catalog: Catalog) -> None:
    written = list[str]()

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT INTO people ", "UPDATE people ")):
            written.append(statement.split()[0])

    for text, *people in (("un", ARZEL), ("deux", Person("Hugo Arzel", "person"))):
        catalog.add(reading(text, *people))
    sa.event.listen(catalog._engine, "before_cursor_execute", note)
    try:
        catalog.add(reading("trois", Person("Odile Arzel", "person")))
        catalog.add(reading("quatre", Person("Odile Arzel", "person", "Fem")))
    finally:
        sa.event.remove(catalog._engine, "before_cursor_execute", note)
    assert written == ["INSERT", "UPDATE"]


def test_a_new_version_of_an_article_names_its_own_people_alone(catalog: Catalog) -> None:
    catalog.add(reading("un article", ARZEL, Person("Hugo Vasselin", "person")))
    assert catalog.add(reading("un autre", ARZEL)) == "updated"
    assert rows(catalog, "SELECT name FROM people") == [("Clémence Arzel",)]


def test_an_article_that_is_read_again_keeps_the_ids_of_its_people(catalog: Catalog) -> None:
    read = reading("un article", ARZEL, Person("Hugo Vasselin", "person"), speaker="Clémence Arzel")
    catalog.add(read)
    before = rows(catalog, "SELECT id FROM people WHERE name = 'Clémence Arzel'")
    catalog.replace(replace(read, people=(Person("Odette Lemarquis", "person"), ARZEL)))
    assert rows(catalog, "SELECT id FROM people WHERE name = 'Clémence Arzel'") == before
    assert rows(catalog, "SELECT name FROM people ORDER BY name") == [("Clémence Arzel",), ("Odette Lemarquis",)]
    assert [(quotation.speaker_id,) for quotation in catalog.quotations()] == before


def test_an_id_that_was_somebodys_is_nobody_elses(catalog: Catalog) -> None:
    first = reading("un article", ARZEL)
    catalog.add(first)
    (before,) = rows(catalog, "SELECT id FROM people")
    catalog.remove(first.article.id)
    catalog.add(reading("deux articles", Person("Hugo Vasselin", "person")))
    assert rows(catalog, "SELECT id FROM people") != [before]


def test_a_body_that_speaks_under_its_noun_is_the_body(catalog: Catalog) -> None:
    company = Person("Manche & Nuit", "body")
    catalog.add(reading("un article", company, speaker="compagnie Manche & Nuit", kind="body"))
    assert [(quotation.speaker_id,) for quotation in catalog.quotations()] == rows(catalog, "SELECT id FROM people")


def test_a_speaker_whom_the_article_does_not_name_has_no_id(catalog: Catalog) -> None:
    catalog.add(reading("un article", ARZEL, speaker="une passante"))
    assert [quotation.speaker_id for quotation in catalog.quotations()] == [None]


def test_a_homonym_of_the_other_gender_parts_those_who_were_one(catalog: Catalog) -> None:
    untold, fem, masc = (Person("Dominique Vidal", "person", gender) for gender in ("", "Fem", "Masc"))
    catalog.add(reading("a", untold, speaker="Dominique Vidal"))
    catalog.add(reading("b", fem, speaker="Dominique Vidal"))
    assert len({quotation.speaker_id for quotation in catalog.quotations()}) == 1
    catalog.add(reading("c", masc, speaker="Dominique Vidal"))
    assert len({quotation.speaker_id for quotation in catalog.quotations()}) == 3
    catalog.remove(content_id("c"))
    assert len({quotation.speaker_id for quotation in catalog.quotations()}) == 1
    assert rows(catalog, "SELECT name, gender FROM people") == [("Dominique Vidal", "Fem")]


READINGS = [
    reading("a", Person("Paul Vidal", "person", "Masc", ("maire",)), speaker="Paul Vidal"),
    reading("b", Person("PAUL VIDAL", "person"), speaker="PAUL VIDAL"),
    reading("c", Person("Vidal", "person", "", ("maire de Metz",)), speaker="Vidal"),
    reading("d", Person("Paul Vidal", "body"), speaker="Paul Vidal", kind="body"),
]


@pytest.mark.parametrize("order", list(permutations(range(len(READINGS)))))
def test_the_order_of_articles_makes_no_difference(order: tuple[int, ...], catalog: Catalog) -> None:
    for at in order:
        catalog.add(READINGS[at])
    by_article = {quotation.article_id: quotation.speaker_id for quotation in catalog.quotations()}
    ids = [by_article[read.article.id] for read in READINGS]
    assert None not in ids
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_people_are_listed_with_their_roles_and_how_often_they_speak(catalog: Catalog) -> None:
    catalog.add(reading("un article", ARZEL, Person("Hugo Vasselin", "person"), speaker="Clémence Arzel"))
    catalog.add(reading("deux articles", Person("Clémence Arzel", "person", "", ("maire",)), speaker="Clémence Arzel"))
    told = [(p.name, p.gender, p.roles, p.articles, p.quotations) for p in catalog.people()]
    assert told == [
        ("Clémence Arzel", "Fem", ("maire", "maire de Port-Lanvel"), 2, 2),
        ("Hugo Vasselin", "", (), 1, 0),
    ]


@pytest.mark.parametrize(
    ("called", "names"),
    [
        ("Clémence Arzel", ["Clémence Arzel"]),
        ("clemence ARZEL", ["Clémence Arzel"]),
        ("la maire de Port-Lanvel", ["Clémence Arzel"]),
        ("le maire de port lanvel", ["Clémence Arzel"]),
        ("la maire", ["Clémence Arzel", "Paul Vidal"]),
        ("the mayor", ["Ana Ruiz"]),
        ("Mayor of Hask", ["Ana Ruiz"]),
        ("le maire de Metz", []),
        ("la maire adjointe", ["Odette Lemarquis"]),
        ("ancien maire", []),
        ("le", []),
        ("", []),
        ("%", []),
    ],
)
def test_people_are_found_by_name_or_role(called: str, names: list[str], catalog: Catalog) -> None:
    people = [
        ARZEL,
        Person("Paul Vidal", "person", "Masc", ("maire de Morvillac",)),
        Person("Ana Ruiz", "person", "Fem", ("mayor of Hask",)),
        Person("Odette Lemarquis", "person", "Fem", ("maire adjointe",)),
    ]
    catalog.add(reading("un article", *people))
    assert [person.name for person in catalog.people_called(called)] == names


@pytest.mark.parametrize("version", [1, 2])
def test_a_catalog_of_an_older_version_has_no_people(version: int, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection, connection:
        script = Path(__file__).parents[2] / "data" / f"catalog-{version}.sql"
        connection.executescript(script.read_text(encoding="utf-8"))
    catalog = open_catalog(tmp_path)
    assert catalog.people() == []
    catalog.add(reading("un article", ARZEL))
    assert [person.name for person in catalog.people()] == ["Clémence Arzel"]
    catalog.close()


VASSELIN = Person("Hugo Vasselin", "person", "Masc", ("préfet du Var",))
TOWN = Person("Ville de Morvillac", "body", mentions=((0, 2),))


@pytest.fixture
def named(catalog: Catalog) -> Catalog:
    """Two articles that name three: the mayor in both, quoted once."""
    catalog.add(reading("Mme Arzel, maire de Port-Lanvel", ARZEL, VASSELIN, speaker="Clémence Arzel"))
    catalog.add(reading("Ville, puis la maire", TOWN, replace(ARZEL, mentions=((12, 20),))))
    return catalog


def test_everyone_who_is_named_is_counted_quoted_or_not(named: Catalog) -> None:
    told = [(one.name, one.articles, one.mentions, one.quotations) for one in named.everyone(PersonFilter())]
    assert told == [("Clémence Arzel", 2, 3, 1), ("Ville de Morvillac", 1, 1, 0), ("Hugo Vasselin", 1, 0, 0)]
    assert named.people()[0] == named.everyone(PersonFilter())[0]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (PersonFilter("CLEMENCE"), ["Clémence Arzel"]),
        (PersonFilter("arz"), ["Clémence Arzel"]),
        (PersonFilter("Préfet"), ["Hugo Vasselin"]),
        (PersonFilter("la maire de"), ["Clémence Arzel"]),
        (PersonFilter("v", kind="body"), ["Ville de Morvillac"]),
        (PersonFilter(kind="person"), ["Clémence Arzel", "Hugo Vasselin"]),
        (PersonFilter(order="name"), ["Clémence Arzel", "Hugo Vasselin", "Ville de Morvillac"]),
        (PersonFilter("100 %"), []),
        (PersonFilter("_"), []),
    ],
)
def test_those_named_are_found_by_a_part_of_a_name_or_role(
    named: Catalog, wanted: PersonFilter, names: list[str]
) -> None:
    assert [one.name for one in named.everyone(wanted)] == names


def test_each_place_that_names_somebody_is_told_with_its_words(named: Catalog) -> None:
    mayor = named.everyone(PersonFilter("arzel"))[0]
    assert [place.words for place in named.mentions(mayor.id)] == ["la maire", "Mme ", "zel"]
    assert {place.name for place in named.mentions(mayor.id)} == {"Clémence Arzel"}
    assert named.person(mayor.id) == mayor
    assert named.person(mayor.id + 99) is None
    assert named.mentions(mayor.id + 99) == []


def test_what_one_of_two_people_says_is_listed_by_whom_it_is(named: Catalog) -> None:
    mayor, town, _ = named.everyone(PersonFilter())
    assert [said.quotation.speaker for said in named.said(StatementFilter(person=mayor.id))] == ["Clémence Arzel"]
    assert named.said(StatementFilter(person=town.id)) == []
