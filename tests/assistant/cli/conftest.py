"""The command as it is called, for every test of it."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from tests.assistant.cli.command import Dixit


@pytest.fixture
def dixit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dixit:
    """The command in the process of the tests: libraries and language models are loaded once.

    ``given`` is what it reads from its input, ``url`` where its catalog is; it works with the folder "data".
    """

    def run(*arguments: str, given: str = "", url: str = "") -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["dixit", "--data", str(tmp_path / "data"), *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        monkeypatch.setenv("DIXIT_CATALOG_URL", url)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), *capsys.readouterr())

    return run
