"""What people who do this job reported of who says what, as small inputs: interviews, debates, subtitles, marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.loaders import load
from index.models import Article
from index.quotations.extractor import extract_quotations
from index.typography import shadow

CASES = sorted(path.parent for path in (Path(__file__).parents[2] / "data" / "field").glob("*/case.json"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_report_from_the_field(folder: Path) -> None:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    loaded = [one for name in case["files"] for one in load(folder / name, 100_000)]
    found: dict[str, set[str | None]] = {}
    for article in (one for one in loaded if isinstance(one, Article)):
        for said in extract_quotations(article):
            words = in_a_line(article.text[said.start : said.end])
            found.setdefault(words, set()).add(said.speaker)
    for wanted in case["quotes"]:
        names = wanted["speaker"] if isinstance(wanted["speaker"], list) else [wanted["speaker"]]
        assert found[in_a_line(wanted["quote"])] & {name and shadow(name) for name in names}, wanted
    assert not [words for words in found for silent in case["not_quotes"] if shadow(silent) in words]


def in_a_line(text: str) -> str:
    return " ".join(shadow(text).split()).strip(" .,")
