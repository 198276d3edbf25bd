"""A disk that is full or read-only: one clear line, nothing half in, and all goes on once there is room."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.page.controller import PageController
from assistant.page.conversation_store import ConversationStore
from assistant.page.exchange import Exchange
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.settings import Settings
from assistant.workspace import open_workspace
from index.catalog import open_catalog
from index.embedding.embedder import Embedder
from index.errors import StoreError
from index.records.table import Records
from index.upkeep.backup import back_up, restore
from index.upkeep.integrity import check

ROOT = Path(__file__).parents[2]
KILLED = """
import os, sys
from pathlib import Path
from index.catalog import open_catalog
open_catalog(Path(sys.argv[1]))
os.kill(os.getpid(), 9)
"""

Texts = Callable[[Path, int, int], list[Path]]
Start = Callable[..., subprocess.Popen[str]]
Remount = Callable[[str], None]


@pytest.fixture
def remount(settings: Settings) -> Iterator[Remount]:
    """Mounts a disk of its own at the data directory; further calls change its options ("size=9m", "ro")."""
    data = settings.index.data
    data.mkdir()
    mounted: list[bool] = []

    def remount(options: str) -> None:
        how = ["-o", f"remount,{options}"] if mounted else ["-t", "tmpfs", "-o", options]
        try:
            done = subprocess.run(["mount", *how, "tmpfs", str(data)], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no mount command")
        if done.returncode:
            pytest.skip(f"a disk cannot be mounted here: {done.stderr.strip()}")
        mounted.append(True)

    yield remount
    if mounted:
        subprocess.run(["umount", "--lazy", str(data)], check=True)


def run(process: subprocess.Popen[str]) -> tuple[int, list[str], list[str]]:
    out, err = process.communicate(timeout=800)
    return process.returncode, out.splitlines(), err.splitlines()


@pytest.mark.soak  # it takes its time
@pytest.mark.timeout(900)
def test_a_disk_that_fills_up_ends_in_one_line_and_goes_on_with_room(
    settings: Settings, embedder: Embedder, texts: Texts, start: Start, remount: Remount, tmp_path: Path
) -> None:
    paths = texts(tmp_path / "texts", 40, 5)
    remount("size=1600k")
    status, lines, errors = run(start("add", str(tmp_path / "texts"), "--json"))
    assert status == 1
    assert len(errors) == 1, errors
    assert errors[0].startswith("dixit: ")
    assert "space" in errors[0] or "full" in errors[0]
    told = {json.loads(line)["source"] for line in lines}
    assert len(told) < len(paths)

    remount("size=200m")
    with closing(open_catalog(settings.index.data)) as catalog:
        findings = check(settings.index.data, catalog, embedder)
        assert {finding.part for finding in findings} <= {"unfinished", "vectors"}, findings
        assert told <= {article.origin for article in catalog.articles()}
    status, lines, errors = run(start("add", str(tmp_path / "texts"), "--json"))
    assert status == 0, errors
    assert len(lines) == len(paths)
    with closing(open_catalog(settings.index.data)) as catalog:
        assert check(settings.index.data, catalog, embedder) == []
        assert len(catalog.articles()) == len(paths)


@pytest.mark.soak  # thirteen processes
def test_a_read_only_directory_is_read_and_what_would_change_it_is_refused_in_one_line(
    settings: Settings, texts: Texts, start: Start, remount: Remount, tmp_path: Path
) -> None:
    path, other = texts(tmp_path / "texts", 2, 6)
    data = settings.index.data
    remount("size=50m")
    assert run(start("add", str(path)))[0] == 0
    ConversationStore(Records(data)).write("a", [Exchange("Qui ?")])
    listed, exported = run(start("list", "--json")), run(start("export"))
    before = sorted((file, file.stat().st_size) for file in data.rglob("*"))
    remount("ro")

    assert run(start("list", "--json")) == listed
    assert run(start("export")) == exported
    status, lines, errors = run(start("ask", path.read_text("utf-8").split(".")[0], "--json"))
    assert (status, errors) == (0, [])
    assert json.loads(lines[0])["citations"]
    assert run(start("show", path.stem))[0] == 0
    status, lines, errors = run(start("check"))
    assert (status, lines) == (0, ["Everything is as it must be."])
    assert errors == [f"dixit: {data} cannot be written: vectors and the order of the full text are left out."]
    assert run(start("backup", str(tmp_path / "kept")))[0] == 0
    for command in (("add", str(other)), ("remove", path.stem), ("reindex",), ("backup", str(data / "kept"))):
        status, lines, errors = run(start(*command))
        assert (status, lines, len(errors)) == (1, [], 1), (command, errors)
        assert str(data) in errors[0]
        assert "write" in errors[0] or "writable" in errors[0]
    assert sorted((file, file.stat().st_size) for file in data.rglob("*")) == before
    remount("rw")
    assert run(start("add", str(other)))[0] == 0

    restored = tmp_path / "restored"
    restore(tmp_path / "kept", restored)
    with closing(open_catalog(restored)) as catalog:
        assert [article.key for article in catalog.articles()] == [path.stem]
    assert ConversationStore(Records(restored)).read("a") == (Exchange("Qui ?"),)


def test_what_a_killed_process_left_is_read_or_told_on_a_read_only_disk(
    settings: Settings, remount: Remount, tmp_path: Path
) -> None:
    data = settings.index.data
    remount("size=50m")
    subprocess.run([sys.executable, "-c", KILLED, str(data)], check=False, cwd=ROOT)
    assert (data / "catalog.sqlite-wal").stat().st_size
    remount("ro")
    with closing(open_catalog(data)) as catalog:  # by what is left of the locks
        assert catalog.read_only
        assert catalog.articles() == []
        with pytest.raises(StoreError, match="cannot write it"):
            catalog.remove("0" * 16)
    remount("rw")
    (data / "catalog.sqlite-shm").unlink()
    remount("ro")
    with pytest.raises(StoreError, match="catalog.sqlite-wal: changes of a process that was stopped") as told:
        open_catalog(data)
    assert len(str(told.value).splitlines()) == 1
    remount("rw")
    open_catalog(data).close()


@pytest.mark.parametrize(
    "older",
    ["UPDATE facts SET value = '1' WHERE name = 'schema'", "ALTER TABLE quotations DROP COLUMN via"],
    ids=["of an older version", "without a column of today"],
)
def test_an_older_catalog_on_a_read_only_disk_is_refused_by_what_to_do(
    older: str, settings: Settings, remount: Remount
) -> None:
    data = settings.index.data
    remount("size=50m")
    open_catalog(data).close()
    with closing(sqlite3.connect(data / "catalog.sqlite")) as connection, connection:
        connection.execute(older)
    remount("ro")
    with pytest.raises(StoreError, match="must be brought to the form of this Dixit, which writes it"):
        open_catalog(data)


def test_the_page_over_a_read_only_directory_answers_and_keeps_conversations_in_memory(
    settings: Settings, texts: Texts, start: Start, remount: Remount, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (path,) = texts(tmp_path / "texts", 1, 7)
    remount("size=50m")
    assert run(start("add", str(path)))[0] == 0
    remount("ro")
    with open_workspace(settings, lambda line: pytest.fail(line)) as workspace:
        assert workspace.read_only
        controller = PageController(workspace, Rates(ask="9/minute", add="9/minute", upload="9/minute"))
        who = Visitor("a", "en", "a")
        question = path.read_text("utf-8").split(".")[0]
        list(controller.ask(question, who))
        controller.vote({"number": "0", "vote": "up"}, who)
        (said,) = controller.conversations.of("a")
        assert said.answer is not None
        assert said.answer.citations
        assert said.vote == 1
        with pytest.raises(StoreError, match="this user cannot write it"):
            workspace.add([path])
    told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert told == [f"{settings.index.data} cannot be written: conversations last until the program stops."]


def test_a_target_that_is_full_is_named_by_a_backup(settings: Settings, remount: Remount, tmp_path: Path) -> None:
    source = tmp_path / "source"
    with closing(open_catalog(source)):
        pass
    with closing(sqlite3.connect(source / "catalog.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE ballast AS SELECT randomblob(2000000) AS noise")
    remount("size=1m")
    with pytest.raises(StoreError, match="kept: .*full.*free some space there"):
        back_up(source, settings.index.data / "kept")
    assert list(settings.index.data.iterdir()) == []


def test_a_damaged_catalog_names_the_way_back(settings: Settings, start: Start) -> None:
    settings.index.data.mkdir()
    (settings.index.data / "catalog.sqlite").write_bytes(b"no database at all" * 999)
    for command in ("list", "check"):
        status, lines, errors = run(start(command))
        assert (status, lines, len(errors)) == (1, [], 1)
        assert "dixit restore FILE --force" in errors[0]
