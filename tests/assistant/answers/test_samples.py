"""The sample articles and the sheet that describes them agree."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from assistant.answers.first_questions import first_questions
from index.models import Quotation

SAMPLES = files("assistant.answers") / "samples"
SHEET = tomllib.loads((SAMPLES / "samples.toml").read_text(encoding="utf-8"))


def test_every_sample_is_listed_under_its_first_line() -> None:
    listed = {entry["file"]: entry["title"] for entry in SHEET["article"]}
    found = {p.name: p for p in SAMPLES.iterdir() if p.name.endswith(".txt")}
    assert listed == {name: p.read_text(encoding="utf-8").partition("\n")[0] for name, p in found.items()}


def test_both_languages_have_articles_and_three_first_questions() -> None:
    languages = [entry["lang"] for entry in SHEET["article"]]
    assert sorted(languages) == ["en", "en", "fr", "fr"]
    assert {lang: len(questions) for lang, questions in SHEET["questions"].items()} == {"fr": 3, "en": 3}


@pytest.mark.parametrize(
    ("speakers", "asked"),
    [
        (["la mairie"] * 3 + ["Jeanne Petit"], ["Que dit Jeanne Petit ?"]),
        (["CALLAWAY FALLS", "Mayor", "Anne-Marie de Brie"], ["Que dit Anne-Marie de Brie ?"]),
        (["la mairie", None], ["Que dit la mairie ?"]),
        ([None], []),
    ],
)
def test_first_questions_ask_for_people_by_their_whole_names(speakers: list[str | None], asked: list[str]) -> None:
    said = [Quotation("ab", 0, 3, kind="direct", speaker=speaker) for speaker in speakers]
    assert [question.replace("\u00a0", " ") for question in first_questions("fr", ["ab"], said)] == asked


def test_first_questions_ask_for_no_body_by_its_name() -> None:
    kinds = {"Radio Sargune": "body", "Jeanne Petit": "person"}
    said = [Quotation("ab", 0, 3, "direct", name, speaker_kind=kind) for name, kind in kinds.items()]  # type: ignore[arg-type]
    assert [question.replace("\u00a0", " ") for question in first_questions("fr", ["ab"], said)] == [
        "Que dit Jeanne Petit ?"
    ]
