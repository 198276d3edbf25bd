"""What a visitor was adding when the program was stopped: told to that visitor alone, until it is cleared."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.rates import Rates
from assistant.visitor import Visitor
from assistant.workspace import Workspace

ANA, BEN = Visitor("ana", "en"), Visitor("ben", "fr")


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    """A desk whose program was stopped while Ana, Ben and a command were adding."""
    with (
        pytest.raises(KeyboardInterrupt),
        workspace.batch(["/in/server.txt"]),
        workspace.batch(["/tmp/1/ana.txt", "/tmp/1/both.txt"], True, ANA.id),
        workspace.batch(["/tmp/2/both.txt", "https://ben.example/"], True, BEN.id),
    ):
        raise KeyboardInterrupt
    return Desk(workspace, Rates())


def told(desk: Desk, visitor: Visitor) -> set[str]:
    shown = desk.results(visitor)
    return {name for name in ("ana.txt", "both.txt", "ben.example", "server.txt") if name in shown}


def test_each_visitor_is_told_of_their_own_and_nobody_of_the_servers_files(desk: Desk) -> None:
    assert told(desk, ANA) == {"ana.txt", "both.txt"}
    assert told(desk, BEN) == {"both.txt", "ben.example"}
    assert told(desk, Visitor("cyd", "en")) == set()
    assert len(desk.workspace.unfinished()) == 5


def test_clearing_the_list_forgets_nothing_of_another_visitors(desk: Desk) -> None:
    desk.clear_results({}, ANA)
    assert told(desk, ANA) == set()
    assert told(desk, BEN) == {"both.txt", "ben.example"}
    assert {finding.about for finding in desk.workspace.check()} == {
        "/in/server.txt",
        "both.txt",
        "https://ben.example/",
    }


def test_adding_it_again_forgets_ones_own_alone(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "both.txt"
    path.write_text("Un texte.", encoding="utf-8")
    list(desk.add_files([str(path)], BEN))
    assert told(desk, ANA) == {"ana.txt", "both.txt"}
    assert "stopped" not in desk.results(BEN) and desk.workspace.unfinished(BEN.id) == ["https://ben.example/"]
