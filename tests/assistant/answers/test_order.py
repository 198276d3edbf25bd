"""In which order an answer tells what answers equally well: first what is surely somebody's."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answers.order import newest, ranked
from assistant.search.article_cache import CachedArticle
from assistant.search.relevance import Find
from index.models import Article
from tests.invented import quotation

LIKELY, SURE, OLD = 0.7, 0.99, None


def find(start: int, confidence: float | None, day: int = 1, speaker: str | None = "Ana Ruiz") -> Find:
    article = Article("0f" * 8, "a", "Le port", "fr", published=date(2025, 3, day), text="x" * 100)
    said = quotation("Oui", start=start, end=start + 3, confidence=confidence, speaker=speaker)
    return Find(CachedArticle(article), start, start + 3, said, 0.5, 0.5, 0)


@pytest.mark.parametrize(
    ("scored", "starts"),
    [
        ([(0.5, 0, LIKELY), (0.5, 9, SURE)], [9, 0]),
        ([(0.5, 0, LIKELY), (0.5, 9, OLD)], [9, 0]),
        ([(0.5, 0, SURE), (0.5, 9, SURE)], [0, 9]),
        ([(0.6, 0, LIKELY), (0.5, 9, SURE)], [0, 9]),  # what answers better comes first, sure or not
    ],
)
def test_of_equal_finds_the_sure_come_first(scored: list[tuple[float, int, float | None]], starts: list[int]) -> None:
    assert [f.start for f in ranked((score, find(at, confidence)) for score, at, confidence in scored)] == starts


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ([(0, LIKELY, 1), (9, SURE, 1), (20, LIKELY, 1)], [9, 0, 20]),
        ([(0, LIKELY, 2), (9, SURE, 1)], [0, 9]),  # the newest come first, sure or not
        ([(9, SURE, 1), (0, SURE, 1)], [0, 9]),
    ],
)
def test_of_one_day_the_sure_come_first(said: list[tuple[int, float | None, int]], starts: list[int]) -> None:
    assert [f.start for f in newest([find(*one) for one in said])] == starts


def test_words_of_nobody_keep_their_place() -> None:
    assert [f.start for f in newest([find(9, SURE), find(0, None, speaker=None)])] == [0, 9]
