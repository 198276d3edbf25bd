"""One question by itself -> what it asks; what an earlier turn must tell is left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from assistant.question.grammar import Grammar, Rule, grammar
from assistant.question.mentions import Place, Places
from assistant.question.models import Person, QuestionKind, Wants
from assistant.question.name_index import NameBook
from assistant.question.people import People
from assistant.question.plain_text import LONGEST, Surface

Span = tuple[int, int]

_CLAUSE = re.compile(r"[,:;]\s*")
_TAIL = " \t?!.,;:…"
_LOOSE = ("person", "manner")
"""What question words ask for that ask more often for somebody's words."""
_NAME_WORD = re.compile(r"[\w'-]+")
_OUTLET_WORDS = 6
"""Words of the longest outlet's name that is looked up."""
_IN_OUTLET = re.compile(r"\b(?:dans|in|par|sur|au|aux|by|from|lu dans|pour)\s+")


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
    outlet: str | None = None


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

    def read(self) -> ParsedQuestion:
        """Return what the question asks."""
        opening = self._grammar.skip("opening", self._plain, 0)
        polite = self._grammar.skip("polite", self._plain, opening)
        request = self._grammar.skip("request", self._plain, polite)
        start = self._grammar.skip("truth", self._plain, request)
        ruled = (
            self._greeting()
            or self._ruled(start, self._grammar.before_facts)
            or self._fact(start)
            or self._ruled(start, self._grammar.rules)
            or self._loose_fact(start)
        )
        draft = ruled or self._bare(start)
        if start > request and draft.people:
            draft.kind = "check"
        sources, outlet, removed = self._sources(start)
        people = _joined(draft.people, sources)
        spans = self._topic_spans(start, draft, removed)
        return ParsedQuestion(
            self._surface, self._grammar, draft.kind, ruled is not None,
            opened=opening,
            content=start,
            subject=draft.subject,
            pronoun=draft.pronoun,
            verb=draft.verb,
            rest=draft.rest,
            people=tuple(people),
            about=tuple(self._about(start, draft, removed, people)),
            topic=self._words(spans),
            denial=draft.denial,
            wants=draft.wants if draft.kind == "fact" else None,
            outlet=outlet,
        )  # fmt: skip

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

    def _sources(self, start: int) -> tuple[list[Person], str | None, list[Span]]:
        """Who is named as the source ("selon X"), the outlet, and where that is said."""
        people: list[Person] = []
        removed: list[Span] = []
        outlet = None
        for match in re.compile(rf"(?<!\w){self._grammar.phrases['according'].pattern}").finditer(self._plain, start):
            end = self._places.speaker_end(match.end())
            typed = self._text[match.end() : end].strip()
            named = self._book.outlet(typed)
            outlet = outlet or named
            if person := self._source(typed, named):
                removed.append((match.start(), end))
                people += [person] if person.known == "speaker" or not named else []
        if not outlet and (place := self._outlet_in(start)):
            outlet = self._book.outlet(self._text[place[1] : place[2]])
            removed.append((place[0], place[2]))
        return people, outlet, removed

    def _source(self, typed: str, outlet: str | None) -> Person | None:
        person = self._people.person(typed) if typed else None
        return person if person and (person.known != "unknown" or outlet or typed[0].isupper()) else None

    def _outlet_in(self, start: int) -> tuple[int, int, int] | None:
        """The first "in Le Monde": where it begins, where the outlet's name begins, and where that ends."""
        for match in _IN_OUTLET.finditer(self._plain, start):
            words = [word.end() for word in _NAME_WORD.finditer(self._plain, match.end())][:_OUTLET_WORDS]
            named = [end for end in words if self._book.outlet(self._text[match.end() : end])]
            if named:
                return match.start(), match.end(), named[-1]
        return None

    def _topic_spans(self, start: int, draft: _Draft, removed: list[Span]) -> list[Span]:
        rest = self._skip_space(draft.rest)
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
