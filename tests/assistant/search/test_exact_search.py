"""Excerpts of what an exact search found, and the lines of a list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.search.exact_list import LONGEST_LIST, Match, count_lines, lines_of
from assistant.search.exact_search import search
from index.catalog import Catalog
from index.errors import QueryRefused
from tests.page.stand_in import StandIn

HARBOUR = """The harbour of Sargune reopens

“The crane stays,” said Dorothy Quill Marsh. The crane is old. Nobody asked for another crane, and no crane came.

“We want the crane,” said Edwin Pike Lowe. The end."""
NOTES = "minutes 17\n" + "word " * 200 + "crane " + "more " * 200
TITLED = "The quay is closed until further notice."


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    stand_in = StandIn(tmp_path)
    stand_in.add_text(HARBOUR)
    stand_in.add_text(NOTES)
    stand_in.add_text(TITLED, "No crane at the quay")
    yield stand_in.catalog
    stand_in.catalog.close()


def test_hits_of_one_sentence_stand_together_and_what_is_not_shown_is_counted(catalog: Catalog) -> None:
    found = search(catalog, "crane harbour", excerpts=3)
    (one,) = found.shown
    assert (found.articles, found.hits) == (1, 6)
    assert [excerpt.text for excerpt in one.excerpts] == [
        "The harbour of Sargune reopens", "“The crane stays,” said Dorothy Quill Marsh.", "The crane is old.",
    ]  # fmt: skip
    assert [HARBOUR[start:end] for start, end in one.further] == ["crane", "crane", "crane"]
    assert all(HARBOUR[each.start :].startswith(each.text) for each in one.excerpts)
    (whole,) = search(catalog, "crane harbour", excerpts=None).shown
    assert [len(excerpt.hits) for excerpt in whole.excerpts] == [1, 1, 1, 2, 1]
    assert whole.further == ()


def test_what_has_no_sentences_is_cut_between_words(catalog: Catalog) -> None:
    (one,) = search(catalog, "crane minutes", excerpts=None).shown
    excerpt = one.excerpts[-1]
    assert 200 < len(excerpt.text) < 600
    assert set(excerpt.text.split()) == {"word", "crane", "more"}


def test_a_title_that_the_text_does_not_begin_with_is_an_excerpt_of_its_own(catalog: Catalog) -> None:
    (one,) = search(catalog, "title:crane").shown
    assert [(each.text, each.hits, each.in_title) for each in one.excerpts] == [
        ("No crane at the quay", ((3, 8),), True)
    ]
    assert one.hits == 1


def test_pages_of_articles_make_up_the_whole(catalog: Catalog) -> None:
    whole = search(catalog, "crane", None)
    assert whole.articles == len(whole.shown) == 3
    assert [search(catalog, "crane", 1, skip).shown[0] for skip in range(3)] == list(whole.shown)
    assert search(catalog, "crane", 0).shown == ()


@pytest.mark.parametrize(
    ("line", "match", "articles", "hits"),
    [
        ("Dorothy Quill Marsh", "phrase", 1, 1),
        ("dorothy quill", "phrase", 1, 1),
        ("Quill, Dorothy", "phrase", 0, 0),
        ("Quill, Dorothy", "words", 1, 2),
        ("The crane is old", "phrase", 1, 1),
        ("An old crane is at the harbour", "words", 1, 7),
        ("crane NOT harbour", "phrase", 2, 2),
        ('"the crane" OR quay', "phrase", 2, 5),
        ("speaker:quill", "phrase", 1, 1),
        ("the", "words", 2, 7),
        ("?!", "phrase", 0, 0),
        ("Zebulon", "phrase", 0, 0),
    ],
)
def test_a_line_is_counted(catalog: Catalog, line: str, match: Match, articles: int, hits: int) -> None:
    (counted,) = count_lines(catalog, [line], match)
    assert (counted.articles, counted.hits) == (articles, hits)
    assert bool(counted.refused) == (line == "?!")
    if not counted.refused:  # the query finds the same
        again = search(catalog, counted.query)
        assert (again.articles, again.hits) == (articles, hits)
        assert [one.article for one in counted.first] == [one.article for one in again.shown][:3]


def test_a_list_has_lines_and_not_too_many(catalog: Catalog) -> None:
    for lines, kind in (([], "list_empty"), (["a"] * (LONGEST_LIST + 1), "list_too_long")):
        with pytest.raises(QueryRefused) as refused:
            count_lines(catalog, lines)
        assert refused.value.reason.kind == kind


@pytest.mark.parametrize(
    ("listed", "table", "lines"),
    [
        ("Anne\n\n  Luc  Mas \r\nAnne\n", False, ["Anne", "Luc Mas"]),
        ("\ufeffNom\nAnne", False, ["Nom", "Anne"]),
        ("\ufeffNom;Rôle\nAnne;maire\nLuc;", True, ["Anne", "Luc"]),
        ('name,role\n"Mas, Luc",mayor\n', True, ["Mas, Luc"]),
        ("Anne\tmaire\nLuc\tadjoint", True, ["Anne", "Luc"]),
        ("Anne\nLuc", True, ["Anne", "Luc"]),
        ('"Anne\nRoy";x\n;y\n', True, ["Anne Roy"]),
        ("", True, []),
        ("x" * 200_000, True, ["x" * 200_000]),
    ],
)
def test_the_lines_of_a_list_are_read(listed: str, table: bool, lines: list[str]) -> None:
    assert lines_of(listed, table) == lines
