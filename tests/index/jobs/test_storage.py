"""Bytes lie in a folder, or wherever fsspec can put them, until they are deleted."""

from __future__ import annotations

import io
import uuid
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


def test_bytes_in_the_data_directory_are_its_owners_alone(tmp_path: Path) -> None:
    Storage(tmp_path).keep("a.txt", io.BytesIO(b"x"))
    assert (tmp_path / "jobs").stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"DIXIT_UPLOADS_URL=nowhere://x: .* Name a folder, or s3://bucket/folder"):
        Storage(tmp_path, "nowhere://x").keep("a.txt", io.BytesIO(b"x"))
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="It must answer, and be written by this user"):
        Storage(tmp_path, str(tmp_path / "file")).keep("a.txt", io.BytesIO(b"x"))
