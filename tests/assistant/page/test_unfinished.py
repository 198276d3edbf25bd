"""What a visitor was adding when the program was stopped: told to that visitor alone, until it is cleared."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.page.adding import ArticleAdding
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.workspace import Workspace

ANA, BEN = Visitor("ana", "en"), Visitor("ben", "fr")


@pytest.fixture
def adding(workspace: Workspace) -> ArticleAdding:
    """An intake whose program was stopped while Ana, Ben and a command were adding."""
    with (
        pytest.raises(KeyboardInterrupt),
        workspace.batch(["/in/server.txt"]),
        workspace.batch(["/tmp/1/ana.txt", "/tmp/1/both.txt"], True, ANA.id),
        workspace.batch(["/tmp/2/both.txt", "https://ben.example/"], True, BEN.id),
    ):
        raise KeyboardInterrupt
    return ArticleAdding(workspace, Rates())


def told(adding: ArticleAdding, visitor: Visitor) -> set[str]:
    shown = adding.results(visitor)
    return {name for name in ("ana.txt", "both.txt", "ben.example", "server.txt") if name in shown}


def test_each_visitor_is_told_of_their_own_and_nobody_of_the_servers_files(adding: ArticleAdding) -> None:
    assert told(adding, ANA) == {"ana.txt", "both.txt"}
    assert told(adding, BEN) == {"both.txt", "ben.example"}
    assert told(adding, Visitor("cyd", "en")) == set()
    assert len(adding.workspace.unfinished()) == 5


def test_clearing_the_list_forgets_nothing_of_another_visitors(adding: ArticleAdding) -> None:
    adding.clear_results({}, ANA)
    assert told(adding, ANA) == set()
    assert told(adding, BEN) == {"both.txt", "ben.example"}
    assert {finding.about for finding in adding.workspace.check()} == {
        "/in/server.txt",
        "both.txt",
        "https://ben.example/",
    }


def test_adding_it_again_forgets_ones_own_alone(adding: ArticleAdding, tmp_path: Path) -> None:
    path = tmp_path / "both.txt"
    path.write_text("Un texte.", encoding="utf-8")
    list(adding.add_files([str(path)], BEN))
    assert told(adding, ANA) == {"ana.txt", "both.txt"}
    assert "stopped" not in adding.results(BEN) and adding.workspace.unfinished(BEN.id) == ["https://ben.example/"]
