"""How many connections and files the process may have open at once."""

from __future__ import annotations

import sys

ENOUGH = 65_536
"""A thousand, the usual default, are soon taken by people's pages, which keep connections open."""


def raise_descriptor_limit() -> int:
    """Take as many as the system gives without being asked by an administrator, ``ENOUGH`` at most; return how many."""
    if sys.platform == "win32":  # which counts them otherwise
        return ENOUGH
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted
