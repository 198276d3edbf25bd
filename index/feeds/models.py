"""What is known of a feed that is watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from index.loaders.validators import Validators
from index.reason import Reason


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An article that came in from a feed.

    Attributes:
        came: when it came in.
    """

    article_id: str
    title: str
    came: datetime


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """A feed that is read again on a schedule.

    Attributes:
        added: when its watching began.
        due: when it is looked at next.
        checked: when it was last looked at with success, None: never yet.
        failure: why the latest look failed, None when it did not.
        failures: how many looks failed one after the other.
        unread: how many of its entries were refused at the latest look.
        news: what came in from it, the latest first; the earliest are forgotten.
        seen: the ids of the texts that stood in it at the latest look.
        validators: by which its machine is asked whether it has changed since; none when a look left something of it.
    """

    address: str
    added: datetime
    due: datetime
    checked: datetime | None = None
    failure: Reason | None = None
    failures: int = 0
    unread: int = 0
    news: tuple[NewEntry, ...] = ()
    seen: frozenset[str] = frozenset()
    validators: Validators = Validators()
