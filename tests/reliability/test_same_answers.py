"""The same articles in one folder, and on PostgreSQL and a Chroma server: every question is answered the same."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.models import Turn
from assistant.rendering.as_json import answer_json
from assistant.settings import Settings, read_settings
from assistant.workspace import Workspace, open_workspace
from tests.chroma_server import chroma_server
from tests.postgresql import Server as Postgresql

SETS = Path(__file__).parents[1] / "data" / "eval"
NAMED = ("fr-dev", "en-dev")


@pytest.fixture
def on_servers(postgresql: Postgresql, tmp_path: Path) -> Iterator[Settings]:
    """Settings with which articles go to servers."""
    with chroma_server(tmp_path / "chroma") as chroma:
        told = {"DIXIT_CATALOG_URL": postgresql.create("same_answers"), "DIXIT_VECTORS_URL": chroma.url}
        yield read_settings(os.environ | told, tmp_path / "served")


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_servers_answer_as_one_folder_does(on_servers: Settings, tmp_path: Path, figure: Callable[[str], None]) -> None:
    embedded, served = answers(read_settings(os.environ, tmp_path / "one")), answers(on_servers)
    other = [(mine, theirs) for mine, theirs in zip(embedded, served, strict=True) if mine != theirs]
    figure(f"{len(embedded)} questions, {len(other)} answered otherwise by servers")
    assert other == []


def answers(settings: Settings) -> list[dict[str, Any]]:
    """Take the sets' articles in, and return what is answered to their questions, whole."""
    with open_workspace(settings, lambda _: None) as workspace:
        added = workspace.add([SETS / name / "articles" for name in NAMED])
        assert {result.outcome for result in added} == {"added"}
        assert workspace.vectors_trouble() is None
        asked = "\n".join((SETS / name / "questions.jsonl").read_text("utf-8") for name in NAMED).split("\n")
        return [answer(workspace, json.loads(line)) for line in filter(None, asked)]


def answer(workspace: Workspace, row: dict[str, Any]) -> dict[str, Any]:
    turns = [Turn(question) for question in row.get("history", [])]
    return answer_json(workspace.answer(row["question"], turns), row["id"], 0.0)
