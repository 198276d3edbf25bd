"""Settings of the assistant; the index has its own (``index.settings``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from index.errors import SettingsError
from index.settings import LAST_PORT, IndexSettings, from_environment, refuse_unknown

MAIN: Final = "main"
"""The workspace that every data directory is; the others lie in it, or beside it on the server."""


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    """Settings of question answering; each field is read from ``DIXIT_<FIELD>``.

    Attributes:
        port: where the page is served; the next free port when it is taken.
        auth: a file of names and hashed passwords (``dixit user add``), or "database": beside the catalog; None: nobody
            has to log in.
        auth_header: the header in which a proxy names the user; empty: none does.
        proxies: addresses or networks whose proxies are believed; empty: this machine's, if ``auth_header`` is set.
        hosts: names under which the page is reached, beside this machine's own.
        read_only: articles are read and asked about; adding, removing and reindexing are refused.
        workers: what is added is queued for workers (``dixit work``) instead of being taken in by the page itself.
        ask_rate: how often one person may ask.
        add_rate: how many sources one person may add.
        upload_rate: how often one person may upload.
        upload_space: bytes that all uploads together may take while they wait to be read; one person's, a fifth of it.
        read_rate: how often one person's programs may list quotations and articles.
        max_upload_bytes: the files of one upload may be this large, together.
        metrics: who may read the figures at /metrics: "off", "loopback" (this machine), or addresses or networks.
        log_json: the page logs lines of JSON, and one for each request.
        debug: the page logs traces, whole.
    """

    port: int = 7860
    auth: Path | None = None
    auth_header: str = ""
    proxies: str = ""
    hosts: str = ""
    read_only: bool = False
    workers: bool = False
    ask_rate: str = "600/minute"
    add_rate: str = "10000/hour"
    upload_rate: str = "600/minute"
    upload_space: int = 5_000_000_000
    read_rate: str = "600/minute"
    max_upload_bytes: int = 500_000_000
    metrics: str = "loopback"
    log_json: bool = False
    debug: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.port <= LAST_PORT:
            raise SettingsError(f"DIXIT_PORT={self.port}: must be from 1 to {LAST_PORT}.")
        if self.max_upload_bytes < 1:
            raise SettingsError(f"DIXIT_MAX_UPLOAD_BYTES={self.max_upload_bytes}: must be at least 1.")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one process.

    Attributes:
        index: where the workspace lies, and how articles are read.
        assistant: how questions are answered and the page is served.
        workspace: the name of the workspace.
        main: those of the index of the whole service; None: these are.
    """

    index: IndexSettings
    assistant: AssistantSettings
    workspace: str = MAIN
    main: IndexSettings | None = None

    @property
    def service(self) -> Settings:
        """The settings of the main workspace, in which lie the others and who are members of which."""
        return self if self.main is None else replace(self, index=self.main, workspace=MAIN, main=None)

    def require_ours(self) -> None:
        """Refuse a change of the articles where they are only to be read.

        Raises:
            SettingsError: ``DIXIT_READ_ONLY`` is set.
        """
        if self.assistant.read_only:
            raise SettingsError(
                "The articles can be read and asked about, not changed: DIXIT_READ_ONLY is set. Start Dixit without it."
            )


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
