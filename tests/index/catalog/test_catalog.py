"""The catalog, in a real database of each kind."""

from __future__ import annotations

import random
import sqlite3
import string
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.catalog import ArticleFilter, Catalog, Reading, StatementFilter, open_catalog
from index.errors import ArticleNotFound, StoreError
from index.languages.terms import query_terms
from index.models import Article, Feedback, Passage, Person, Quotation, content_id
from index.query.parser import parse


def article(text: str, key: str = "a", origin: str | None = None, **more: object) -> Article:
    return Article(content_id(text), key, text.splitlines()[0], "fr", text=text, origin=origin, **more)  # type: ignore[arg-type]


def reading(article: Article, quotations: list[Quotation] | None = None) -> Reading:
    quotations = quotations or []
    passages = [Passage(article.id, 0, len(article.text))]
    vectors = np.full((1, 4), 0.5, dtype=np.float32)
    return Reading(article, passages, quotations, vectors, np.full((len(quotations), 4), 0.5, np.float32), "model-a")


def test_an_article_comes_back_as_it_went_in(catalog: Catalog) -> None:
    text = "Titre\r\n\n\n« Été », dit-il.\u202f🌊 e\u0301\n"
    sent = article(text, published=date(2025, 3, 19), source="Le Fanal", author="Maud", url="https://x.example/a")
    quotation = Quotation(sent.id, 11, 14, "direct", "Odile Marchesseau", "il", "dit-il", "Le Fanal")
    assert catalog.add(reading(sent, [quotation])) == "added"
    assert catalog.article(sent.id) == sent
    assert catalog.articles() == [sent]
    assert catalog.quotations(sent.id) == [quotation]
    assert catalog.passages(sent.id) == [Passage(sent.id, 0, len(text))]


def test_what_was_made_of_an_article_comes_back_and_can_be_put_back(catalog: Catalog) -> None:
    sent = article("Le quai\n\nMaud Lorne, maire, parle. « Oui », dit-elle.", published=date(2025, 3, 19))
    named = Person("Maud Lorne", "person", "Fem", ("maire",), ((9, 19),))
    made = replace(
        reading(sent, [Quotation(sent.id, 39, 42, "direct", "Maud Lorne", speaker_id=None)]),
        names=["Maud Lorne"],
        people=[named],
    )
    catalog.add(made)
    kept, quotations = catalog.reading(sent.id), catalog.quotations()
    assert (kept.article, kept.people, kept.names, kept.model) == (sent, [named], ["Maud Lorne"], "model-a")
    assert np.allclose(kept.quotation_vectors, made.quotation_vectors)
    catalog.remove(sent.id)
    assert catalog.add(kept) == "added"
    again = catalog.reading(sent.id)
    assert (again.article, again.passages, again.people, again.names) == (
        kept.article, kept.passages, kept.people, kept.names
    )  # fmt: skip
    assert [replace(each, speaker_id=None) for each in catalog.quotations()] == [
        replace(each, speaker_id=None) for each in quotations
    ]
    assert [found.quotations for found in catalog.people()] == [1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Noé Okafor-Légaré", ["Noé Okafor-Légaré"]),
        ("okaf", ["Noé Okafor-Légaré", "Ada Okafor"]),
        ("noe okafor", ["Noé Okafor-Légaré"]),
        ("LÉGA", ["Noé Okafor-Légaré"]),
        ("nobody", []),
    ],
)
def test_quotations_are_listed_by_a_part_of_the_name_of_who_speaks(
    catalog: Catalog, asked: str, found: list[str]
) -> None:
    text = "Le quai. Oui. Non."
    one = article(text)
    names = ["Noé Okafor-Légaré", "Ada Okafor", None]
    said = [Quotation(one.id, 9 + at, 12 + at, "direct", name) for at, name in enumerate(names)]
    catalog.add(reading(one, said))
    assert [each.quotation.speaker for each in catalog.said(StatementFilter(speaker=asked))] == found


def test_the_same_text_again_changes_nothing(catalog: Catalog) -> None:
    catalog.add(reading(article("Un texte", key="a", origin="/a.txt")))
    before = catalog.revision()
    assert catalog.add(reading(article("Un texte", key="b", origin="/b.txt"))) == "unchanged"
    assert catalog.revision() == before
    assert [a.key for a in catalog.articles()] == ["a"]


def test_a_new_text_from_the_same_origin_replaces_the_old_one_with_all_its_spans(catalog: Catalog) -> None:
    old, new = article("Ancien texte", origin="/a.txt"), article("Nouveau texte", origin="/a.txt")
    catalog.add(reading(old, [Quotation(old.id, 0, 6, "direct")]))
    assert catalog.add(reading(new)) == "updated"
    assert catalog.articles() == [new]
    assert catalog.quotations() == []
    assert catalog.search(["ancien"], "passage", 5) == []


def test_articles_without_a_known_origin_never_replace_each_other(catalog: Catalog) -> None:
    catalog.add(reading(article("Un texte collé")))
    assert catalog.add(reading(article("Un autre texte collé"))) == "added"
    assert len(catalog.articles()) == 2


def test_what_is_known_of_an_article_may_be_of_any_length(catalog: Catalog) -> None:
    chance = random.Random(7)
    long = "".join(chance.choice(string.ascii_letters) for _ in range(9_000))
    one = article(
        f"{long} {long[::-1]}.", key=long, origin=long, source=long, author=long, url=f"https://a.example/{long}"
    )
    named = Person(f"Maud {long}", "person", "", (long,), ((0, 9),))
    said = [Quotation(one.id, 0, 9_000, "direct", f"Maud {long}")]
    made = replace(reading(one, said), names=[f"Maud {long}"], people=[named])
    assert catalog.add(made) == "added"
    assert (catalog.outlets(), catalog.names(), catalog.speakers()) == ([long], [f"Maud {long}"], [f"Maud {long}"])
    assert catalog.find(long) == one
    assert [each.article.id for each in catalog.find_exactly(parse(f"{long[:1_900]}*"))] == [one.id]
    assert [hit.article_id for hit in catalog.search(query_terms(long), "passage", 5)] == [one.id]
    assert catalog.findings("model-a", 4) == []
    catalog.remove(one.id)
    assert (catalog.outlets(), catalog.names(), catalog.people()) == ([], [], [])


def test_newest_first_and_undated_last(catalog: Catalog) -> None:
    for text, day in [("vieux", date(2016, 1, 2)), ("sans date", None), ("neuf", date(2025, 1, 2))]:
        catalog.add(reading(article(text, key=text, published=day)))
    assert [a.key for a in catalog.articles()] == ["neuf", "vieux", "sans date"]


def test_removing_an_article_removes_all_that_is_known_of_it(catalog: Catalog) -> None:
    kept, gone = article("Les loups"), article("Les brebis")
    for one in (kept, gone):
        catalog.add(reading(one, [Quotation(one.id, 0, 3, "direct")]))
    assert catalog.remove(gone.id)
    assert not catalog.remove(gone.id)
    assert [unit.article_id for unit in catalog.units()] == [kept.id, kept.id]
    assert catalog.search(["breb"], "passage", 5) == []
    with pytest.raises(ArticleNotFound):
        catalog.article(gone.id)


@pytest.mark.parametrize("asked", ["élections", "elections", "ELECTION", "l’élection"])
def test_full_text_is_blind_to_accents_capitals_and_endings(catalog: Catalog, asked: str) -> None:
    found = article("Les élections auront lieu dimanche")
    catalog.add(reading(found))
    catalog.add(reading(article("Le marché rouvre lundi")))
    hits = catalog.search(query_terms(asked), "passage", 5)
    assert [hit.article_id for hit in hits] == [found.id]


def test_a_rarer_word_ranks_higher(catalog: Catalog) -> None:
    for n in range(6):
        catalog.add(reading(article(f"Le maire parle du marché numéro {n}")))
    rare = article("Le maire parle du viaduc")
    catalog.add(reading(rare))
    assert catalog.search(["mair", "viaduc"], "passage", 3)[0].article_id == rare.id


def test_a_quotation_is_found_by_its_speaker(catalog: Catalog) -> None:
    one = article("« Jamais », dit-elle. « Toujours », dit-il.")
    said = [Quotation(one.id, 2, 8, "direct", "Ana Ruiz"), Quotation(one.id, 24, 32, "direct", "Luc Mas")]
    catalog.add(reading(one, said))
    assert [(hit.start, hit.end) for hit in catalog.search(["ruiz"], "quotation", 5)] == [(2, 8)]


def test_nothing_is_searched_for_no_words(catalog: Catalog) -> None:
    assert catalog.search([], "passage", 5) == []


def test_an_article_is_found_by_key_id_beginning_of_id_origin_or_title(catalog: Catalog) -> None:
    one = article("Titre\ntexte", key="une", origin="/x/une.txt")
    catalog.add(reading(one))
    for name in ("une", one.id, one.id[:6], "/x/une.txt", "Titre"):
        assert catalog.find(name) == one
    with pytest.raises(ArticleNotFound, match=r"deux: no such article. List them with `dixit list`."):
        catalog.find("deux")


def test_a_name_that_several_articles_share_is_refused_with_their_ids(catalog: Catalog) -> None:
    one, two = article("Un", key="x"), article("Deux", key="x")
    catalog.add(reading(one))
    catalog.add(reading(two))
    with pytest.raises(ArticleNotFound, match=f"2 articles go by that name.*{one.id}"):
        catalog.find("x")


def test_revisions_tell_what_was_written_when(catalog: Catalog) -> None:
    one, two = article("Un"), article("Deux")
    catalog.add(reading(one))
    catalog.add(reading(two))
    before = catalog.revisions()
    catalog.replace(reading(one))
    after = catalog.revisions()
    assert after[two.id] == before[two.id]
    assert after[one.id] == catalog.revision() > before[one.id]


def test_replacing_an_article_that_was_removed_meanwhile_does_not_bring_it_back(catalog: Catalog) -> None:
    assert not catalog.replace(reading(article("Un")))
    assert catalog.articles() == []


def test_the_models_that_made_the_vectors_are_known(catalog: Catalog) -> None:
    assert catalog.models() == set()
    for text, model in (("Un", "model-a"), ("Deux", "model-c"), ("Trois", "model-b"), ("Quatre", "model-a")):
        catalog.add(replace(reading(article(text)), model=model))
    assert catalog.models() == {"model-a", "model-b", "model-c"}


def test_vectors_come_back_within_half_precision(catalog: Catalog) -> None:
    one = article("Un")
    vector = np.array([[0.1, -0.7, 0.33, 0.02]], dtype=np.float32)
    catalog.add(Reading(one, [Passage(one.id, 0, 2)], [], vector, np.zeros((0, 4), np.float32), "m"))
    np.testing.assert_allclose(catalog.units(one.id)[0].vector, vector[0], atol=1e-3)


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file/data: cannot be made"):
        open_catalog(tmp_path / "file" / "data")


def test_a_file_that_is_no_catalog_is_named(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_text("this is not a database, " * 100)
    with pytest.raises(StoreError, match=r"catalog.sqlite: file is not a database"):
        open_catalog(tmp_path)


@pytest.mark.parametrize("left", ["vectors/0a1b2c3d/chroma.sqlite3", "catalog.sqlite-wal", "catalog.sqlite.before-2"])
def test_an_emptied_catalog_is_not_taken_for_a_new_one(tmp_path: Path, left: str) -> None:
    (tmp_path / left).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / left).write_text("something")
    (tmp_path / "catalog.sqlite").touch()
    with pytest.raises(StoreError, match=r"it is empty, and was not before.*dixit restore FILE --force"):
        open_catalog(tmp_path)
    assert (tmp_path / left).read_text() == "something"
    (tmp_path / "catalog.sqlite").unlink()  # as told: to begin anew
    (tmp_path / "catalog.sqlite-wal").unlink(missing_ok=True)
    open_catalog(tmp_path).close()


def test_an_empty_file_beside_nothing_is_a_new_catalog(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").touch()
    (tmp_path / "vectors").mkdir()  # with a lock, while another process opens it, too
    (tmp_path / "vectors" / "lock").touch()
    open_catalog(tmp_path).close()


def test_a_catalog_keeps_the_id_that_it_was_made_with_and_an_older_one_is_given_one(
    catalog: Catalog, tmp_path: Path
) -> None:
    with closing(open_catalog(tmp_path / "new")) as made:
        first = made.id()
    with closing(open_catalog(tmp_path / "new")) as again:
        assert again.id() == first != catalog.id()
    with closing(sqlite3.connect(tmp_path / "new" / "catalog.sqlite", isolation_level=None)) as connection:
        connection.execute("DELETE FROM facts WHERE name = 'id'")
    with closing(open_catalog(tmp_path / "new")) as older:
        assert older.id() not in ("", first)


def test_a_catalog_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    open_catalog(tmp_path).close()
    with sqlite3.connect(tmp_path / "catalog.sqlite") as connection:
        connection.execute("UPDATE facts SET value = '99' WHERE name = 'schema'")
    connection.close()
    with pytest.raises(StoreError, match="version 99"):
        open_catalog(tmp_path)


def test_what_readers_thought_is_kept_in_order(catalog: Catalog) -> None:
    given = [
        Feedback("Qui ?", ("0f" * 8, "1f" * 8), 1, datetime(2026, 3, 1, 12, 30, tzinfo=UTC)),
        Feedback("Qui ?", ("0f" * 8,), -1, datetime(2026, 3, 1, 12, 31, tzinfo=UTC)),
    ]
    for feedback in given:
        catalog.add_feedback(feedback)
    assert catalog.feedback() == given


@pytest.fixture
def library(catalog: Catalog) -> Catalog:
    ferry = article(
        "Le ferry de nuit\n« 🌊 Élu, je rouvre », a dit Luc Ané.",
        key="ferry",
        published=date(2026, 1, 30),
        source="L’Écho",
    )
    clock = replace(
        article(
            'The clock\n"Eleven minutes," she said.', key="clock", published=date(2025, 11, 12), source="The Herald"
        ),
        lang="en",
    )
    plain = article("Bulletin sans date", key="plain")
    catalog.add(reading(ferry, [Quotation(ferry.id, 19, 35, "direct", "Luc Ané", cue="a dit")]))
    catalog.add(reading(clock, [Quotation(clock.id, 11, 25, "mixed", None, "she")]))
    catalog.add(reading(plain))
    return catalog


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, "ferry clock plain"),
        ({"order": "oldest"}, "clock ferry plain"),
        ({"order": "title"}, "plain ferry clock"),
        ({"source": "L’Écho"}, "ferry"),
        ({"lang": "en"}, "clock"),
        ({"search": "ferries NUITS"}, "ferry"),
        ({"search": "elus"}, "ferry"),
        ({"search": "minut"}, "clock"),
        ({"search": "ferry clock"}, ""),
        ({"search": '"; DROP TABLE articles --'}, ""),
        ({"search": "le quai de « nuit ?"}, ""),
        ({"search": "la ferry de « nuit ?"}, "ferry"),
        ({"search": "« ?"}, "ferry clock plain"),
    ],
)
def test_articles_are_listed_by_what_is_wanted(library: Catalog, wanted: dict[str, Any], expected: str) -> None:
    assert [listing.article.key for listing in library.listings(ArticleFilter(**wanted))] == expected.split()


def test_titles_are_sorted_as_a_reader_does_without_accents_capitals_and_marks(catalog: Catalog) -> None:
    titles = ["À Mirelongue, le pont", "« Abandon » du port", "écluse fermée", "Étang vidé", "Vauquelin", "zone 3"]
    for title in reversed(titles):
        catalog.add(reading(article(title, key=title)))
    listed = catalog.listings(ArticleFilter(order="title"))
    assert [one.article.title for one in listed] == titles


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["🌊 Élu, je rouvre", "Eleven minutes"]),
        ({"speaker": "Luc Ané"}, ["🌊 Élu, je rouvre"]),
        ({"speaker": "ané"}, ["🌊 Élu, je rouvre"]),
        ({"kind": "mixed"}, ["Eleven minutes"]),
        ({"lang": "fr", "source": "L’Écho"}, ["🌊 Élu, je rouvre"]),
        ({"since": date(2026, 1, 30)}, ["🌊 Élu, je rouvre"]),
        ({"until": date(2026, 1, 29)}, ["Eleven minutes"]),
        ({"search": "ane rouvr"}, ["🌊 Élu, je rouvre"]),
    ],
)
def test_quotations_are_listed_by_what_is_wanted(library: Catalog, wanted: dict[str, Any], expected: list[str]) -> None:
    found = library.said(StatementFilter(**wanted))
    assert [statement.quote for statement in found] == expected
    for said in found:
        assert library.article(said.quotation.article_id).text[said.quotation.start : said.quotation.end] == said.quote


def test_a_listing_counts_the_quotations(library: Catalog) -> None:
    assert {listing.article.key: listing.quotations for listing in library.listings(ArticleFilter())} == {
        "ferry": 1, "clock": 1, "plain": 0,
    }  # fmt: skip
