"""The conversations of all visitors, as they grow and after a restart of the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.page.conversation_store import ConversationStore
from assistant.page.exchange import Exchange, Verdict
from assistant.page.visitor_store import VisitorStore
from index.records.table import Records

Said = tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Growing:
    """Where an answer grows: the visitor, the number of the exchange, and what was asked in it."""

    visitor: str
    number: int
    question: str


class Conversations:
    """What each visitor asked and was answered; safe to share between threads."""

    def __init__(self, records: Records) -> None:
        self._kept = VisitorStore[Exchange]()
        self._store = ConversationStore(records)

    def of(self, visitor: str) -> Said:
        """Return a visitor's conversation, also one from before the program was restarted, or of another copy."""
        return self._kept.of(visitor) or self._store.read(visitor)

    def growing(self, visitor: str) -> bool:
        """Tell whether a question of the visitor's is being answered."""
        said = self._kept.of(visitor)
        return bool(said) and said[-1].growing

    def begin(self, visitor: str, asked: Exchange, earlier: Sequence[Exchange]) -> Growing:
        """Ask after earlier exchanges; what was growing stays as it stands, or goes when it was not answered at all."""
        answered = [replace(exchange, growing=False) for exchange in earlier if exchange.answer or exchange.failed]
        self._kept.keep(visitor, [*answered, replace(asked, growing=True)])
        return Growing(visitor, len(answered), asked.question)

    def grow(self, place: Growing, exchange: Exchange) -> bool:
        """Keep the state of an exchange; False when it was stopped or the conversation has gone on without it."""

        def grown(said: Said) -> Said | None:
            last = said[place.number] if len(said) == place.number + 1 else None
            return (*said[:-1], exchange) if last and last.growing and last.question == place.question else None

        return self._change(place.visitor, grown, written=not exchange.growing)

    def stop(self, visitor: str) -> None:
        """Leave the answer that is growing as it stands; what grows it notices at its next step."""
        self._change(visitor, lambda said: (*said[:-1], replace(said[-1], growing=False)) if said else None)

    def vote(self, visitor: str, number: int, verdict: Verdict) -> None:
        """Keep what the visitor thinks of an answer."""

        def voted(said: Said) -> Said:
            said = said or self._store.read(visitor)  # also one from before the program was restarted
            return (*said[:number], replace(said[number], vote=verdict), *said[number + 1 :])

        self._change(visitor, voted)

    def forget(self, visitor: str) -> None:
        """Begin an empty conversation."""
        self._change(visitor, lambda said: ())

    def _change(self, visitor: str, change: Callable[[Said], Said | None], written: bool = True) -> bool:
        changed = self._kept.change(visitor, change)
        if changed and written:
            said = self._kept.of(visitor)
            if self._store.write(visitor, said) and self._store.shared:  # another copy may go on with it
                self._kept.change(visitor, lambda now: () if now is said else None)
        return changed
