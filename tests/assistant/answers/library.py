"""A library of some texts, read by the real models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace, open_workspace
from index.settings import IndexSettings


@contextmanager
def library_of(data: Path, texts: Iterable[str]) -> Iterator[Workspace]:
    """A workspace over texts, the first line of each its title; every one of them is new."""
    with open_workspace(Settings(IndexSettings(data=data), AssistantSettings()), lambda _: None) as workspace:
        for text in texts:
            assert workspace.add_text(text).outcome == "added"
        yield workspace
