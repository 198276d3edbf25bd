"""Two processes on one data directory: the page is open, and `dixit` runs beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.workspace import Workspace, open_workspace
from index.vectors import CatalogVectors, ChromaVectors

Write = Callable[[str, str], Path]
FERRY = "Le ferry reprend la mer\n\n« Le ferry repartira en avril », a déclaré la maire, Ana Ruiz."
WOLVES = "Des loups sur le plateau\n\n« Les loups sont revenus », a déclaré le berger Paul Vidal."


def run(settings: Settings, *arguments: str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "assistant", "--data", str(settings.index.data), *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_command_adds_and_asks_beside_an_open_workspace(
    workspace: Workspace, settings: Settings, write: Write
) -> None:
    assert isinstance(workspace._vectors, ChromaVectors)
    assert [r.outcome for r in workspace.add([write("ferry.txt", FERRY)])] == ["added"]

    (added,) = run(settings, "add", str(write("wolves.txt", WOLVES)))
    assert added["outcome"] == "added"
    (answer,) = run(settings, "ask", "Que dit Paul Vidal des loups ?")
    assert not answer["abstained"]
    (answer,) = run(settings, "ask", "Que dit Ana Ruiz du ferry ?")
    assert not answer["abstained"]

    here = workspace.answer("Que dit Paul Vidal des loups ?")
    assert "Les loups sont revenus" in here.citations[0].quote
    run(settings, "remove", "wolves")
    assert workspace.answer("Que dit Paul Vidal des loups ?").abstained


def test_a_second_workspace_in_another_process_answers_the_same(
    workspace: Workspace, settings: Settings, write: Write
) -> None:
    list(workspace.add([write("ferry.txt", FERRY), write("wolves.txt", WOLVES)]))
    with open_workspace(settings, lambda _: None) as second:
        assert isinstance(second._vectors, CatalogVectors)
        for question in ("Que dit Ana Ruiz du ferry ?", "Qui parle des loups ?"):
            assert second.answer(question) == workspace.answer(question)


def test_two_processes_that_add_the_same_articles_at_once_store_each_once(settings: Settings, write: Write) -> None:
    paths = [str(write(f"{n}.txt", f"Article {n}\n\nLe sujet numéro {n} est traité ici.")) for n in range(12)]
    command = [sys.executable, "-m", "assistant", "--data", str(settings.index.data), "add", *paths]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outcomes = [line.split()[0] for process in both for line in process.communicate(timeout=180)[0].splitlines()]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(outcomes) == ["added"] * 12 + ["unchanged"] * 12
    assert len(run(settings, "list")) == 12


@pytest.mark.soak
def test_processes_that_add_remove_and_reindex_at_once_leave_a_whole_index(settings: Settings, write: Write) -> None:
    old, new = ([write(f"{n}.txt", f"Article {n}\n\n{FERRY} {n}") for n in range(a, a + 6)] for a in (0, 6))
    run(settings, "add", *map(str, old))
    deeds = [["add", *map(str, new)], ["reindex"], ["remove", "0", "1"]]
    command = [sys.executable, "-m", "assistant", "--data", str(settings.index.data)]
    running = [subprocess.Popen([*command, *deed], stdout=subprocess.PIPE, text=True) for deed in deeds]
    for process in running:
        process.communicate(timeout=180)
    assert [process.returncode for process in running] == [0, 0, 0]
    assert run(settings, "check") == []
    assert {row["key"] for row in run(settings, "list")} == {str(n) for n in range(2, 12)}
