"""What people who do this job reported of their files, as small inputs: what is told and what is said is kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from index.loaders import load
from index.models import Article
from index.typography import shadow

CASES = sorted(path.parent for path in (Path(__file__).parents[2] / "data" / "forms").glob("*/case.json"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_report_from_the_field(folder: Path) -> None:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    found = [item for name in case["files"] for item in load(folder / name, 100_000)]
    articles = [item for item in found if isinstance(item, Article)]
    told = [{name: str(value) for name, value in asdict(article).items()} for article in articles]
    for wanted in case["articles"]:
        assert [row for row in told if wanted.items() <= row.items()], (wanted, told)
    texts = [in_a_line(article.text) for article in articles]
    assert not [words for words in case["words"] if not any(in_a_line(words) in text for text in texts)]


def in_a_line(text: str) -> str:
    return " ".join(shadow(text).split())
