"""``dixit quotes --format``: sentences with their references, to be pasted elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import dixit
from assistant.cli.quotes import FORMS

TEXT = "Le pont\n\n« Le pont rouvrira lundi », a lancé Maud Roy. Elle a promis de payer les travaux."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "pont.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_sentences_are_printed_with_their_kind_and_reference(article: Path) -> None:
    told = CliRunner().invoke(dixit, ["quotes", str(article), "--format", "text"]).output.replace("\u00a0", " ")
    assert told == (
        "Maud Roy a lancé : « Le pont rouvrira lundi » [cité]\nLe pont\n\n"
        "Maud Roy a promis de payer les travaux. [propos rapportés]\nLe pont\n"
    )


def test_halves_of_an_utterance_are_printed_as_one(tmp_path: Path) -> None:
    path = tmp_path / "pont.txt"
    path.write_text("Le pont\n\n« Le pont rouvrira », a lancé Maud Roy. « Nous serons prêts. »", encoding="utf-8")
    told = CliRunner().invoke(dixit, ["quotes", str(path), "--format", "text"]).output.replace("\u00a0", " ")
    assert told == "Maud Roy a lancé : « Le pont rouvrira ». « Nous serons prêts. » [cité]\nLe pont\n"


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_printed(article: Path, form: str) -> None:
    result = CliRunner().invoke(dixit, ["quotes", str(article), "--format", form])
    assert result.exit_code == 0
    assert "Le pont" in result.output
    if form == "csl":
        assert json.loads(result.output)[0]["title"] == "Le pont"
