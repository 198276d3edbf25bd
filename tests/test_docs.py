"""What the documents say is true: commands run, settings exist, links lead somewhere."""

from __future__ import annotations

import dataclasses
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import dixit
from assistant.settings import AssistantSettings
from index.loaders.forms import SUFFIXES
from index.settings import IndexSettings

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(program: str) -> list[str]:
    blocks = [b for path in DOCUMENTS for b in re.findall(r"^```sh\n(.*?)^```", path.read_text(), re.M | re.S)]
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(program + " ")]


def test_every_dixit_command_of_the_documents_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(
        ROOT / "assistant" / "answers" / "samples", tmp_path / "articles", ignore=shutil.ignore_patterns("*.toml")
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIXIT_DATA", str(tmp_path / "data"))
    found = commands("dixit")
    assert found
    for command in found:
        result = CliRunner().invoke(dixit, shlex.split(command)[1:], catch_exceptions=False)
        assert result.exit_code == 0, f"{command}: {result.output}"
        assert result.output.strip(), command


def test_every_make_target_of_the_documents_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M))
    named = {line.split()[1] for line in commands("make")}
    named |= set(re.findall(r"`make (\w+)`", "".join(path.read_text() for path in DOCUMENTS)))
    assert named
    assert named <= targets


def test_the_settings_table_lists_every_setting_with_its_default() -> None:
    table = (ROOT / "docs" / "development.md").read_text()
    rows = dict(re.findall(r"^\| `(DIXIT_\w+)` \| (.*?) \|", table, re.M))
    for kind in (IndexSettings, AssistantSettings):
        for field in dataclasses.fields(kind):
            shown = rows.pop(f"DIXIT_{field.name.upper()}")
            if field.default is not dataclasses.MISSING:
                assert shown == f"`{field.default}`"
    assert not rows


def test_the_table_of_forms_lists_every_suffix() -> None:
    table = re.findall(r"^\|[^|]*\|([^|]*)\|", (ROOT / "docs" / "forms.md").read_text(), re.M)
    assert set(re.findall(r"`(\.\w+)`", "".join(table))) == set(SUFFIXES)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
        assert (document.parent / target).exists(), target
