"""Who administers a workspace sees its members on the page, and changes them; nobody else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.members import Registry, Role
from assistant.page.members import MemberReading
from assistant.server.visitor import Visitor
from index.records.table import Records
from tests.markup import seen

ANA = Visitor("window", "en", "ana", workspace="lagune", role="administer")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    records = Records(tmp_path)
    registry = Registry(records)
    registry.add_workspace("lagune")
    for workspace, user, role in [("lagune", "ana", "administer"), ("lagune", "ben", "add"), ("main", "dee", "read")]:
        registry.set_member(workspace, user, role)
    yield registry
    records.close()


@pytest.fixture
def reading(registry: Registry) -> MemberReading:
    return MemberReading(registry)


def test_members_are_listed_with_what_they_may_do(reading: MemberReading) -> None:
    shown = reading.show(ANA)
    assert "2 members of this workspace" in seen(shown)
    assert re.findall(r"<bdi>(\w+)</bdi>", shown) == ["ana", "ben"]
    assert re.findall(r'value="(\w+)" selected', shown) == ["add"]
    assert "2 membres de cet espace de travail" in seen(reading.show(replace(ANA, lang="fr")))


def test_a_member_is_let_in_given_another_role_and_shut_out(reading: MemberReading, registry: Registry) -> None:
    assert "cyd" in reading.admit({"user": " cyd ", "role": "read"}, ANA)
    assert registry.roles("cyd") == {"lagune": "read"}
    reading.admit({"user": "cyd", "role": "correct"}, ANA)
    assert registry.roles("cyd") == {"lagune": "correct"}
    assert "cyd" not in reading.dismiss({"user": "cyd"}, ANA)
    assert registry.roles("cyd") == {}
    assert registry.roles("dee") == {"main": "read"}


@pytest.mark.parametrize("visitor", [replace(ANA, role=role) for role in ("read", "add", "correct")])
def test_who_does_not_administer_neither_sees_nor_changes_them(
    reading: MemberReading, registry: Registry, visitor: Visitor
) -> None:
    assert reading.show(visitor) == ""
    assert reading.admit({"user": "cyd", "role": "read"}, visitor) == ""
    assert reading.dismiss({"user": "ben"}, visitor) == ""
    assert [member.user for member in registry.members("lagune")] == ["ana", "ben"]


def test_without_workspaces_there_are_no_members(reading: MemberReading) -> None:
    assert reading.show(replace(ANA, workspace="")) == ""
    assert MemberReading(None).show(ANA) == ""
    assert MemberReading(None).admit({"user": "cyd", "role": "read"}, ANA) == ""


def test_nobody_changes_their_own_role(reading: MemberReading, registry: Registry) -> None:
    for changed in (reading.admit({"user": "ana", "role": "read"}, ANA), reading.dismiss({"user": "ana"}, ANA)):
        assert "You cannot change your own role" in changed
    assert registry.roles("ana") == {"lagune": "administer"}


@pytest.mark.parametrize(("user", "role"), [("", "read"), ("x" * 201, "read"), ("a\nb", "read"), ("cyd", "king")])
def test_what_is_no_name_or_role_is_refused(reading: MemberReading, registry: Registry, user: str, role: Role) -> None:
    assert "this cannot be a member’s name" in reading.admit({"user": user, "role": role}, ANA)
    assert len(registry.members()) == 3
    assert "is no member’s any more" in reading.dismiss({"user": "nobody"}, ANA)
