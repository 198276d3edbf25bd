"""Who may log in: a file that holds no password, and tells at once who is added or removed."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import dixit
from assistant.server.password_table import PasswordTable
from assistant.server.passwords import Passwords, write_password
from index.errors import SettingsError
from index.records.table import Records
from tests.postgresql import Server

PASSWORD = "onze minutes de retard"


def test_a_password_is_kept_as_a_hash_that_only_its_owner_may_read(tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_password(file, "ana", PASSWORD)
    write_password(file, "élise", PASSWORD)
    assert PASSWORD not in file.read_text("utf-8")
    assert len({line.split(":")[-1] for line in file.read_text("utf-8").splitlines()}) == 2  # each with its own salt
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["users"]


@pytest.mark.parametrize(
    ("name", "password", "passes"),
    [
        ("ana", PASSWORD, True), ("ana", PASSWORD + " ", False), ("ana", "", False), ("Ana", PASSWORD, False),
        ("", "", False), ("nobody", PASSWORD, False), ("ana\0", PASSWORD, False), ("ana", "\ud800", False),
        ("ana", PASSWORD * 100_000, False),
    ],
)  # fmt: skip
def test_only_the_right_password_passes(tmp_path: Path, name: str, password: str, passes: bool) -> None:
    write_password(tmp_path / "users", "ana", PASSWORD)
    assert (Passwords(tmp_path / "users").verified(name, password) is not None) is passes


FIRST_VERSION = """\
ana:scrypt:639ae7b541330430ebdd2cbf9e4e0fff:cd1051fb27d853afe7c8f33834cf8573a47eabd1b50ac39ef4ee3246cb19de43
élise:scrypt:6b8a705cfec9dbdec4dfc1c287570d02:043f65825b368a3685b5576bd67f335be598a6137ae093dfd2fe54de522fb466
"""
"""What the first version wrote for ``PASSWORD`` and "un mot de passe ancien"."""


@pytest.mark.parametrize(
    ("name", "password", "passes"),
    [
        ("ana", PASSWORD, True), ("élise", "un mot de passe ancien", True), ("ana", "un mot de passe ancien", False),
        ("ana", "", False), ("ana", "\ud800", False), ("marc", PASSWORD, False), ("nobody", PASSWORD, False),
        ("ana", PASSWORD * 100_000, False), ("marc", "un autre mot de passe", True),
    ],
)  # fmt: skip
def test_a_file_of_the_first_version_is_read(tmp_path: Path, name: str, password: str, passes: bool) -> None:
    file = tmp_path / "users"
    file.write_text(FIRST_VERSION, "utf-8")
    write_password(file, "marc", "un autre mot de passe")
    assert set(FIRST_VERSION.splitlines()) < set(file.read_text("utf-8").splitlines())
    assert (Passwords(file).verified(name, password) is not None) is passes


def test_a_password_that_is_set_anew_is_hashed_as_today(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text(FIRST_VERSION, "utf-8")
    write_password(file, "ana", PASSWORD)
    (ana, elise) = file.read_text("utf-8").splitlines()
    assert ana.startswith("ana:$argon2id$v=19$m=19456,t=2,p=1$")
    assert elise == FIRST_VERSION.splitlines()[1]
    assert Passwords(file).verified("ana", PASSWORD)


def test_who_is_removed_or_changed_is_so_at_once(tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_password(file, "ana", PASSWORD)
    passwords = Passwords(file)
    before = passwords.hash_of("ana")
    write_password(file, "ana", PASSWORD)
    assert passwords.hash_of("ana") not in (None, before)
    write_password(file, "ana", None)
    assert passwords.hash_of("ana") is None


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a\nb", "x" * 65, "../a"])
def test_a_name_that_a_line_could_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="a name is made of"):
        write_password(tmp_path / "users", name, PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_password_too_short_or_too_long_is_refused(tmp_path: Path, password: str) -> None:
    with pytest.raises(SettingsError, match="from 10 to 200 characters"):
        write_password(tmp_path / "users", "ana", password)


SALT, HASH = "x" * 22, "x" * 43


@pytest.mark.parametrize(
    "text",
    [
        "ana:secret", "ana:scrypt:00:00", "no line", "ana:$2y$10$abc", f"ana:$argon2i$v=19$m=8,t=1,p=1${SALT}${HASH}",
        # what would take gigabytes or minutes for each check
        f"ana:$argon2id$v=19$m=4194304,t=2,p=1${SALT}${HASH}", f"ana:$argon2id$v=19$m=19456,t=99,p=1${SALT}${HASH}",
    ],
)  # fmt: skip
def test_a_damaged_file_is_told_by_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "users").write_text(f"# who may log in\n\n{text}\n", "utf-8")
    with pytest.raises(SettingsError, match="users:3: not a name with a hash"):
        Passwords(tmp_path / "users")


def test_a_missing_file_lets_nobody_in() -> None:
    with pytest.raises(SettingsError, match="it cannot be read. Make it with `dixit user add NAME`"):
        Passwords(Path("nowhere/users"))


def test_the_command_asks_for_the_password_and_never_shows_it(tmp_path: Path) -> None:
    def run(*arguments: str, given: str = "") -> str:
        done = CliRunner().invoke(dixit, ["--data", str(tmp_path), "user", *arguments], input=given)
        assert done.exit_code == 0, done.output
        return done.output

    told = run("add", "ana", given=f"{PASSWORD}\n{PASSWORD}\n")
    assert "added      ana" in told
    assert PASSWORD not in told
    assert f"DIXIT_AUTH={tmp_path / 'users'}" in told
    assert Passwords(tmp_path / "users").verified("ana", PASSWORD)
    assert run("list") == "ana\n"
    assert run("remove", "ana") == "removed    ana\n"
    assert run("list") == ""


@pytest.fixture(params=["sqlite", "postgresql"])
def tables(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[PasswordTable]]:
    """The table as two copies of the program have it, with a file of the version before in the data directory."""
    url = ""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        url = server.create("passwords")
    write_password(tmp_path / "data" / "users", "cyd", PASSWORD)
    records = [Records(tmp_path / "data", url) for _ in range(2)]
    moments = iter(range(99))
    yield [PasswordTable(each, lambda: next(moments)) for each in records]
    for each in records:
        each.close()


def test_copies_share_a_table_which_takes_over_the_file(tables: list[PasswordTable], tmp_path: Path) -> None:
    first, second = tables
    write_password(first, "ana", PASSWORD)
    assert Passwords(second).verified("ana", PASSWORD)
    assert Passwords(second).verified("cyd", PASSWORD)
    assert Passwords(second).verified("ana", PASSWORD + "!") is None
    assert not (tmp_path / "data" / "users").exists()
    open_page = Passwords(second)
    write_password(first, "ana", None)
    assert open_page.hash_of("ana") is None
    assert Passwords(second).verified("ana", PASSWORD) is None
    with pytest.raises(SettingsError, match="ana is not in .*It holds: cyd"):
        write_password(first, "ana", None)


def test_the_command_writes_the_table_where_that_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIXIT_AUTH", "database")
    data = ["--data", str(tmp_path / "data")]
    for name in ("ben", "ana"):
        added = CliRunner().invoke(dixit, [*data, "user", "add", name, "--password", PASSWORD])
        assert added.output == f"added      {name}\n"
    CliRunner().invoke(dixit, [*data, "user", "remove", "ben"])
    assert CliRunner().invoke(dixit, [*data, "user", "list"]).output == "ana\n"
    assert PasswordTable(Records(tmp_path / "data")).read().keys() == {"ana"}
    assert not (tmp_path / "data" / "users").exists()
