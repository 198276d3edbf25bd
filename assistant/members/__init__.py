"""Which workspaces a service has, who is a member of which, and what each may do there."""

from assistant.members.places import make_place, settings_of
from assistant.members.registry import Member, Registry, require_name
from assistant.members.roles import ROLES, NotAllowed, Role, may, role_of
from assistant.settings import MAIN

__all__ = [
    "MAIN",
    "ROLES",
    "Member",
    "NotAllowed",
    "Registry",
    "Role",
    "make_place",
    "may",
    "require_name",
    "role_of",
    "settings_of",
]
