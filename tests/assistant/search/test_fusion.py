"""Lists of places, fused by reciprocal rank."""

from __future__ import annotations

from assistant.search.fusion import fused
from index.models import Hit


def hits(*articles: str) -> list[Hit]:
    return [Hit("passage", article, 0, 9, 1.0) for article in articles]


def test_what_both_lists_have_comes_before_the_first_of_one() -> None:
    assert [hit.article_id for hit in fused(hits("a", "b"), hits("c", "b"))] == ["b", "a", "c"]


def test_a_place_stands_once_and_equals_keep_the_order_of_the_lists() -> None:
    assert [hit.article_id for hit in fused(hits("a", "b"), hits("b", "a"))] == ["a", "b"]


def test_scores_are_those_of_the_fusion() -> None:
    assert [hit.score for hit in fused(hits("a"), hits("a"))] == [2 / 60]
