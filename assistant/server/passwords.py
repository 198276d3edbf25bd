"""A file of names and hashed passwords: who may log in. One line each, ``name:scrypt:salt:hash``."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from pathlib import Path

from index.errors import SettingsError
from index.permissions import make_folder

SHORTEST = 10
"""The fewest characters that a password may have."""
LONGEST = 200

_NAME = re.compile(r"[\w.@+-]{1,64}")
_COST = {"n": 1 << 14, "r": 8, "p": 1, "dklen": 32}


class Passwords:
    """Reads the file again whenever it has changed, so that who is added or removed is so at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._hashes: dict[str, str] = {}
        self._nobody = hash_password(secrets.token_hex())
        self.hash_of("")

    def hash_of(self, name: str) -> str | None:
        """Return what a person's password was hashed to; None when nobody is called so.

        Raises:
            SettingsError: the file cannot be read.
        """
        try:
            state = self._path.stat()
            if self._read_at != (state.st_mtime_ns, state.st_size):
                self._hashes = read_passwords(self._path)
                self._read_at = (state.st_mtime_ns, state.st_size)
        except (OSError, UnicodeError) as error:
            raise SettingsError(
                f"DIXIT_AUTH={self._path}: it cannot be read. Make it with `dixit user add NAME`."
            ) from error
        return self._hashes.get(name)

    def verify(self, name: str, password: str) -> bool:
        """Tell whether this is the person's password; it takes as long when nobody is called so."""
        hashed = self.hash_of(name)
        return _fits(password, hashed or self._nobody) and hashed is not None


def hash_password(password: str) -> str:
    """Return what is stored of a password: ``scrypt:salt:hash``, in hexadecimal digits."""
    salt = secrets.token_bytes(16)
    return f"scrypt:{salt.hex()}:{_scrypt(password, salt).hex()}"


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
        if not _NAME.fullmatch(name) or not re.fullmatch(r"scrypt:[0-9a-f]{32}:[0-9a-f]{64}", hashed):
            raise SettingsError(f"{path}:{number}: not a name with a hash. Make the file with `dixit user add NAME`.")
        hashes[name] = hashed
    return hashes


def write_password(path: Path, name: str, password: str | None) -> None:
    """Set a person's password, or take the person away (``password`` None); the file is replaced in one step.

    Raises:
        SettingsError: the name or the password does not fit, or nobody is called so.
    """
    hashes = read_passwords(path) if path.exists() else {}
    if password is None and name not in hashes:
        raise SettingsError(f"{name} is not in {path}. It holds: {', '.join(sorted(hashes)) or 'nobody'}.")
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name!r}: a name is made of up to 64 letters, digits and . @ + - _")
    if password is not None and not SHORTEST <= len(password) <= LONGEST:
        raise SettingsError(f"A password has from {SHORTEST} to {LONGEST} characters.")
    hashes.pop(name, None)
    if password is not None:
        hashes[name] = hash_password(password)
    make_folder(path.parent)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # only its owner may read it
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name}:{hashed}\n" for name, hashed in sorted(hashes.items()))
    Path(draft).replace(path)


def _fits(password: str, hashed: str) -> bool:
    _, salt, expected = hashed.split(":")
    return hmac.compare_digest(_scrypt(password[:LONGEST], bytes.fromhex(salt)), bytes.fromhex(expected))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)
