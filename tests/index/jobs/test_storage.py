"""Bytes lie in a folder, or wherever fsspec can put them, until they are deleted."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.errors import SettingsError, SourceRefused, StoreError
from index.jobs.storage import Storage


@pytest.fixture(params=["", "folder", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """In the data directory, in a folder, and in what is no folder of this machine."""
    urls = {"": "", "folder": str(tmp_path / "shared"), "memory": f"memory://{uuid.uuid4().hex}"}
    return Storage(tmp_path / "data", urls[request.param])


def test_what_is_kept_is_read_under_its_name_until_it_is_deleted(storage: Storage) -> None:
    place, size = storage.keep("L’été.txt", io.BytesIO(b"Hello"))
    other, _ = storage.keep("L’été.txt", io.BytesIO(b"Others"))
    assert size == 5
    with storage.local(place) as path:
        assert (path.name, path.read_bytes()) == ("L’été.txt", b"Hello")
    storage.delete(place)
    storage.delete(place)
    storage.delete("")
    with pytest.raises(SourceRefused, match=r"L’été\.txt: its bytes are gone"), storage.local(place):
        pass
    with storage.local(other) as path:
        assert path.read_bytes() == b"Others"


def test_a_name_leads_out_of_no_folder(storage: Storage) -> None:
    for name in ("../../up.txt", "..", "", "/"):
        place, _ = storage.keep(name, io.BytesIO(b"x"))
        assert place.count("/") == 1
        assert ".." not in place
        with storage.local(place) as path:
            assert path.read_bytes() == b"x"


def test_what_is_held_by_nobody_goes_once_it_is_old_and_what_is_anothers_stays(storage: Storage) -> None:
    held, left = (storage.keep(f"{name}.txt", io.BytesIO(b"x"))[0] for name in ("held", "left"))
    with storage.local(left) as path:
        kept = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    storage.delete_others([held], kept - timedelta(seconds=1))
    with storage.local(left):
        pass
    other = Storage(Path("/nowhere"), f"{storage._url}/lagune")  # as that of another workspace, in a shared folder
    others, _ = other.keep("others.txt", io.BytesIO(b"x"))
    storage.delete_others([held], kept + timedelta(hours=1))
    with pytest.raises(SourceRefused), storage.local(left):
        pass
    with storage.local(held), other.local(others):
        pass


def test_what_cannot_be_kept_whole_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    class Breaks(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the disk is away")

    with pytest.raises(StoreError, match="the disk is away"):
        storage.keep("a.txt", Breaks())
    storage.keep("b.txt", io.BytesIO(b"x"))
    assert [path.name for path in tmp_path.rglob("*.txt")] in ([], ["b.txt"])


def test_bytes_in_the_data_directory_are_its_owners_alone(tmp_path: Path) -> None:
    Storage(tmp_path).keep("a.txt", io.BytesIO(b"x"))
    assert (tmp_path / "jobs").stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"DIXIT_UPLOADS_URL=nowhere://x: .* Name a folder, or s3://bucket/folder"):
        Storage(tmp_path, "nowhere://x").keep("a.txt", io.BytesIO(b"x"))
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="It must answer, and be written by this user"):
        Storage(tmp_path, str(tmp_path / "file")).keep("a.txt", io.BytesIO(b"x"))
