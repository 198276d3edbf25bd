"""Labels that are kept apart from their texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.models import content_id
from tests.evaluation.labels import load_set
from tests.evaluation.standoff import main

TEXT = "« Le pont tiendra », a dit Jeanne Morel. Le « pont aux ânes » fermera."
TITLED = f"Le pont fermera\n\n{TEXT}"


def label(text: str) -> dict[str, Any]:
    start, other = text.index("Le pont tiendra"), text.index("pont aux")
    said = {"start": start, "end": start + len("Le pont tiendra"), "kind": "direct", "speaker": "Jeanne Morel"}
    nobody = {"start": other, "end": other + len("pont aux ânes"), "why": "name"}
    return {"id": "a1", "text": content_id(text), "lang": "fr", "quotes": [said], "others": [nobody]}


def write(path: Path, row: dict[str, Any]) -> Path:
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("labelled", [TEXT, TITLED], ids=["as it is", "under its headline"])
def test_labels_find_their_text_again(tmp_path: Path, labelled: str) -> None:
    corpus = write(tmp_path / "corpus.jsonl", {"id": "a1", "title": "Le pont fermera", "text": TEXT})
    labels = write(tmp_path / "labels.jsonl", label(labelled))
    assert main([str(labels), str(tmp_path / "set"), str(corpus)]) == 0
    found = load_set(tmp_path / "set")
    assert (found.lang, found.texts) == ("fr", {"a1": labelled})
    assert [(said.quote, said.speaker) for said in found.quotations] == [("Le pont tiendra", "Jeanne Morel")]
    assert [place.quote for place in found.others] == ["pont aux ânes"]


def test_another_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write(tmp_path / "corpus.jsonl", {"id": "a1", "title": "Le pont", "text": TEXT + " Tant pis."})
    labels = write(tmp_path / "labels.jsonl", label(TEXT))
    assert main([str(labels), str(tmp_path / "set"), str(corpus)]) == 1
    assert "a1: no corpus has the text that was labelled" in capsys.readouterr().err
