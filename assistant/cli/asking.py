"""``dixit ask``: a question, or many, answered."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.command import as_json, dixit, workspace_of
from assistant.rendering.terminal import write_answer, write_json
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.models import Answer
    from assistant.workspace import Workspace


@dixit.command()
@click.argument("question", required=False)
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Questions, JSON lines.")
@click.option("--all", "everything", is_flag=True, help="Show all that answers, not the first of it.")
@click.option("--as-is", is_flag=True, help="Take questions as they stand, whatever a batch asked before them.")
@as_json
@click.pass_obj
def ask(
    settings: Settings, question: str | None, batch: Path | None, everything: bool, as_is: bool, as_json: bool
) -> None:
    """Ask a question, or each question of a --batch file."""
    from assistant.rendering.as_json import answer_json
    from assistant.rendering.markdown import markdown

    if (question is None) == (batch is None):
        raise click.UsageError("Give either a QUESTION or --batch FILE.")
    asked = [{"question": question}] if batch is None else _read_batch(batch)
    with workspace_of(settings, briefly=batch is None) as workspace:
        for row in asked:
            answer, seconds = _timed_answer(workspace, {"all": everything, "as_is": as_is} | row)
            if as_json:
                write_json(answer_json(answer, row.get("id"), seconds))
            else:
                write_answer(markdown(answer))


def _timed_answer(workspace: Workspace, row: dict[str, Any]) -> tuple[Answer, float]:
    from assistant.models import Turn

    started = time.perf_counter()
    turns = [Turn(question) for question in row.get("history", [])]
    answer = workspace.answer(row["question"], turns, as_is=row.get("as_is") is True, everything=row.get("all") is True)
    return answer, round(time.perf_counter() - started, 4)


def _read_batch(path: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row["question"], str):
                raise TypeError
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(
                f'{path}:{number}: not a question. Each line must be like {{"id": "1", "question": "…"}}.'
            ) from error
        rows.append(row)
    return rows
