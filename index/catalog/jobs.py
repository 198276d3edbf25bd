"""The table of jobs: each a source that is to be taken in by a worker, in whatever process.

Whoever claims a job has a lease of it, which is renewed while work goes on. A lease that ran out is anybody's: its
worker was killed, or has lost the database. A job may so be done twice, and leaves each article once: an article's id
is made of its text. Times are those of the process that asks; machines that share a catalog must agree to the second.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, get_args

import sqlalchemy as sa
from pydantic import TypeAdapter

from index.catalog.database import queueing, store_errors
from index.catalog.dialects import dialect_of
from index.catalog.tables import JOBS
from index.reason import Reason

JobKind = Literal["upload", "address", "text"]
JobState = Literal["waiting", "at_work", "done", "refused", "failed"]
STATES: Final[tuple[JobState, ...]] = get_args(JobState)
OPEN: Final[tuple[JobState, ...]] = ("waiting", "at_work")
"""The states of what is still to be done."""
DEAD: Final[tuple[JobState, ...]] = ("refused", "failed")
"""The states of what is done no more unless somebody says so: the loader refused it, or it failed too often."""
MOST_ATTEMPTS: Final = 6
"""So often a job is begun."""

_TIMES: Final = ("due", "until", "asked", "changed")
_REASON: Final[TypeAdapter[Reason | str | None]] = TypeAdapter(Reason | str | None)


@dataclass(frozen=True, slots=True)
class NewJob:
    """A source that somebody asks to have taken in.

    Attributes:
        kind: what it is.
        name: a file's name, an address, or the title of a text (empty: it has none).
        place: where its bytes lie (see ``index.jobs.storage``); empty: it has none, as an address.
        bytes: how many they are.
        by: the visitor of the page who asked; empty: a program did, or its visitor has forgotten it.
        person: who that is, as far as is known; persons take turns.
        request: the id of the request that asked, to which belongs what is logged.
    """

    kind: JobKind
    name: str
    place: str = ""
    bytes: int = 0
    by: str = ""
    person: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the table has it; times are UTC.

    Attributes:
        attempts: how often it was begun.
        due: it is not begun before.
        owner: the worker that has it, while it is at work.
        until: when its lease runs out.
        why: why it was refused, failed, or is to be tried again.
        told: what became of its articles, in the words of whoever did it; None: nothing yet.
        asked: when somebody asked for it.
        changed: when its state changed last.
    """

    id: int
    kind: JobKind
    name: str
    place: str
    bytes: int
    by: str
    person: str
    request: str
    state: JobState
    attempts: int
    due: datetime
    owner: str | None
    until: datetime | None
    why: Reason | str | None
    told: str | None
    asked: datetime
    changed: datetime


_HOLDING: Final = JOBS.c.state.in_((*OPEN, *DEAD))
_COLUMNS: Final = [JOBS.c[field.name] for field in fields(Job)]


class JobTable:
    """The jobs of a catalog; safe to share between threads and processes."""

    def __init__(self, engine: sa.Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """``now``: tells the time."""
        self._engine = engine
        self._now = now

    def now(self) -> datetime:
        """The time by which jobs are due, and leases run out."""
        return self._now()

    def add(self, job: NewJob) -> int:
        """Keep a job, and return its id; it comes after what the same person asked for, before many of another's."""
        now = _stored(self._now())
        values = {field.name: getattr(job, field.name) for field in fields(NewJob)}
        values |= {"state": "waiting", "attempts": 0, "due": now, "asked": now, "changed": now}
        with self._queueing() as connection:
            values["turn"] = _next_turn(connection, job.person)
            return int(connection.scalar(sa.insert(JOBS).returning(JOBS.c.id), values) or 0)

    def claim(self, owner: str, lease: timedelta) -> Job | None:
        """Give a worker the next job that is due or was left by its worker; None: there is none."""
        now, dialect = _stored(self._now()), dialect_of(self._engine)
        left = sa.and_(JOBS.c.state == "at_work", JOBS.c.until <= now)
        ready = sa.or_(sa.and_(JOBS.c.state == "waiting", JOBS.c.due <= now), left)
        first = sa.select(JOBS.c.id).where(ready).order_by(JOBS.c.turn, JOBS.c.id).limit(1)
        with self._queueing() as connection:
            often = sa.select(JOBS.c.id).where(left, JOBS.c.attempts >= MOST_ATTEMPTS)
            if given_up := connection.scalars(dialect.unclaimed(often)).all():
                _change(connection, JOBS.c.id.in_(given_up), now, state="failed", why=_written(_ENDED))
            taken = connection.scalar(dialect.unclaimed(first))
            if taken is None:
                return None
            begun = {"attempts": JOBS.c.attempts + 1, "owner": owner, "until": now + lease}
            return _change(connection, JOBS.c.id == taken, now, state="at_work", **begun)

    def renew(self, job: Job, lease: timedelta) -> bool:
        """Have a lease run from now on; False: the job is its worker's no more."""
        values = {"until": _stored(self._now()) + lease}
        with self._queueing() as connection:
            return connection.execute(sa.update(JOBS).where(_held(job)).values(values)).rowcount > 0

    def settle(
        self, job: Job, state: Literal["done", "refused", "failed"], why: Reason | str | None, told: str | None
    ) -> bool:
        """Note what became of a job; False: it is its worker's no more, and nothing is noted."""
        return self._changed(job, state=state, why=_written(why), told=told)

    def put_off(self, job: Job, due: datetime, why: Reason | str) -> bool:
        """Have a job that failed begun again at a later time; see ``settle``."""
        return self._changed(job, state="waiting", due=_stored(due), why=_written(why))

    def give_back(self, job: Job) -> bool:
        """Have a job that was left begun again at once, as if it had not been; see ``settle``."""
        return self._changed(job, state="waiting", due=_stored(self._now()), attempts=JOBS.c.attempts - 1)

    def jobs(self, states: Collection[JobState] = STATES, by: str | None = None, most: int | None = None) -> list[Job]:
        """The jobs in some states, of a visitor or of all, in the order they were asked for; the latest so many."""
        wanted = sa.select(*_COLUMNS).where(JOBS.c.state.in_(states)).order_by(JOBS.c.id.desc()).limit(most)
        if by is not None:
            wanted = wanted.where(JOBS.c.by == by)
        with self._reading() as connection:
            return [_job(row) for row in connection.execute(wanted)][::-1]

    def job(self, job_id: int) -> Job | None:
        """One job; None: there is none of that id."""
        with self._reading() as connection:
            row = connection.execute(sa.select(*_COLUMNS).where(JOBS.c.id == job_id)).first()
        return None if row is None else _job(row)

    def counts(self) -> dict[JobState, int]:
        """How many jobs are in each state."""
        counted = sa.select(JOBS.c.state, sa.func.count()).group_by(JOBS.c.state)
        with self._reading() as connection:
            return dict.fromkeys(STATES, 0) | dict(connection.execute(counted).tuples().all())

    def places(self) -> set[str]:
        """Where the bytes of the jobs lie that are not done."""
        with self._reading() as connection:
            return set(connection.scalars(sa.select(JOBS.c.place).where(_HOLDING, JOBS.c.place != "")))

    def bytes_held(self, person: str | None = None) -> int:
        """How many bytes the jobs that are not done hold: a person's, or all."""
        held = sa.select(sa.func.sum(JOBS.c.bytes)).where(_HOLDING)
        with self._reading() as connection:
            return int(connection.scalar(held if person is None else held.where(JOBS.c.person == person)) or 0)

    def retry(self, job_id: int | None = None) -> int:
        """Have a dead job, or all, begun again as if it had just been asked for; return how many."""
        now = _stored(self._now())
        dead = JOBS.c.state.in_(DEAD) if job_id is None else sa.and_(JOBS.c.state.in_(DEAD), JOBS.c.id == job_id)
        again = {"state": "waiting", "attempts": 0, "due": now, "changed": now, "why": None, "told": None}
        with self._queueing() as connection:
            return connection.execute(sa.update(JOBS).where(dead).values(again)).rowcount

    def drop(self, job_id: int) -> Job | None:
        """Remove a job that is not at work, and return it; None: there is none."""
        return next(iter(self._removed(sa.and_(JOBS.c.id == job_id, JOBS.c.state != "at_work"))), None)

    def forget(self, by: str) -> None:
        """Forget what became of what a visitor asked for: what is done goes, what is dead is nobody's."""
        own = JOBS.c.by == by
        with self._queueing() as connection:
            connection.execute(sa.delete(JOBS).where(own, JOBS.c.state == "done"))
            connection.execute(sa.update(JOBS).where(own, JOBS.c.state.in_(DEAD)).values(by=""))

    def clear(self, before: datetime) -> list[Job]:
        """Remove the jobs that are done or dead since before a time, and return them."""
        return self._removed(sa.and_(JOBS.c.state.not_in(OPEN), JOBS.c.changed < _stored(before)))

    def _changed(self, job: Job, **values: Any) -> bool:
        """Change a job that its worker still has, whose lease ends."""
        with self._queueing() as connection:
            ended = {"owner": None, "until": None}
            return _change(connection, _held(job), _stored(self._now()), **ended | values) is not None

    def _removed(self, which: sa.ColumnElement[bool]) -> list[Job]:
        with self._queueing() as connection:
            return [_job(row) for row in connection.execute(sa.delete(JOBS).where(which).returning(*_COLUMNS))]

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with store_errors(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _queueing(self) -> Iterator[sa.Connection]:
        with store_errors(self._engine), queueing(self._engine) as connection:
            yield connection


_ENDED: Final = Reason("worker_ended", {"times": MOST_ATTEMPTS})


def _next_turn(connection: sa.Connection, person: str) -> int:
    """Return a turn after those that were begun, and after what the same person waits for: so persons take turns."""
    begun = sa.select(sa.func.max(JOBS.c.turn)).where(JOBS.c.state.in_(("at_work", "done", *DEAD)))
    own = sa.select(sa.func.max(JOBS.c.turn)).where(JOBS.c.state == "waiting", JOBS.c.person == person)
    return max(connection.scalar(begun) or 0, connection.scalar(own) or 0) + 1


def _held(job: Job) -> sa.ColumnElement[bool]:
    """The condition that a job is still the worker's that claimed it, at that attempt."""
    return sa.and_(
        JOBS.c.id == job.id,
        JOBS.c.state == "at_work",
        JOBS.c.owner == job.owner,
        JOBS.c.attempts == job.attempts,
    )


def _change(connection: sa.Connection, which: sa.ColumnElement[bool], now: datetime, **values: Any) -> Job | None:
    """Change jobs, and return one of them; None: there is none."""
    changed = sa.update(JOBS).where(which).values(values | {"changed": now}).returning(*_COLUMNS)
    rows: Sequence[sa.Row[Any]] = connection.execute(changed).all()
    return _job(rows[0]) if rows else None


def _job(row: sa.Row[Any]) -> Job:
    told = dict(row._mapping)
    times = {name: told[name] and told[name].replace(tzinfo=UTC) for name in _TIMES}
    return Job(**told | times | {"why": told["why"] and _REASON.validate_json(told["why"])})


def _written(why: Reason | str | None) -> str | None:
    return None if why is None else _REASON.dump_json(why).decode()


def _stored(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
