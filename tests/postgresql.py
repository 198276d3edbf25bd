"""A PostgreSQL server of the tests' own: in a temporary folder, on loopback, gone with the tests."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.web_server import closed_port

_SETTINGS = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=40")
"""Nothing waits for the disk; but what was committed outlives ``Server.stop``, so commits are not put off."""


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; None where it is not installed."""
    found = shutil.which("initdb") or next(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)
    return Path(found).parent if found else None


class Server:
    """A running server; close it when done."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # whoever is root must be somebody else: PostgreSQL refuses to be
        self._user = "postgres" if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="dixit-postgresql-"))
        self._password = secrets.token_hex(8)
        (self._folder / "password").write_text(self._password)
        if self._user:
            for path in (self._folder, self._folder / "password"):
                shutil.chown(path, self._user)
        self._run(
            "initdb", "-D", str(self._folder / "data"), "-U", "dixit", "--pwfile", str(self._folder / "password"),
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        self.port = closed_port()
        self.start()

    def start(self) -> None:
        """Start the server, again after it was stopped."""
        options = " ".join(f"-c {setting}" for setting in _SETTINGS)
        options += f" -c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories=''"
        self._control("start", "-o", options, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        """Stop the server at once, as when its machine fails."""
        self._control("stop", "-m", "immediate")

    @property
    def pid(self) -> int:
        """The process that started all others of the server."""
        return int((self._folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])

    def url(self, database: str, password: str | None = None) -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://dixit:{password or self._password}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, form: str = "ENCODING 'UTF8' LOCALE 'C'") -> str:
        """Make an empty database, and return its address."""
        made = f"CREATE DATABASE {database} TEMPLATE template0 {form}"
        with connected(self.url("postgres")) as connection:
            connection.execute(made.encode())
        return self.url(database)

    def close(self) -> None:
        """Stop the server and remove all of it."""
        self.stop()
        shutil.rmtree(self._folder)

    def _control(self, deed: str, *options: str) -> None:
        self._run("pg_ctl", deed, "-D", str(self._folder / "data"), "-w", *options)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        with (self._folder.parent / f"{self._folder.name}.log").open("w+b") as told:  # a pipe would outlive pg_ctl
            done = subprocess.run(command, user=self._user, cwd="/", stdout=told, stderr=told, check=False)
            told.seek(0)
            lines = told.read().decode(errors="replace")
        Path(told.name).unlink()
        assert done.returncode == 0, lines


def started() -> Server:
    """Start a server; the test is skipped, and says why, where that cannot be."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    if os.geteuid() == 0 and "postgres" not in {user.pw_name for user in pwd.getpwall()}:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    return Server(found)


def connected(url: str) -> psycopg.Connection:
    """Connect to a database beside Dixit; each statement is kept at once."""
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
