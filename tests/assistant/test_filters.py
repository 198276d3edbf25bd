from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.filters import article_filter, number_in, statement_filter
from index.catalog import ArticleFilter, StatementFilter


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, StatementFilter()),
        ({"search": " a ", "speaker": "", "kind": "mixed", "since": "2026-01-30"},
         StatementFilter(search="a", kind="mixed", since=date(2026, 1, 30))),
        ({"kind": "<b>", "since": "hier", "until": None, "lang": 3}, StatementFilter(lang="3")),
    ],
)  # fmt: skip
def test_fields_become_a_filter(fields: dict[str, Any], expected: StatementFilter) -> None:
    assert statement_filter(fields) == expected


@pytest.mark.parametrize(("order", "expected"), [("oldest", "oldest"), ("; DROP", "newest"), (None, "newest")])
def test_an_order_is_one_of_ours(order: Any, expected: Any) -> None:
    assert article_filter({"order": order}) == ArticleFilter(order=expected)


@pytest.mark.parametrize(("given", "expected"), [("3", 3), (0, None), ("-1", None), ("²", None), ("9" * 99, None)])
def test_a_number_is_a_small_whole_one(given: Any, expected: int | None) -> None:
    assert number_in({"number": given}, "number") == expected
