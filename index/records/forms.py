"""The tables of records that there are, where each lies when no server has it, and what a row is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """A table of records.

    Attributes:
        name: of the table.
        key: the column that tells one record from another.
        at: the column of a moment, in seconds since 1970.
        file: the SQLite file of a data directory that holds it.
    """

    name: str
    key: str
    at: str
    file: str


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table.

    Attributes:
        key: tells it from the others.
        told: what is kept, as its owner writes it.
        at: a moment, in seconds since 1970.
    """

    key: str
    told: str
    at: float


CONVERSATIONS: Final = Form("conversation", "visitor", "at", "conversations.sqlite")
FEEDS: Final = Form("feed", "address", "due", "feeds.sqlite")
WORKSPACES: Final = Form("workspace", "name", "made", "workspaces.sqlite")
MEMBERS: Final = Form("member", "member", "since", "workspaces.sqlite")
LOGINS: Final = Form("login", "name", "since", "users.sqlite")
FORMS: Final = (CONVERSATIONS, FEEDS, WORKSPACES, MEMBERS, LOGINS)
