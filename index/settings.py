"""Where data lives, which models, sizes and limits; read from the environment by ``main()``s only."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from index.errors import SettingsError

PREFIX = "DIXIT_"
BUNDLED = "bundled"
"""The name of the embedding model whose weights come with the packages."""
PASSAGE_TOKENS = (16, 480)
"""The fewest and the most tokens that a passage may be set to."""
LAST_PORT = 65_535
FEWEST_MINUTES, MOST_MINUTES = 1, 10_080
"""Between two looks at a watched feed: no site is asked all the time, and each at least once a week."""

Settings = TypeVar("Settings")


@dataclass(frozen=True, slots=True)
class VectorServer:
    """A Chroma server, and where on it the vectors are.

    Attributes:
        url: http://host:port, or https.
        token: sent with each request; empty: none is.
        tenant: made when it is not there, as is the database.
        database: holds the vectors of one catalog.
    """

    url: str
    token: str = dataclasses.field(default="", repr=False)
    tenant: str = "default_tenant"
    database: str = "default_database"


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Settings of the index; each field is read from ``DIXIT_<FIELD>``.

    Attributes:
        data: the data directory: catalog and vector index.
        catalog_url: the PostgreSQL database that holds the catalog; empty: a file in the data directory does.
        cache: where the bundled embedding model is unpacked, once a user.
        embedding_model: "bundled", or any sentence-transformers name or folder.
        passage_tokens: the longest passage, in tokens of the embedding model (16 to 480).
        max_article_characters: a longer text is refused.
        max_address_bytes: what is fetched from an address, unpacked, may be this large.
        address_seconds: fetching one address may take this long, in all.
        feed_minutes: how long a watched feed is left alone between two looks at it.
        most_feeds: how many feeds may be watched.
        uploads_url: a folder, or an address of fsspec's (s3://bucket/folder), where the bytes of jobs lie; empty: a
            folder of the data directory.
        vectors_url: a Chroma server (http://host:port) that holds the vectors; empty: a folder of the data directory.
        vectors_token: what the proxy in front of that server asks for.
        vectors_tenant: the tenant of that server.
        vectors_database: a database of that tenant which no other catalog has.
    """

    data: Path = dataclasses.field(default_factory=lambda: Path(platformdirs.user_data_dir("dixit", False)))
    catalog_url: str = dataclasses.field(default="", repr=False)  # it may hold a password
    cache: Path = dataclasses.field(default_factory=lambda: Path(platformdirs.user_cache_dir("dixit", False)))
    embedding_model: str = BUNDLED
    passage_tokens: int = 192
    max_article_characters: int = 2_000_000
    max_address_bytes: int = 20_000_000
    address_seconds: float = 30.0
    feed_minutes: float = 60.0
    most_feeds: int = 100
    uploads_url: str = ""
    vectors_url: str = ""
    vectors_token: str = dataclasses.field(default="", repr=False)
    vectors_tenant: str = "default_tenant"
    vectors_database: str = "default_database"

    def __post_init__(self) -> None:
        least, most = PASSAGE_TOKENS
        if not least <= self.passage_tokens <= most:
            raise SettingsError(f"{PREFIX}PASSAGE_TOKENS={self.passage_tokens}: must be from {least} to {most}.")
        if not FEWEST_MINUTES <= self.feed_minutes <= MOST_MINUTES:
            raise SettingsError(
                f"{PREFIX}FEED_MINUTES={self.feed_minutes}: must be from {FEWEST_MINUTES} to {MOST_MINUTES}."
            )
        _require_server(self.vectors_url, self.vectors_token)
        _require_name("TENANT", self.vectors_tenant)
        _require_name("DATABASE", self.vectors_database)

    @property
    def vector_server(self) -> VectorServer | None:
        """The Chroma server that holds the vectors; None: a folder of the data directory does."""
        if not self.vectors_url:
            return None
        return VectorServer(self.vectors_url, self.vectors_token, self.vectors_tenant, self.vectors_database)


def _require_server(url: str, token: str) -> None:
    if token and not (token.isascii() and token.isprintable() and " " not in token):
        raise SettingsError(f"{PREFIX}VECTORS_TOKEN must be of ASCII letters, digits and marks, without spaces.")
    address = re.fullmatch(r"https?://(?:\[[0-9a-fA-F:]+\]|[^\s/?#@:\[\]]+)(?::(\d{1,5}))?/?", url)
    if url and (address is None or int(address[1] or 0) > LAST_PORT):
        shown = re.sub(r"(https?:)?.*@", r"\1//…@", url, flags=re.DOTALL)  # it may hold a password
        raise SettingsError(
            f"{PREFIX}VECTORS_URL={shown}: must be http://host:port or https://host:port of a Chroma server, without a "
            f"name, a password or a path; a port is at most {LAST_PORT}. Correct it, or leave it unset to keep the "
            "vectors in the data directory."
        )


def _require_name(setting: str, name: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{1,510}[A-Za-z0-9]", name):
        raise SettingsError(
            f"{PREFIX}VECTORS_{setting}={name}: must be of 3 to 512 characters: letters a to z, digits, and inside it "
            "also . _ and -."
        )


def from_environment(kind: type[Settings], environ: Mapping[str, str]) -> Settings:
    """Build a settings dataclass from ``DIXIT_<FIELD>`` variables.

    Raises:
        SettingsError: a value does not fit its field's type.
    """
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        name = PREFIX + field.name.upper()
        if name in environ:
            values[field.name] = _parse(name, environ[name], str(field.type))
    return kind(**values)


def refuse_unknown(environ: Mapping[str, str], *kinds: type) -> None:
    """Refuse a ``DIXIT_`` variable that no settings dataclass knows.

    Raises:
        SettingsError: it names the variable and those that exist.
    """
    known = {PREFIX + field.name.upper() for kind in kinds for field in dataclasses.fields(kind)}
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            raise SettingsError(f"{name} is not a setting. Use one of: {', '.join(sorted(known))}.")


def _parse(name: str, value: str, kind: str) -> Any:
    if kind.startswith("Path"):
        if not value:  # it would be the folder that the program happens to be started in
            raise SettingsError(f"{name} is empty: it must name a file or a folder. Name one, or leave it unset.")
        return Path(value).expanduser()
    try:
        parsers: dict[str, Callable[[str], Any]] = {"int": int, "float": float, "bool": _parse_bool}
        return parsers.get(kind, str)(value)
    except ValueError as error:
        wanted = "1 or 0" if kind == "bool" else f"of type {kind}"
        raise SettingsError(f"{name}={value!r} must be {wanted}.") from error


def _parse_bool(value: str) -> bool:
    if value not in ("0", "1"):
        raise ValueError(value)
    return value == "1"
