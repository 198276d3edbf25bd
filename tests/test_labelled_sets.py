"""The labelled sets say what their README promises: every row is the article's own slice."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent / "data"
SETS = sorted(p.parent for p in DATA.glob("eval/*/quotes.jsonl"))
ASKED = sorted([*DATA.glob("eval/*/questions.jsonl"), *DATA.glob("eval/*/talk*.jsonl")])


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def overlapping(labels: list[dict[str, Any]]) -> list[str]:
    ordered = sorted(labels, key=lambda row: (row["article"], row["start"]))
    neighbours = [(a, b) for a, b in pairwise(ordered) if a["article"] == b["article"]]
    return [a["quote"] for a, b in neighbours if b["start"] < a["end"]]


@pytest.mark.parametrize("folder", SETS, ids=lambda p: p.name)
def test_rows_are_slices_of_their_articles(folder: Path) -> None:
    texts = {p.stem: p.read_bytes().decode("utf-8") for p in (folder / "articles").glob("*.txt")}
    asked = [path for path in ASKED if path.parent == folder]
    evidence = [span for path in asked for question in rows(path) for span in question["evidence"]]
    labels = rows(folder / "quotes.jsonl")
    for row in [*labels, *rows(folder / "not_quotes.jsonl"), *evidence]:
        assert texts[row["article"]][row["start"] : row["end"]] == row.get("quote", row.get("text"))
    assert overlapping(labels) == []


@pytest.mark.parametrize("path", ASKED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_question_has_evidence_exactly_when_it_can_be_answered(path: Path) -> None:
    questions = rows(path)
    assert [q["id"] for q in questions if bool(q["evidence"]) != q["answerable"]] == []
    assert len({q["id"] for q in questions}) == len(questions)


def test_hard_article_rows_are_slices() -> None:
    text = (DATA / "hard-article.txt").read_bytes().decode("utf-8")
    labels = rows(DATA / "hard-article.jsonl")
    assert [text[row["start"] : row["end"]] for row in labels] == [row["quote"] for row in labels]
    assert overlapping(labels) == []
