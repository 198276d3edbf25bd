"""Settings of the assistant; the index has its own (``index.settings``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import SettingsError
from index.settings import IndexSettings, from_environment, refuse_unknown


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    """Settings of question answering; each field is read from ``DIXIT_<FIELD>``.

    Attributes:
        port: where the page is served; the next free port when it is taken.
    """

    port: int = 7860

    def __post_init__(self) -> None:
        if not 1 <= self.port <= 65535:
            raise SettingsError(f"DIXIT_PORT={self.port}: must be from 1 to 65535.")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one process."""

    index: IndexSettings
    assistant: AssistantSettings


def read_settings(environ: Mapping[str, str], data: Path | None = None) -> Settings:
    """Read the settings from an environment; ``data``, when given, names the data directory instead.

    Raises:
        SettingsError: a ``DIXIT_`` variable is unknown or malformed.
    """
    refuse_unknown(environ, IndexSettings, AssistantSettings)
    index = from_environment(IndexSettings, environ)
    return Settings(
        index=index if data is None else replace(index, data=data.expanduser()),
        assistant=from_environment(AssistantSettings, environ),
    )
