"""A disk that is full or read-only: one clear line, nothing half in, and all goes on once there is room."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.settings import Settings
from index.catalog import open_catalog
from index.checking import check
from index.embeddings import Embedder

Texts = Callable[[Path, int, int], list[Path]]
Start = Callable[..., subprocess.Popen[str]]
Remount = Callable[[str], None]


pytestmark = pytest.mark.soak  # a full disk takes its time


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


def test_a_read_only_directory_is_refused_in_one_line(
    settings: Settings, texts: Texts, start: Start, remount: Remount, tmp_path: Path
) -> None:
    (path,) = texts(tmp_path / "texts", 1, 6)
    remount("size=50m")
    assert run(start("add", str(path)))[0] == 0
    before = sorted((file, file.stat().st_size) for file in settings.index.data.rglob("*"))
    remount("ro")
    for command in (("add", str(path)), ("list",), ("remove", path.stem), ("check",)):
        status, lines, errors = run(start(*command))
        assert (status, lines, len(errors)) == (1, [], 1), (command, errors)
        assert str(settings.index.data) in errors[0]
        assert "write" in errors[0] or "writable" in errors[0]
    assert sorted((file, file.stat().st_size) for file in settings.index.data.rglob("*")) == before
    remount("rw")
    assert run(start("list"))[0] == 0


def test_a_damaged_catalog_names_the_way_back(settings: Settings, start: Start) -> None:
    settings.index.data.mkdir()
    (settings.index.data / "catalog.sqlite").write_bytes(b"no database at all" * 999)
    for command in ("list", "check"):
        status, lines, errors = run(start(command))
        assert (status, lines, len(errors)) == (1, [], 1)
        assert "dixit restore FILE --force" in errors[0]
