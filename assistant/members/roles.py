"""What a member of a workspace may do there: each role may do what those before it may."""

from __future__ import annotations

from typing import Final, Literal, get_args

from assistant.texts.catalogue import texts_of
from index.errors import IndexingError

Role = Literal["read", "add", "correct", "administer"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


def role_of(name: str) -> Role | None:
    """Return the role of a name; None: there is none."""
    return next((role for role in ROLES if role == name), None)


def may(role: Role, needed: Role) -> bool:
    """Tell whether a role may do what takes another."""
    return ROLES.index(role) >= ROLES.index(needed)


class NotAllowed(IndexingError):
    """A member's role does not reach for something; the message is what is told in English."""

    def __init__(self, role: Role, needed: Role) -> None:
        self._role, self._needed = role, needed
        super().__init__(self.told("en"))

    def told(self, lang: str) -> str:
        """Return what may not be done and whom to ask, in one line."""
        return texts_of(lang).get("members.not_allowed", role=self._role, needed=self._needed)
