"""Uploads take no more room than they may, and none once nobody waits for them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.server.uploads import PART, NoRoom, Uploads

ROOT = Path(__file__).parents[3]
SPACE = 1000 * PART


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    uploads = Uploads(tmp_path, SPACE)
    yield uploads
    uploads.close()


def bring(uploads: Uploads, name: str, size: int, person: str = "ana") -> Path:
    """Upload a file."""
    with uploads.receiving():
        uploads.count(person, size)
        path = uploads.folder / f"bytes-{size}" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * size)
        uploads.keep([str(path)], person, size)
    return path


def test_the_folder_is_its_owners_alone_and_is_made_by_the_first_upload(tmp_path: Path, uploads: Uploads) -> None:
    assert not uploads.folder.exists()
    path = bring(uploads, "a.txt", 10)
    assert path.is_relative_to(tmp_path / "uploads")
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (tmp_path / "uploads", uploads.folder)] == [0o700] * 2


def test_a_persons_part_and_the_whole_are_bounded(uploads: Uploads) -> None:
    bring(uploads, "a.txt", 1000, "ana")
    with pytest.raises(NoRoom, match="Your uploads"):
        bring(uploads, "b.txt", 1, "ana")
    for person in "bcde"[: PART - 1]:
        bring(uploads, f"{person}.txt", 1000, person)
    with pytest.raises(NoRoom, match="The uploads"):
        bring(uploads, "f.txt", 1, "f")
    uploads.delete(str(uploads.folder / "bytes-1000" / "a.txt"))
    uploads.require_room("ana")
    bring(uploads, "f.txt", 1, "f")


def test_what_is_still_coming_in_counts(uploads: Uploads) -> None:
    with uploads.receiving():
        uploads.count("ana", 600)
        with pytest.raises(NoRoom), uploads.receiving():
            uploads.count("ana", 600)
    uploads.count("ana", 600)


def test_what_came_in_half_is_deleted_once_nothing_comes_in(uploads: Uploads) -> None:
    with uploads.receiving():
        other = uploads.folder / "tmpother"
        other.write_bytes(b"half")
        with pytest.raises(RuntimeError), uploads.receiving():
            raise RuntimeError("its sender has gone")
        assert other.exists()
    assert not other.exists()


def test_what_came_in_half_takes_no_room_while_its_writer_holds_it_open(uploads: Uploads) -> None:
    with uploads.receiving():
        half = (uploads.folder / "tmphalf").open("wb")  # as Gradio does when the disk is full or the sender goes
        half.write(b"half")
        half.flush()
    with half:
        assert os.fstat(half.fileno()).st_size == 0
    assert list(uploads.folder.iterdir()) == []


def test_an_upload_that_nobody_asks_for_goes_after_a_time(uploads: Uploads) -> None:
    asked, left = bring(uploads, "asked.txt", 1), bring(uploads, "left.txt", 2)
    uploads.take([str(asked)])
    uploads.sweep(age=3600)
    assert left.exists()
    uploads.sweep(age=0)
    assert asked.exists() and not left.exists() and not uploads.holds(str(left))


def test_what_a_killed_process_left_goes_at_the_next_start_and_a_living_ones_stays(
    tmp_path: Path, uploads: Uploads
) -> None:
    kept = bring(uploads, "kept.txt", 1)
    script = (
        "import os, signal, sys; from pathlib import Path; from assistant.server.uploads import Uploads\n"
        "uploads = Uploads(Path(sys.argv[1]), 100)\n"
        "with uploads.receiving():\n"
        "    (uploads.folder / 'tmphalf').write_bytes(b'half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False)
    assert len([*(tmp_path / "uploads").glob("*/tmphalf")]) == 1
    another = Uploads(tmp_path, SPACE)
    assert [*(tmp_path / "uploads").glob("*/*")] == [kept.parent]
    another.close()
    uploads.close()
    assert list((tmp_path / "uploads").iterdir()) == []
