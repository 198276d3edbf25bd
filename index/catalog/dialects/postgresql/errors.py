"""An error of PostgreSQL's -> what to do about it, in a sentence."""

from __future__ import annotations

from typing import Final

WRITABLE: Final = "Let this user of PostgreSQL write the tables, or name a server that can be written."
_AWAY: Final = "Nothing was changed: try again when PostgreSQL runs and is reached."
_UNREACHED: Final = (
    "PostgreSQL must run where DIXIT_CATALOG_URL says (or --from or --to of `dixit migrate`), and know the user, the "
    "password and the database that it names."
)
_ADVICE: Final = {
    "08": _AWAY,
    "57": _AWAY,
    "42501": "Let this user of PostgreSQL write the tables, and make them in an empty database.",
    "25006": "The server is read alone (a replica, say): let DIXIT_CATALOG_URL name one that can be written.",
    "53100": "Free some space on the server; nothing was changed.",
    "53300": "The server has no connection left: raise its max_connections, or stop some programs.",
    "55P03": "Another process has been writing for long: wait for it, or stop it.",
}
"""By SQLSTATE, or by its class (the first two characters)."""


def advice(error: BaseException | None) -> str:
    """Return what to do about an error of PostgreSQL's."""
    state = getattr(error, "sqlstate", None)
    if state is None:  # there is no connection to tell one
        return _UNREACHED
    return _ADVICE.get(state) or _ADVICE.get(state[:2], "Nothing was changed; the server's log tells more.")
