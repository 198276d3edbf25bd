"""Over stored articles: what a query finds, where, and that nothing is missed, whatever changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.catalog import Catalog, Reading, exact_search
from index.catalog.writing import Requoted
from index.models import Article, Passage, Quotation, content_id
from index.query.models import Holds, Near, Pattern, Phrase
from index.query.occurrences import occurrences, spaced_words
from index.query.parser import parse

FERRY = """Le ferry de Sarzelle rouvre

« Le prix du
billet ne bougera pas », a dit Clémence Arzel, la maire. L’École du quai ferme à 17 h.

« Ce ferry est un cœur », a répondu Luc Mas-Vidal. Le billet coûte 1,5 euro."""
QUAY = """Mayor Priya Nandan said: “The ferry needs a quay.” The quay was built by the S.N.C.F. in 1950."""
UNDATED = "Rien de neuf au port."


def article(text: str, title: str, **known: object) -> Article:
    return Article(content_id(text), title, title, text=text, **({"lang": "fr"} | known))  # type: ignore[arg-type]


ARTICLES = [
    article(FERRY, "Le ferry de Sarzelle rouvre", published=date(2026, 3, 1), source="Le Fanal", author="Anne Roy"),
    article(QUAY, "Ferry gets its quay", published=date(2026, 4, 2), source="The Lantern", lang="en"),
    article(UNDATED, "Brèves"),
]
SPOKEN = {
    FERRY: [("Le prix du\nbillet ne bougera pas", "Clémence Arzel"), ("Ce ferry est un cœur", "Luc Mas-Vidal")],
    QUAY: [("The ferry needs a quay.", "Priya Nandan")],
}  # fmt: skip


def reading(one: Article) -> Reading:
    spoken = SPOKEN.get(one.text, [])
    said = [Quotation(one.id, at := one.text.index(words), at + len(words), "direct", who) for words, who in spoken]
    vector = np.ones((1, 4), np.float32)
    passages = [Passage(one.id, 0, 20), Passage(one.id, 20, len(one.text))]  # phrases go on over where they end
    return Reading(one, passages, said, [vector[0]] * 2, [vector[0]] * len(said), "m")


@pytest.fixture
def filled(catalog: Catalog) -> Catalog:
    for one in ARTICLES:
        catalog.add(reading(one))
    return catalog


def found(catalog: Catalog, query: str) -> dict[str, list[str]]:
    """By outlet, the words that are found, those in a title alone behind "title: "."""
    texts = {one.id: one.text for one in catalog.articles()}
    return {
        each.article.source or "": [
            texts[each.article.id][start:end] for start, end in each.places(texts[each.article.id])
        ]
        + [f"title: {each.article.title[start:end]}" for start, end in each.title]
        for each in catalog.find_exactly(parse(query))
    }


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("ferry", {"The Lantern": ["ferry", "title: Ferry"], "Le Fanal": ["ferry", "ferry"]}),
        ("text:ferry", {"The Lantern": ["ferry"], "Le Fanal": ["ferry", "ferry"]}),
        ("title:ferry", {"The Lantern": ["title: Ferry"], "Le Fanal": ["ferry"]}),
        ('"prix du billet"', {"Le Fanal": ["prix du\nbillet"]}),
        ('"sarzelle rouvre le prix"', {"Le Fanal": ["Sarzelle rouvre\n\n« Le prix"]}),
        ("ecole", {"Le Fanal": ["École"]}),
        ("coeur", {"Le Fanal": ["cœur"]}),
        ("SNCF", {"The Lantern": ["S.N.C.F"]}),
        ("1,5", {"Le Fanal": ["1,5"]}),
        ("Mas Vidal", {"Le Fanal": ["Mas", "Vidal"]}),
        ("bill*", {"Le Fanal": ["billet", "billet"]}),
        ("ferry NOT quay", {"Le Fanal": ["ferry", "ferry"]}),
        ("NOT ferry", {"": []}),
        ("ferry -title:quay école", {"Le Fanal": ["ferry", "École", "ferry"]}),
        ("quai OR quay", {"The Lantern": ["quay", "quay", "title: quay"], "Le Fanal": ["quai"]}),
        ("(quai AND absent) OR billet", {"Le Fanal": ["billet", "billet"]}),
        ("NEAR(maire école, 2)", {"Le Fanal": ["maire. L’École"]}),
        ("NEAR(maire école, 0)", {}),
        ("NEAR(ecole cler* arzel)", {}),
        ("NEAR(ecole clém* arzel)", {"Le Fanal": ["Clémence Arzel, la maire. L’École"]}),
        ("ferry ferry*", {"The Lantern": ["ferry", "title: Ferry"], "Le Fanal": ["ferry", "ferry"]}),
        ("author:roy", {"Le Fanal": []}),
        ("outlet:fanal ferry", {"Le Fanal": ["ferry", "ferry"]}),
        ('outlet:"the lan*"', {"The Lantern": []}),
        ("speaker:arzel", {"Le Fanal": ["Le prix du\nbillet ne bougera pas"]}),
        ("speaker:arzel quoted:ferry", {}),
        ("speaker:vidal quoted:ferry", {"Le Fanal": ["ferry"]}),
        ("quoted:ferry", {"The Lantern": ["ferry"], "Le Fanal": ["ferry"]}),
        ("quoted:maire", {}),
        ('quoted:"du billet"', {"Le Fanal": ["du\nbillet"]}),
        ("NOT quoted:billet", {"The Lantern": [], "": []}),
        ("speaker:arzel billet", {"Le Fanal": ["Le prix du\nbillet ne bougera pas", "billet"]}),
        ("since:2026-04", {"The Lantern": []}),
        ("ferry until:2026-03", {"Le Fanal": ["ferry", "ferry"]}),
        ("date:2025 OR date:2027..", {}),
        ("NOT date:2026", {"": []}),
        ("language:english", {"The Lantern": []}),
    ],
)  # fmt: skip
def test_a_query_finds_its_places(filled: Catalog, query: str, places: dict[str, list[str]]) -> None:
    told = found(filled, query)
    assert told == places
    assert list(told) == list(places)  # the newest first
    assert [each.hits for each in filled.find_exactly(parse(query))] == list(map(len, places.values()))


def test_a_copy_is_found_under_its_own_outlet_and_author(filled: Catalog) -> None:
    ferry = ARTICLES[0]
    filled.add(reading(replace(ferry, key="copy", source="Le Phare", author="Zoé Lind", origin="/phare.txt")))
    assert len(filled.copies(ferry.id)) == 1
    for query in ("outlet:phare", "author:lind ferry", "outlet:fanal"):
        assert list(found(filled, query)) == ["Le Fanal"]


def test_what_is_found_comes_by_date_or_by_how_much_an_article_holds_of_it(catalog: Catalog) -> None:
    texts = {
        "once, long": "Le quai. " + "Rien de neuf. " * 50,
        "once, short": "Le quai, le soir.",
        "thrice": "Le quai, le quai, le quai, enfin.",
        "title": "Le quai ferme\n\nRien de plus.",
    }
    for day, (outlet, text) in enumerate(texts.items(), 1):
        title = "Le quai ferme" if outlet == "title" else "Brèves"
        one = article(text, title, source=outlet, published=date(2026, 3, day))
        catalog.add(replace(reading(one), passages=[Passage(one.id, 0, len(one.text))], passage_vectors=[np.ones(4)]))
    newest, relevant = (
        [each.article.source for each in catalog.find_exactly(parse("quai"), order)]
        for order in ("newest", "relevance")
    )
    assert newest == ["title", "thrice", "once, short", "once, long"]
    assert set(relevant[:2]) == {"title", "thrice"}
    assert relevant[2:] == ["once, short", "once, long"]
    assert [each.article.source for each in catalog.find_exactly(parse("date:2026"), "relevance")] == newest


def test_more_articles_than_are_read_at_once_are_found_with_their_places(catalog: Catalog) -> None:
    for number in range(exact_search._AT_ONCE + 3):
        text = f"Texte {number}. « Le quai tient », a dit Luc."
        one = article(text, "Brèves", source=str(number))
        said = Quotation(one.id, text.index("Le quai"), text.index(" »"), "direct", "Luc")
        made = Reading(one, [Passage(one.id, 0, len(text))], [said], [np.ones(4)], [np.ones(4)], "m")
        catalog.add(made)
    for query in ("quai", "quoted:quai"):
        assert [each.hits for each in catalog.find_exactly(parse(query))] == [1] * (exact_search._AT_ONCE + 3)


def test_what_changes_is_found_as_it_is_then(filled: Catalog) -> None:
    ferry, quay, _ = ARTICLES
    filled.edit(replace(ferry, title="La traversée"), None, None, None)
    assert list(found(filled, "title:traversee")) == ["Le Fanal"]
    assert found(filled, "title:sarzelle") == {}
    filled.remove(quay.id)
    assert found(filled, "quay") == {}
    said = [replace(each, speaker="Clara Arzel") for each in filled.quotations(ferry.id)]
    told = Requoted(ferry, filled.revisions()[ferry.id], said, np.ones((2, 4), np.float32), (), None)
    filled.correct(None, None, [told])
    assert list(found(filled, "speaker:clara")) == ["Le Fanal"]
    assert found(filled, "speaker:clémence") == {}
    filled.replace(reading(ferry))
    assert list(found(filled, "speaker:clémence quoted:billet")) == ["Le Fanal"]
    assert filled.quick_findings() == []


def test_what_was_damaged_is_noticed_and_mended(filled: Catalog) -> None:
    with filled._write() as connection:
        connection.exec_driver_sql("DELETE FROM texts_terms WHERE rowid = (SELECT min(rowid) FROM texts_terms)")
    assert [(finding.part, finding.about) for finding in filled.quick_findings()] == [("full text", "texts")]
    filled.rebuild_full_text()
    assert filled.quick_findings() == []
    assert list(found(filled, "billet")) == ["Le Fanal"]
    with filled._write() as connection:
        connection.exec_driver_sql(
            "UPDATE texts_terms SET text = ' rien ' WHERE rowid = (SELECT min(rowid) FROM texts_terms)"
        )
    problems = [finding.problem for finding in filled.findings("m", 4) if finding.part == "article"]
    assert "its words are not found by exact search" in problems


WORDS = st.sampled_from(["a", "b", "c", "ab", "é"])
FOLDED = st.lists(st.sampled_from(["a", "b", "c", "ab", "e"]), min_size=1, max_size=3).map(tuple)
PHRASES = st.builds(Phrase, FOLDED, st.booleans())
PATTERNS = st.one_of(PHRASES, st.builds(Near, st.lists(PHRASES, min_size=2, max_size=3).map(tuple), st.integers(0, 4)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=12).map(" ".join), PATTERNS)
def test_the_index_and_the_places_agree(catalog: Catalog, text: str, pattern: Pattern) -> None:
    one = article(f"{text} x", "x")
    catalog.add(replace(reading(one), passages=[Passage(one.id, 0, len(one.text))], passage_vectors=[np.ones(4)]))
    listed = {each.article.id for each in catalog.find_exactly(Holds("text", pattern))}
    assert (one.id in listed) == bool(occurrences(pattern, spaced_words(one.text)))
