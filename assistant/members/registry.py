"""The workspaces of a service and their members, in small tables that all copies of the program read."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.members.roles import ROLES, Role, role_of
from assistant.settings import MAIN
from index.errors import SettingsError, StoreError, shortened
from index.records import MEMBERS, WORKSPACES, Record

if TYPE_CHECKING:
    from index.records.table import Records

FRESH_SECONDS: Final = 1.0
"""So long what was read is believed: each request asks."""
STALE_SECONDS: Final = 300.0
"""So long it is believed while it cannot be read again."""
LONGEST_USER: Final = 200
_OPEN = (
    f"without it whoever reaches the page may do everything in {MAIN}. Name another member first (`dixit member add "
    "USER ROLE`), or say --open."
)
_NAME = re.compile(r"[a-z][a-z0-9-]{0,28}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may enter a workspace."""

    workspace: str
    user: str
    role: Role


class Registry:
    """Who may do what where; safe to share between threads and processes."""

    def __init__(
        self, records: Records, fresh_seconds: float = FRESH_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``records``: those of the main workspace."""
        self._workspaces = records.table(WORKSPACES)
        self._members = records.table(MEMBERS)
        self._fresh_seconds = fresh_seconds
        self._clock = clock
        self._mutex = threading.Lock()
        self._read: tuple[tuple[str, ...], tuple[Member, ...]] = ((), ())
        self._read_at: float | None = None
        self._until = -1.0

    def workspaces(self) -> list[str]:
        """Return the names of all workspaces, ``MAIN`` first.

        Raises:
            StoreError: they cannot be read.
        """
        return [MAIN, *self._known()[0]]

    def members(self, workspace: str | None = None) -> list[Member]:
        """Return the members of a workspace, or of all, by name.

        Raises:
            StoreError: they cannot be read.
        """
        return [member for member in self._known()[1] if workspace in (None, member.workspace)]

    def is_in_force(self) -> bool:
        """Tell whether who asks must be a member: there is a second workspace, or a member of the first.

        Raises:
            StoreError: it cannot be read.
        """
        return any(self._known())

    def roles(self, user: str) -> dict[str, Role]:
        """Return the workspaces that somebody is a member of, by name, each with the role there.

        Raises:
            StoreError: they cannot be read.
        """
        there = self.workspaces()
        return {each.workspace: each.role for each in self.members() if each.user == user and each.workspace in there}

    def require(self, workspace: str) -> None:
        """Refuse the name of a workspace that there is not.

        Raises:
            SettingsError: it says which there are.
        """
        if workspace not in (there := self.workspaces()):
            raise SettingsError(
                f"{shortened(workspace)}: there is no such workspace. There are: {', '.join(there)}. "
                "Make it with `dixit workspace add`."
            )

    def add_workspace(self, name: str) -> None:
        """Make room for a workspace.

        Raises:
            SettingsError: the name is none, or taken.
        """
        require_name(name)
        if name == MAIN or not self._workspaces.add(Record(name, "", time.time())):
            raise SettingsError(f"{name}: there is a workspace of that name already. Choose another name.")
        self._forget()

    def remove_workspace(self, name: str, leaving_open: bool = False) -> None:
        """Let nobody enter a workspace any more; what it holds stays where it lies.

        ``leaving_open``: even where nobody is a member of anything then, so that everybody may do all in ``MAIN``.

        Raises:
            SettingsError: it is the main one, or there is none of that name, or it would leave ``MAIN`` open.
        """
        self._forget()
        self.require(name)
        if name == MAIN:
            raise SettingsError(f"{MAIN}: this workspace is the data directory itself. Remove another.")
        if not leaving_open and self.workspaces() == [MAIN, name] and not self.members(MAIN):
            raise SettingsError(f"{name}: {_OPEN}")
        for member in self.members(name):
            self._members.remove(_key(name, member.user))
        self._workspaces.remove(name)
        self._forget()

    def set_member(self, workspace: str, user: str, role: str) -> Member:
        """Let somebody be a member of a workspace, or have another role there.

        Raises:
            SettingsError: there is no such workspace or role, or the name is none.
        """
        self.require(workspace)
        if (given := role_of(role)) is None:
            raise SettingsError(f"{shortened(role)}: there is no such role. Use one of: {', '.join(ROLES)}.")
        if not user.strip() or not user.isprintable() or len(user) > LONGEST_USER:
            raise SettingsError(
                f"{shortened(user)!r}: a member is called by the name that they log in with, of 1 to {LONGEST_USER} "
                "characters that can be printed."
            )
        self._members.write(Record(_key(workspace, user), role, time.time()))
        self._forget()
        return Member(workspace, user, given)

    def remove_member(self, workspace: str, user: str, leaving_open: bool = False) -> None:
        """Let somebody be a member of a workspace no more; ``leaving_open``: see ``remove_workspace``.

        Raises:
            SettingsError: there is no such workspace or member, or it would leave ``MAIN`` open.
        """
        self._forget()
        self.require(workspace)
        last = self.workspaces() == [MAIN] and [member.user for member in self.members()] == [user]
        if last and not leaving_open:
            raise SettingsError(f"{user}: {_OPEN}")
        if not self._members.remove(_key(workspace, user)):
            there = ", ".join(member.user for member in self.members(workspace)) or "nobody"
            raise SettingsError(
                f"{shortened(user)}: no member of {workspace}. Its members are: {there}. Name one of them, or "
                "another workspace with --workspace."
            )
        self._forget()

    def _known(self) -> tuple[tuple[str, ...], tuple[Member, ...]]:
        with self._mutex:
            if (now := self._clock()) >= self._until:
                try:
                    names = tuple(record.key for record in self._workspaces.all())
                    self._read = names, tuple(filter(None, map(_member, self._members.all())))
                    self._read_at = now
                except StoreError:
                    # the articles lie there, too: while the server is away, each request says so in its own words
                    if self._read_at is None or now - self._read_at > STALE_SECONDS:
                        raise
                self._until = now + self._fresh_seconds
            return self._read

    def _forget(self) -> None:
        with self._mutex:
            self._until = -1.0


def require_name(name: str) -> None:
    """Refuse what cannot be the name of a workspace.

    Raises:
        SettingsError: it says what can.
    """
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"{shortened(name)!r}: the name of a workspace has 2 to 30 characters: letters a to z, digits, and "
            "inside it also hyphens, a letter first."
        )


def _key(workspace: str, user: str) -> str:
    return f"{workspace}/{user}"


def _member(record: Record) -> Member | None:
    workspace, _, user = record.key.partition("/")
    role = role_of(record.told)
    return Member(workspace, user, role) if role else None
