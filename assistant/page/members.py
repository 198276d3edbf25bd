"""The members of a workspace on the page of who administers it: listed, let in, given another role, shut out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.members import ROLES, Registry, may
from assistant.page.notices import notice
from assistant.rendering.template import page_html
from assistant.server.failures import attempt, shown_on_failure
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import texts_of
from index.errors import SettingsError


class MemberReading:
    """Shows who the members of a visitor's workspace are, and changes that."""

    def __init__(self, registry: Registry | None) -> None:
        """``registry``: who may do what where; None: everybody may do everything."""
        self._registry = registry

    @shown_on_failure("listing the members", lambda self, visitor: notice("page.failed", visitor.lang))
    def show(self, visitor: Visitor) -> str:
        """Return the members of a visitor's workspace; nothing for those who do not administer it."""
        if self._registry is None or not _administers(visitor):
            return ""
        members = self._registry.members(visitor.workspace)
        return page_html("member_list", texts=texts_of(visitor.lang), members=members, roles=ROLES, own=visitor.person)

    def admit(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Let somebody be a member, or have another role; return the members then."""
        return self._changed(
            deed, visitor, lambda all, user: all.set_member(visitor.workspace, user, str(deed.get("role")))
        )

    def dismiss(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Let somebody be a member no more; return those that are left."""
        return self._changed(deed, visitor, lambda all, user: all.remove_member(visitor.workspace, user))

    def _changed(self, deed: Mapping[str, Any], visitor: Visitor, change: Callable[[Registry, str], object]) -> str:
        user = str(deed.get("user", "")).strip()
        if self._registry is None or not _administers(visitor):
            return ""
        if user == visitor.person:  # else nobody might be left to let anybody in again
            return notice("members.not_oneself", visitor.lang) + self.show(visitor)
        with attempt("changing the members") as outcome:
            change(self._registry, user)
        refused = "members.refused" if isinstance(outcome.error, SettingsError) else "page.failed"
        return (notice(refused, visitor.lang, name=user) if outcome.error else "") + self.show(visitor)


def _administers(visitor: Visitor) -> bool:
    return bool(visitor.workspace) and may(visitor.role, "administer")
