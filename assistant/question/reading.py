"""One question by itself -> what it asks; what an earlier turn must tell is left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Literal

from assistant.question.drafts import Draft, Drafts
from assistant.question.grammar import Grammar, grammar
from assistant.question.mentions import PersonMention, PersonMentions
from assistant.question.misspelt import as_written, topic_as_written
from assistant.question.models import ANYWHERE, AskedPerson, QuestionKind, Scope, Wants
from assistant.question.name_index import NameBook
from assistant.question.people import People
from assistant.question.plain_text import LONGEST, TAIL, Surface
from assistant.question.scope import Scopes
from index.typography import fold

Span = tuple[int, int]

_LOOSE = ("person", "manner")
"""What question words ask for that ask more often for somebody's words."""


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """What one question asks, with the places of its parts in its text.

    Attributes:
        by_rule: a rule of the grammar fits it, or it asks for a fact; else it is but words.
        opened: where it begins after the opening of a follow-up ("Et …", "And …"); 0 when there is none.
        content: where it begins after that opening and after polite words.
        subject: where it names who speaks; None: it does not, or with a pronoun.
        pronoun: the pronoun that stands for who speaks.
        verb: the verb of saying as typed, plain; "" when there is none.
        rest: where its topic begins, connectives included.
    """

    surface: Surface
    grammar: Grammar
    kind: QuestionKind
    by_rule: bool
    opened: int
    content: int
    subject: Span | None = None
    pronoun: Span | None = None
    verb: str = ""
    rest: int = 0
    people: tuple[AskedPerson, ...] = ()
    about: tuple[AskedPerson, ...] = ()
    topic: str = ""
    denial: bool = False
    wants: Wants | None = None
    scope: Scope = ANYWHERE
    order: Literal["newest", "oldest"] | None = None
    most: int | None = None
    everything: bool = False


class Reader:
    """Reads one question in one language."""

    def __init__(self, surface: Surface, grammar: Grammar, book: NameBook) -> None:
        self._surface = surface
        self._text = surface.text
        self._plain = surface.plain[:LONGEST]
        self._grammar = grammar
        self._book = book
        self._people = People(grammar, book)
        self._places = PersonMentions(surface, grammar, book)
        self._drafts = Drafts(self._text, self._plain, grammar, self._people, self._places)
        self._scopes = Scopes(surface, grammar, book, self._places)

    def read(self) -> ParsedQuestion:
        """Return what the question asks."""
        opening = self._grammar.skip("opening", self._plain, 0)
        polite = self._grammar.skip("polite", self._plain, opening)
        request = self._grammar.skip("request", self._plain, polite)
        start = self._grammar.skip("truth", self._plain, request)
        ruled = self._asked(start)
        draft = ruled or self._bare(start)
        draft.kind = "check" if start > request and draft.people else draft.kind
        scoped = self._scopes.of(draft.kind, start, draft.rest)
        if outlet := self._asked_outlet(draft):
            told = self._grammar.compose["in_outlet"].format(outlet=outlet)
            scoped.scope = replace(scoped.scope, outlet=outlet, told=(told, *scoped.scope.told))
            draft.kind, draft.people = "aggregate", []
        people = _joined(draft.people, scoped.people)
        about = tuple(self._about(start, draft, scoped.removed, people))
        topic = self._words(self._topic_spans(start, draft, scoped.removed))
        return ParsedQuestion(
            self._surface, self._grammar, draft.kind, ruled is not None,
            opened=opening,
            content=start,
            subject=draft.subject,
            pronoun=draft.pronoun,
            verb=draft.verb,
            rest=draft.rest,
            people=tuple(people),
            about=tuple(map(as_written, about)),
            topic=topic_as_written(topic, about),
            denial=draft.denial,
            wants=draft.wants if draft.kind == "fact" else None,
            scope=scoped.scope,
            order=draft.order,
            most=draft.most or self._most(draft.rest),
            everything=self._everything(draft),
        )  # fmt: skip

    def _asked_outlet(self, draft: Draft) -> str | None:
        """The outlet whose articles are asked for in place of a speaker: "Que dit Le Fanal du pont ?"."""
        person = draft.people[0] if draft.kind == "statement" and len(draft.people) == 1 else None
        return self._book.outlet(person.as_typed) if person and person.known != "speaker" else None

    def _asked(self, start: int) -> Draft | None:
        """What the first rule that fits says, or the question word."""
        return (
            self._greeting()
            or self._drafts.by_rule(start, self._grammar.before_facts)
            or self._fact(start)
            or self._asked_by_its_last_word(self._drafts.by_rule(start, self._grammar.rules), start)
            or self._loose_fact(start)
        )

    def _most(self, end: int) -> int | None:
        """How many quotations are asked for ("three quotes from X"); None: it is not told."""
        phrases = self._grammar.phrases
        counted = re.compile(
            rf"\b(?P<number>{phrases['number'].pattern})\s+(?:\w+\s+)?(?:{phrases['position'].pattern})"
        )
        told = match["number"] if (match := counted.search(self._plain, 0, end)) else ""
        return int(told) if told.isdecimal() else self._grammar.numbers.get(told)

    def _everything(self, draft: Draft) -> bool:
        """Tell whether all quotations are asked for: "toutes les citations", "everything X said"."""
        asked = self._grammar.phrases["everything"].search(self._plain, 0, draft.rest)
        return draft.kind in ("statement", "aggregate") and asked is not None

    def _greeting(self) -> Draft | None:
        """Words that ask for nothing in the articles, in either language: "Bonjour !", "thanks", "who are you?"."""
        words = self._plain.strip(" ?!.,")
        greets = any(map(partial(_asks_for_nothing, words), (grammar("fr"), grammar("en"))))
        return Draft("greeting", 0, len(self._plain)) if greets else None

    def _fact(self, start: int) -> Draft | None:
        """A question for a time, a place, a number, a reason; what follows says whose words it asks for."""
        for at in self._drafts.starts(start):
            for wants, pattern in self._grammar.wants:
                match = pattern.match(self._plain, at)
                if match and wants not in _LOOSE and not (wants == "place" and self._asks_who(at)):
                    rest = self._behind(match)
                    return self._with_source(Draft("fact", at, rest, wants=wants), rest)
        if (last := self._last_word(start)) and last.wants not in _LOOSE:
            return self._with_source(last, start)
        return None

    def _last_word(self, start: int) -> Draft | None:
        """A question whose last words ask: "la décision est reportée à quand ?"."""
        for wants, pattern in self._grammar.wants:
            match = re.compile(rf"{pattern.pattern}[\s?]*$").search(self._plain, start)
            if match:
                return Draft("fact", start, start, wants=wants, asking=match.span())
        return None

    def _behind(self, match: re.Match[str]) -> int:
        """Where what is asked about begins behind a question word, and the verb that is one with it ("how old's")."""
        return self._grammar.skip("contracted", self._plain, match.end())

    def _asks_who(self, start: int) -> bool:
        """Tell whether "which country" asks who said something."""
        ruled = self._drafts.by_rule(start, self._grammar.rules)
        return ruled is not None and ruled.kind == "speaker" and ruled.start == start

    def _with_source(self, draft: Draft, at: int) -> Draft:
        """The same question, with whose words it asks for: "Pourquoi X dit-il que …"."""
        checks = [rule for rule in self._grammar.rules if rule.kind == "check" and not rule.needs_quoted]
        inner = self._drafts.by_rule(self._drafts.skip_space(at), checks)
        if inner and any(self._people.is_speaker(person) for person in inner.people):
            return replace(inner, kind="fact", start=draft.start, wants=draft.wants, asking=draft.asking)
        return draft

    def _loose_fact(self, start: int) -> Draft | None:
        """A question for a fact whose question word stands elsewhere, or asks for a person or a manner."""
        for wants, pattern in self._grammar.wants:
            found = [match for at in self._drafts.starts(start) if (match := pattern.match(self._plain, at))]
            if found:
                return Draft("fact", found[0].start(), self._behind(found[0]), wants=wants)
            inside = pattern.search(self._plain, start) if wants not in _LOOSE else None
            if inside:
                return Draft("fact", start, start, wants=wants, asking=inside.span())
        stop = self._grammar.phrases["stop"].match(self._plain, start)
        return self._named_fact(start) or (Draft("fact", start, self._behind(stop)) if stop else None)

    def _named_fact(self, start: int) -> Draft | None:
        """A fact that is asked for by its noun: "durée du film", "c'est quoi le score", "bridge repair cost"."""
        asked = self._grammar.skip("what_is", self._plain, start)
        at = self._grammar.skip("determiner", self._plain, asked)
        speaks = self._speaker_at(start) is not None  # "Bill Murray on the strike"
        for wants, pattern in self._grammar.nouns:
            if not speaks and (match := pattern.match(self._plain, at)):
                return Draft("fact", start, match.end(), wants=wants)
            last = re.compile(rf"{pattern.pattern}[\s?]*$").search(self._plain, at)
            if last and self._is_of(wants, at, last.start(), speaks):
                return Draft("fact", start, asked, wants=wants)
        return None

    def _is_of(self, wants: Wants, start: int, end: int, speaks: bool) -> bool:
        """Tell whether a noun is of what stands before it: not in "his view on the price"; a speaker has but an age."""
        return (wants == "age" or not speaks) and not self._grammar.phrases["about"].search(self._plain, start, end)

    def _asked_by_its_last_word(self, ruled: Draft | None, start: int) -> Draft | None:
        """What a rule takes for yes or no, as its last word asks it: "X a écrit à qui", "X a réagi comment"."""
        last = self._last_word(start) if ruled and ruled.kind == "check" else None
        if ruled is None or last is None:
            return ruled
        if last.wants == "manner" and ruled.people:
            return replace(ruled, kind="statement", asking=last.asking)
        return last

    def _bare(self, start: int) -> Draft:
        """Words without a question: somebody's words are asked for when they begin with a known speaker's name."""
        if place := self._speaker_at(start):
            return self._of_speakers(place)
        if by_role := self._grammar.phrases["role_about"].match(self._plain, start):
            people = self._people.named(self._text[slice(*by_role.span("role"))])
            return Draft("statement", start, by_role.end(), by_role.span("role"), people=people)
        return Draft("fact", start, start)

    def _speaker_at(self, start: int) -> PersonMention | None:
        """The known speaker with whose name a question begins, if one is, misspelt or not."""
        place = next(iter(self._places.spot(start, len(self._plain))), None)
        at_start = place if place and place.start == start else self._places.misspelt(start)
        return at_start if at_start and at_start.person.known == "speaker" else None

    def _of_speakers(self, place: PersonMention) -> Draft:
        """What one is asked for who is named and no more, or two: "X vs Y"."""
        end = max(place.end, self._places.speaker_end(place.start))
        people = self._people.named(self._text[place.start : end]) if end > place.end else [place.person]
        if len(people) > 1 and all(map(self._people.is_speaker, people)):
            return Draft("aggregate", place.start, end, (place.start, end), people=people)
        return Draft("statement", place.start, place.end, (place.start, place.end), people=[place.person])

    def _topic_spans(self, start: int, draft: Draft, removed: list[Span]) -> list[Span]:
        rest = self._drafts.skip_space(draft.rest)
        for gone in sorted(removed):
            rest = self._drafts.skip_space(gone[1]) if gone[0] <= rest < gone[1] else rest
        rest = self._grammar.skip("about", self._plain, rest) if draft.kind != "fact" or draft.subject else rest
        rest = self._grammar.skip("that", self._plain, rest) if draft.kind != "fact" else rest
        closing = self._grammar.phrases["closing"].search(self._plain, draft.rest)
        end = closing.start() if closing else len(self._text)
        spans = [(start, draft.start), *([draft.topic] if draft.topic else []), (rest, end)]
        return _without_all(spans, [*removed, *([draft.asking] if draft.asking else [])])

    def _about(self, start: int, draft: Draft, removed: list[Span], people: list[AskedPerson]) -> Iterator[AskedPerson]:
        seen = {person.name for person in people}
        for place in self._mentioned(start, draft, removed, in_subject=any(person.role for person in people)):
            if place.person.name not in seen:
                seen.add(place.person.name)
                yield place.person

    def _mentioned(self, start: int, draft: Draft, removed: list[Span], in_subject: bool) -> Iterator[PersonMention]:
        """The places of people outside the subject, then, for "the mayor of X", those inside it."""
        subject = [draft.subject] if draft.subject else []
        spans = _without_all([(start, len(self._plain))], [*removed, *subject])
        for place in chain.from_iterable(self._places.spot(*span) for span in spans):
            if place.start > draft.start or place.person.known != "unknown":
                yield place
        for span in subject if in_subject else []:
            yield from self._places.spot(*span)

    def _words(self, spans: list[Span]) -> str:
        told = " ".join(words for a, b in spans if (words := self._text[a:b].lstrip("'’").strip(TAIL)))
        empty = self._grammar.is_("about", fold(told) + " ") or self._grammar.is_("anything", fold(told))
        return "" if empty else told


def _asks_for_nothing(words: str, rules: Grammar) -> bool:
    """Tell whether words greet, or ask for what articles do not tell ("who are you", "summarise the articles")."""
    told = words[rules.skip("polite", words, 0) :]
    return any(rules.is_("small_talk", asked) for asked in (told, words)) or rules.is_("greeting", words)


def _joined(people: list[AskedPerson], sources: list[AskedPerson]) -> list[AskedPerson]:
    names = {person.name for person in people}
    return people + [person for person in sources if person.name not in names]


def _without_all(spans: list[Span], removed: list[Span]) -> list[Span]:
    for gone in removed:
        spans = [part for span in spans for part in _without(span, gone)]
    return spans


def _without(span: Span, gone: Span) -> list[Span]:
    (a, b), (c, d) = span, gone
    return [(x, y) for x, y in ((a, min(b, c)), (max(a, d), b)) if x < y] if c < b and d > a else [span]
