"""What this process may do from now on: compute, and read the files of Python itself. It cannot be taken back.

Three lines, each for where the one before is missing: the kernel's (Linux: resource limits, an own network without
any way out, Landlock), the system's (POSIX: resource limits), and a hook of Python's own, which refuses what Python
code does, and not what a library in C does that was taken over.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MOST_FILES = 64
"""How many files the process may have open."""

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION_3 = 0x20080522
# Landlock's system calls have the same numbers on all machines.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 1 << 2 | 1 << 3  # files, folders
_TCP_SINCE, _SIGNALS_SINCE = 4, 6  # versions of Landlock that know TCP, and signals
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights over files each version knows; later ones, 16."""
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo")

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    *("ctypes.", "ftplib.", "http.client.", "nntplib.", "poplib.", "pty.", "shutil.", "smtplib.", "socket."),
    *("os.chflags", "os.chmod", "os.chown", "os.exec", "os.fork", "os.kill", "os.link", "os.mkdir", "os.posix_spawn"),
    *("os.putenv", "os.remove", "os.rename", "os.rmdir", "os.setxattr", "os.spawn", "os.startfile", "os.symlink"),
    *("os.system", "os.truncate", "os.utime", "subprocess.", "telnetlib.", "tempfile.", "urllib.Request", "winreg."),
)


def confine(memory: int) -> frozenset[str]:
    """Confine this process, which has one thread, to ``memory`` bytes and to what the module says.

    Returns:
        What holds here, of "limits" (resource limits), "network" (it has none), "files" (Landlock) and "hook".
    """
    held = {"hook"}
    if _limit(memory):
        held.add("limits")
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        held |= {name for name, holds in (("network", _leave_network(libc)), ("files", _restrict_files(libc))) if holds}
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)
    return frozenset(held)


def allow_seconds(seconds: int) -> None:
    """Let this process compute for so many seconds more, then be ended; nothing where the system cannot do so."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))


def _limit(memory: int) -> bool:
    if resource is None:
        return False
    limits = {"RLIMIT_AS": memory, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": MOST_FILES, "RLIMIT_NPROC": 0}
    for name, value in limits.items():
        limit = getattr(resource, name, None)
        if limit is None:
            continue
        _, most = resource.getrlimit(limit)
        least = value if most == resource.RLIM_INFINITY else min(value, most)
        with contextlib.suppress(OSError, ValueError):  # macOS refuses one for memory
            resource.setrlimit(limit, (least, least))
    return True


def _leave_network(libc: ctypes.CDLL) -> bool:
    """Move into a network of its own, which leads nowhere; without the rights that one has over an own network."""
    left: bool = libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    libc.capset(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24))
    return left


def _restrict_files(libc: ctypes.CDLL) -> bool:
    """Restrict files to reading those of Python, and let nothing be reached by TCP or signals, with Landlock."""
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    numbers = [(1 << _FILE_RIGHTS.get(version, 16)) - 1]
    numbers += [0b11] * ((version >= _TCP_SINCE) + (version >= _SIGNALS_SINCE))
    attributes = struct.pack(f"={len(numbers)}Q", *numbers)
    rules = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    for folder in _readable():
        with contextlib.suppress(OSError):  # it is not there
            opened = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", _READ, opened), 0)
            os.close(opened)
    restricted: bool = libc.syscall(_RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return restricted


def _readable() -> set[str]:
    package = Path(__file__).resolve().parents[2]
    python = {sys.prefix, sys.base_prefix, *(path for path in sys.path if path), str(package), *_SYSTEM}
    # Not the folder that the package lies in: in a checkout, it may hold anything.
    return {path for path in python if Path(path).resolve() != package.parent}


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        refused = isinstance(flags, int) and bool(flags & _WRITING)
    else:
        refused = event.startswith(_REFUSED)
    if refused:
        raise PermissionError(f"a process that reads documents may not do this: {event}")
