"""One question by itself -> what it asks; what an earlier turn must tell is left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from assistant.question.grammar import Grammar, Rule, grammar
from assistant.question.mentions import Place, Places
from assistant.question.models import ANYWHERE, Person, QuestionKind, Scope, Wants
from assistant.question.name_index import NameBook
from assistant.question.people import People
from assistant.question.plain_text import LONGEST, Surface
from assistant.question.scope import Scopes

Span = tuple[int, int]

_CLAUSE = re.compile(r"[,:;]\s*")
_TAIL = " \t?!.,;:…"
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
    people: tuple[Person, ...] = ()
    about: tuple[Person, ...] = ()
    topic: str = ""
    denial: bool = False
    wants: Wants | None = None
    scope: Scope = ANYWHERE
    order: Literal["newest", "oldest"] | None = None
    most: int | None = None
    everything: bool = False


@dataclass(slots=True)
class _Draft:
    """Where a rule fits, and what follows from it."""

    kind: QuestionKind
    start: int
    rest: int
    subject: Span | None = None
    pronoun: Span | None = None
    topic: Span | None = None
    verb: str = ""
    denial: bool = False
    wants: Wants | None = None
    order: Literal["newest", "oldest"] | None = None
    most: int | None = None
    people: list[Person] = field(default_factory=list)


class Reader:
    """Reads one question in one language."""

    def __init__(self, surface: Surface, grammar: Grammar, book: NameBook) -> None:
        self._surface = surface
        self._text = surface.text
        self._plain = surface.plain[:LONGEST]
        self._grammar = grammar
        self._book = book
        self._people = People(grammar, book)
        self._places = Places(surface, grammar, book)
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
        people = _joined(draft.people, scoped.people)
        spans = self._topic_spans(start, draft, scoped.removed)
        return ParsedQuestion(
            self._surface, self._grammar, draft.kind, ruled is not None,
            opened=opening,
            content=start,
            subject=draft.subject,
            pronoun=draft.pronoun,
            verb=draft.verb,
            rest=draft.rest,
            people=tuple(people),
            about=tuple(self._about(start, draft, scoped.removed, people)),
            topic=self._words(spans),
            denial=draft.denial,
            wants=draft.wants if draft.kind == "fact" else None,
            scope=scoped.scope,
            order=draft.order,
            most=draft.most or self._most(draft.rest),
            everything=self._everything(draft),
        )  # fmt: skip

    def _asked(self, start: int) -> _Draft | None:
        """What the first rule that fits says, or the question word."""
        return (
            self._greeting()
            or self._ruled(start, self._grammar.before_facts)
            or self._fact(start)
            or self._ruled(start, self._grammar.rules)
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

    def _everything(self, draft: _Draft) -> bool:
        """Tell whether all quotations are asked for: "toutes les citations", "everything X said"."""
        asked = self._grammar.phrases["everything"].search(self._plain, 0, draft.rest)
        return draft.kind in ("statement", "aggregate") and asked is not None

    def _greeting(self) -> _Draft | None:
        """Words that ask for nothing, in either language: "Bonjour !", "thanks"."""
        words = self._plain.strip(" ?!.,")
        greets = any(rules.is_("greeting", words) for rules in (grammar("fr"), grammar("en")))
        return _Draft("greeting", 0, len(self._plain)) if greets else None

    def _starts(self, start: int) -> Iterator[int]:
        yield start
        for match in _CLAUSE.finditer(self._plain, start):
            yield match.end()

    def _fact(self, start: int) -> _Draft | None:
        """A question for a time, a place, a number, a reason; what follows says whose words it asks for."""
        for at in self._starts(start):
            for wants, pattern in self._grammar.wants:
                match = pattern.match(self._plain, at)
                if match and wants not in _LOOSE and not (wants == "place" and self._asks_who(at)):
                    return self._with_source(_Draft("fact", at, match.end(), wants=wants), match.end())
        for wants, pattern in self._grammar.wants:
            match = re.compile(rf"{pattern.pattern}[\s?]*$").search(self._plain, start)
            if match and wants not in _LOOSE:
                return self._with_source(_Draft("fact", start, start, wants=wants), start)
        return None

    def _asks_who(self, start: int) -> bool:
        """Tell whether "which country" asks who said something."""
        ruled = self._ruled(start, self._grammar.rules)
        return ruled is not None and ruled.kind == "speaker" and ruled.start == start

    def _with_source(self, draft: _Draft, at: int) -> _Draft:
        """The same question, with whose words it asks for: "Pourquoi X dit-il que …"."""
        inner = self._ruled(self._skip_space(at), [rule for rule in self._grammar.rules if rule.kind == "check"])
        if inner and any(self._people.is_speaker(person) for person in inner.people):
            return replace(inner, kind="fact", start=draft.start, wants=draft.wants)
        return draft

    def _loose_fact(self, start: int) -> _Draft | None:
        """A question for a fact whose question word stands elsewhere, or asks for a person or a manner."""
        for wants, pattern in self._grammar.wants:
            found = [match for at in self._starts(start) if (match := pattern.match(self._plain, at))]
            match = found[0] if found else pattern.search(self._plain, start)
            if match and (found or wants not in _LOOSE):
                if found:
                    return _Draft("fact", match.start(), match.end(), wants=wants)
                return _Draft("fact", start, start, wants=wants)
        stop = self._grammar.phrases["stop"].match(self._plain, start)
        return _Draft("fact", start, stop.end()) if stop else None

    def _bare(self, start: int) -> _Draft:
        """Words without a question: somebody's words are asked for when they begin with a known speaker's name."""
        place = next(iter(self._places.spot(start, len(self._plain))), None)
        if place and place.start == start and place.person.known == "speaker":
            return _Draft("statement", start, place.end, (place.start, place.end), people=[place.person])
        return _Draft("fact", start, start)

    def _ruled(self, start: int, rules: Sequence[Rule]) -> _Draft | None:
        for at in self._starts(start):
            for rule in rules:
                match = rule.pattern.match(self._plain, at)
                draft = self._drafted(rule, match) if match else None
                if draft:
                    return draft
        return None

    def _drafted(self, rule: Rule, match: re.Match[str]) -> _Draft | None:
        """What follows from a rule that fits; None when its subject is none."""
        group = match.groupdict()
        draft = _Draft(rule.kind, match.start(), match.end(), verb=group.get("verb") or "")
        draft.denial = self._grammar.is_("deny", draft.verb) or bool(re.search(r"\b(?:jamais|never)\b", match[0]))
        draft.pronoun = _span(match, "pronoun")
        draft.topic = _span(match, "topic")
        draft.order, draft.most = _ranked(match)
        draft.subject = _span(match, "subject")
        follows = rule.subject_follows
        if rule.unless_claim and self._is_claim(match.end()):
            draft.kind = rule.unless_claim
        if rule.unless_name and self._names_somebody(match.end()):
            draft.kind, draft.pronoun, follows = rule.unless_name, None, True
        if follows and not draft.subject:
            at = self._skip_space(match.end())
            draft.subject = (at, self._places.speaker_end(at))
            draft.rest = draft.subject[1]
        return self._with_subject(draft, draft.subject, rule) if draft.subject else self._without_subject(draft)

    def _without_subject(self, draft: _Draft) -> _Draft:
        if draft.pronoun and self._grammar.is_("nobody", self._plain[slice(*draft.pronoun)]):
            draft.kind, draft.pronoun = "aggregate", None
        return draft

    def _with_subject(self, draft: _Draft, subject: Span, rule: Rule) -> _Draft | None:
        plain = self._plain[slice(*subject)].strip()
        if self._grammar.is_("pronoun", plain):
            draft.pronoun, draft.subject = subject, None
            return draft
        if self._grammar.phrases["stop"].search(plain):
            return None
        if self._grammar.is_("nobody", plain):
            draft.kind = {"statement": "aggregate", "check": "speaker"}.get(draft.kind, draft.kind)  # type: ignore[assignment]
            draft.subject = None
            return draft
        if plain:
            draft.people = self._people.named(self._text[slice(*subject)].strip(" ,"))
        return self._with_people(draft, subject, rule)

    def _with_people(self, draft: _Draft, subject: Span, rule: Rule) -> _Draft | None:
        unknown = all(person.known == "unknown" for person in draft.people)
        if unknown and self._places.starts_with_preposition(subject[0]):
            return None
        if rule.needs_name and not any(self._people.is_somebody(person) for person in draft.people):
            return None
        draft.subject = subject if draft.people else None
        if draft.kind == "statement" and len(draft.people) > 1:
            draft.kind = "aggregate"
        return draft

    def _is_claim(self, at: int) -> bool:
        after = self._plain[at:]
        return '"' in after or bool(re.match(r"\s*(?:qu'|que\s|that\s|:)", after))

    def _names_somebody(self, at: int) -> bool:
        at = self._skip_space(at)
        place = next(iter(self._places.spot(at, len(self._plain))), None)
        return bool(place and self._grammar.skip("determiner", self._plain, at) == at and place.start == at)

    def _topic_spans(self, start: int, draft: _Draft, removed: list[Span]) -> list[Span]:
        rest = self._skip_space(draft.rest)
        for gone in sorted(removed):
            rest = self._skip_space(gone[1]) if gone[0] <= rest < gone[1] else rest
        rest = self._grammar.skip("about", self._plain, rest) if draft.kind != "fact" or draft.subject else rest
        rest = self._grammar.skip("that", self._plain, rest) if draft.kind != "fact" else rest
        closing = self._grammar.phrases["closing"].search(self._plain, draft.rest)
        end = closing.start() if closing else len(self._text)
        return _without_all([(start, draft.start), *([draft.topic] if draft.topic else []), (rest, end)], removed)

    def _about(self, start: int, draft: _Draft, removed: list[Span], people: list[Person]) -> Iterator[Person]:
        seen = {person.name for person in people}
        for place in self._mentioned(start, draft, removed, in_subject=any(person.role for person in people)):
            if place.person.name not in seen:
                seen.add(place.person.name)
                yield place.person

    def _mentioned(self, start: int, draft: _Draft, removed: list[Span], in_subject: bool) -> Iterator[Place]:
        """The places of people outside the subject, then, for "the mayor of X", those inside it."""
        subject = [draft.subject] if draft.subject else []
        spans = _without_all([(start, len(self._plain))], [*removed, *subject])
        for place in chain.from_iterable(self._places.spot(*span) for span in spans):
            if place.start > draft.start or place.person.known != "unknown":
                yield place
        for span in subject if in_subject else []:
            yield from self._places.spot(*span)

    def _words(self, spans: list[Span]) -> str:
        return " ".join(words for a, b in spans if (words := self._text[a:b].lstrip("'’").strip(_TAIL)))

    def _skip_space(self, at: int) -> int:
        while at < len(self._plain) and self._plain[at] == " ":
            at += 1
        return at


def _span(match: re.Match[str], name: str) -> Span | None:
    """Where a group of a rule that fits stands; None when the rule has no such group, or it holds nothing."""
    return match.span(name) if match.groupdict().get(name) else None


def _ranked(match: re.Match[str]) -> tuple[Literal["newest", "oldest"] | None, int | None]:
    """The order that a rule that fits asks for, and how many: one unless what is asked for is several."""
    group = match.groupdict()
    asked = group.get("newest") or group.get("oldest")
    if not asked:
        return None, None
    one = not (group.get("what") or asked).endswith("s")
    is_one_of_a_kind = "what" in group or match.re.pattern.count("articles?") > 0
    return "newest" if group.get("newest") else "oldest", 1 if one and is_one_of_a_kind else None


def _joined(people: list[Person], sources: list[Person]) -> list[Person]:
    names = {person.name for person in people}
    return people + [person for person in sources if person.name not in names]


def _without_all(spans: list[Span], removed: list[Span]) -> list[Span]:
    for gone in removed:
        spans = [part for span in spans for part in _without(span, gone)]
    return spans


def _without(span: Span, gone: Span) -> list[Span]:
    (a, b), (c, d) = span, gone
    return [(x, y) for x, y in ((a, min(b, c)), (max(a, d), b)) if x < y] if c < b and d > a else [span]
