"""A file of names and hashed passwords: who may log in. One line each, ``name:$argon2id$…``.

Lines of the first version, ``name:scrypt:salt:hash``, are verified as they are until the password is set anew.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.errors import SettingsError
from index.permissions import make_folder

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10
"""The fewest characters that a password may have."""
LONGEST = 200

_NAME = re.compile(r"[\w.@+-]{1,64}")
# The file says what a check costs: no line can ask for more than 100 MB and nine rounds.
_ARGON2 = re.compile(r"\$argon2id\$v=19\$m=\d{1,5},t=\d,p=\d\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}")
_SCRYPT = re.compile(r"scrypt:[0-9a-f]{32}:[0-9a-f]{64}")
_SCRYPT_COST = {"n": 1 << 14, "r": 8, "p": 1, "dklen": 32}
_SCRYPT_NOBODY = f"scrypt:{'0' * 32}:{'0' * 64}"


class Store(Protocol):
    """Where names and hashed passwords are kept."""

    def state(self) -> object:
        """Return what is another when they may have changed."""

    def read(self) -> dict[str, str]:
        """Return the names, each with what is stored of its password."""

    def write(self, name: str, hashed: str | None) -> None:
        """Keep what is stored of a person's password; None takes the person away."""


class PasswordFile:
    """A file of them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def state(self) -> tuple[int, int]:
        """See ``Store``."""
        told = self._path.stat()
        return told.st_mtime_ns, told.st_size

    def read(self) -> dict[str, str]:
        """See ``Store``."""
        return read_passwords(self._path)

    def write(self, name: str, hashed: str | None) -> None:
        """See ``Store``; the file is replaced in one step."""
        hashes = read_passwords(self._path) if self._path.exists() else {}
        hashes.pop(name, None)
        if hashed is not None:
            hashes[name] = hashed
        make_folder(self._path.parent)
        descriptor, draft = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)  # its owner alone reads it
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(f"{name}:{hashed}\n" for name, hashed in sorted(hashes.items()))
        Path(draft).replace(self._path)

    def __str__(self) -> str:
        return str(self._path)


class Passwords:
    """Reads them again whenever they have changed, so that who is added or removed is so at once."""

    def __init__(self, kept: Path | Store) -> None:
        """``kept``: a file, or another place."""
        self._store: Store = PasswordFile(kept) if isinstance(kept, Path) else kept
        self._read_at: object = None
        self._hashes: dict[str, str] = {}
        self._nobody = hash_password(secrets.token_hex())
        self.hash_of("")

    def hash_of(self, name: str) -> str | None:
        """Return what a person's password was hashed to; None when nobody is called so.

        Raises:
            SettingsError: the file cannot be read.
        """
        try:
            if self._read_at != (state := self._store.state()):
                self._hashes, self._read_at = self._store.read(), state
        except (OSError, UnicodeError) as error:
            raise SettingsError(
                f"DIXIT_AUTH={self._store}: it cannot be read. Make it with `dixit user add NAME`."
            ) from error
        return self._hashes.get(name)

    def verified(self, name: str, password: str) -> str | None:
        """Return what the person's password was hashed to when this is it; None: it is not, or nobody is called so.

        It takes as long when nobody is called so.
        """
        hashed = self.hash_of(name)
        # One of each kind that the file holds, or the time would tell who is in it.
        checked = {_is_scrypt(one): one for one in (*self._nobodies(), *([hashed] if hashed else []))}
        fitting = [one for one in checked.values() if _fits(password, one)]
        return hashed if hashed in fitting else None

    def _nobodies(self) -> list[str]:
        return [self._nobody] + ([_SCRYPT_NOBODY] if any(map(_is_scrypt, self._hashes.values())) else [])


def hash_password(password: str) -> str:
    """Return what is stored of a password: its Argon2id hash, with its salt and cost."""
    return _hasher().hash(_bytes(password))


def is_entry(name: str, hashed: str) -> bool:
    """Tell whether this is a name with what is stored of a password."""
    return bool(_NAME.fullmatch(name) and (_ARGON2.fullmatch(hashed) or _SCRYPT.fullmatch(hashed)))


def read_passwords(path: Path) -> dict[str, str]:
    """Return the names of a file, each with what is stored of its password.

    Raises:
        SettingsError: a line is no name with a hash.
    """
    hashes = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, _, hashed = line.partition(":")
        if not line.strip() or line.startswith("#"):
            continue
        if not is_entry(name, hashed):
            raise SettingsError(f"{path}:{number}: not a name with a hash. Make the file with `dixit user add NAME`.")
        hashes[name] = hashed
    return hashes


def names_in(store: Store) -> dict[str, str]:
    """Return the names, each with what is stored of its password; none where nothing is kept yet.

    Raises:
        SettingsError: something there is no name with a hash.
    """
    with suppress(FileNotFoundError):
        return store.read()
    return {}


def write_password(kept: Path | Store, name: str, password: str | None) -> None:
    """Set a person's password, or take the person away (``password`` None).

    Raises:
        SettingsError: the name or the password does not fit, or nobody is called so.
    """
    store: Store = PasswordFile(kept) if isinstance(kept, Path) else kept
    there = names_in(store)
    if password is None and name not in there:
        raise SettingsError(f"{name} is not in {store}. It holds: {', '.join(sorted(there)) or 'nobody'}.")
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name!r}: a name is made of up to 64 letters, digits and . @ + - _")
    if password is not None and not SHORTEST <= len(password) <= LONGEST:
        raise SettingsError(f"A password has from {SHORTEST} to {LONGEST} characters.")
    store.write(name, None if password is None else hash_password(password))


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # here, so that `dixit --help` does not wait for it

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # 19 MB: OWASP's first choice


def _fits(password: str, hashed: str) -> bool:
    from argon2.exceptions import VerificationError

    given = _bytes(password[:LONGEST])
    if _is_scrypt(hashed):
        _, salt, expected = hashed.split(":")
        found = hashlib.scrypt(given, salt=bytes.fromhex(salt), **_SCRYPT_COST)
        return hmac.compare_digest(found, bytes.fromhex(expected))
    try:
        return _hasher().verify(hashed, given)
    except VerificationError:
        return False


def _is_scrypt(hashed: str) -> bool:
    return hashed.startswith("scrypt:")


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
