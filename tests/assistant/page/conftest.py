"""What several tests of the page's parts stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.server.uploads import Uploads


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    """Room for uploads, a million bytes."""
    uploads = Uploads(tmp_path, 1_000_000)
    yield uploads
    uploads.close()
