"""Where a rule of the grammar fits a question, and what follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.question.dates import starts_with_time
from assistant.question.grammar import Grammar, QuestionRule
from assistant.question.mentions import PersonMentions
from assistant.question.models import AskedPerson, QuestionKind, Wants
from assistant.question.people import People

Span = tuple[int, int]

_CLAUSE = re.compile(r"[,:;]\s*")


@dataclass(slots=True)
class Draft:
    """Where a rule fits, and what follows from it; ``asking``: the question word, where others stand before it."""

    kind: QuestionKind
    start: int
    rest: int
    subject: Span | None = None
    pronoun: Span | None = None
    topic: Span | None = None
    asking: Span | None = None
    verb: str = ""
    denial: bool = False
    wants: Wants | None = None
    order: Literal["newest", "oldest"] | None = None
    most: int | None = None
    people: list[AskedPerson] = field(default_factory=list)


class Drafts:
    """Fits the rules of the grammar to one question."""

    def __init__(self, text: str, plain: str, grammar: Grammar, people: People, places: PersonMentions) -> None:
        self._text = text
        self._plain = plain
        self._grammar = grammar
        self._people = people
        self._places = places

    def starts(self, start: int) -> Iterator[int]:
        """Yield where clauses begin from a place on."""
        yield start
        for match in _CLAUSE.finditer(self._plain, start):
            yield match.end()

    def by_rule(self, start: int, rules: Sequence[QuestionRule]) -> Draft | None:
        """Return what the first of some rules that fits says, in the first clause where one does."""
        for at in self.starts(start):
            for rule in rules:
                match = rule.pattern.match(self._plain, at)
                draft = self._drafted(rule, match) if match else None
                if draft:
                    return draft
        return None

    def skip_space(self, at: int) -> int:
        """Return where the next word begins."""
        while at < len(self._plain) and self._plain[at] == " ":
            at += 1
        return at

    def _drafted(self, rule: QuestionRule, match: re.Match[str]) -> Draft | None:
        """What follows from a rule that fits; None when its subject is none."""
        draft = self._draft_of(rule, match)
        follows = rule.subject_follows
        if rule.unless_claim and self._is_claim(match.end()):
            draft.kind = rule.unless_claim
        if rule.unless_name and self._names_somebody(match.end()):
            draft.kind, draft.pronoun, follows = rule.unless_name, None, True
        if (follows or self._names_pronoun(draft, match.end())) and not draft.subject:
            draft.pronoun = None
            at = self.skip_space(match.end())
            draft.subject = (at, self._places.speaker_end(at))
            draft.rest = draft.subject[1]
        return self._with_subject(draft, draft.subject, rule) if draft.subject else self._without_subject(draft)

    def _draft_of(self, rule: QuestionRule, match: re.Match[str]) -> Draft:
        """What the groups of a rule that fits say."""
        draft = Draft(rule.kind, match.start(), match.end(), verb=match.groupdict().get("verb") or "")
        draft.denial = self._grammar.is_("deny", draft.verb) or bool(re.search(r"\b(?:jamais|never)\b", match[0]))
        draft.topic = _span(match, "topic")
        if rule.needs_quoted:
            draft.rest = self._deed(match)
            draft.verb = self._plain[draft.rest :].split(" ")[0].strip("?!.,")
        draft.order, draft.most = _ranked(match)
        draft.pronoun, draft.subject = _span(match, "pronoun"), _span(match, "subject")
        if rule.needs_quoted and draft.subject:
            draft.subject = (draft.subject[0], max(draft.subject[1], self._places.speaker_end(draft.subject[0])))
        if draft.subject and self._is_pronoun(self._plain[slice(*draft.subject)].strip()):
            draft.pronoun, draft.subject = draft.subject, None
        return draft

    def _without_subject(self, draft: Draft) -> Draft:
        if draft.pronoun and self._grammar.is_("nobody", self._plain[slice(*draft.pronoun)]):
            draft.kind, draft.pronoun = "aggregate", None
        return draft

    def _with_subject(self, draft: Draft, subject: Span, rule: QuestionRule) -> Draft | None:
        subject = self._without_pronoun(subject)
        plain = self._plain[slice(*subject)].strip()
        if self._is_pronoun(plain):
            draft.pronoun, draft.subject = subject, None
            return draft
        if self._is_no_subject(plain):
            return None
        if self._grammar.is_("nobody", plain):
            draft.kind = {"statement": "aggregate", "check": "speaker"}.get(draft.kind, draft.kind)  # type: ignore[assignment]
            draft.subject = None
            return draft
        if plain:
            draft.people = self._people.named(self._text[slice(*subject)].strip(" ,"))
        return self._with_people(draft, subject, rule)

    def _with_people(self, draft: Draft, subject: Span, rule: QuestionRule) -> Draft | None:
        if self._is_topic(draft, subject) or not self._suits(rule, draft.people):
            return None
        draft.subject = subject if draft.people else None
        if draft.kind == "statement" and len(draft.people) > 1:
            draft.kind = "aggregate"
        return draft

    def _is_topic(self, draft: Draft, subject: Span) -> bool:
        """Tell whether what stands where a speaker would is a topic or a circumstance."""
        unknown = all(person.known == "unknown" for person in draft.people)
        return unknown and self._places.starts_with_preposition(subject[0])

    def _suits(self, rule: QuestionRule, people: Sequence[AskedPerson]) -> bool:
        """Tell whether people are what a rule needs."""
        if rule.needs_name and not any(map(self._people.is_somebody, people)):
            return False
        if rule.needs_quoted and not any(person.known == "speaker" for person in people):
            return False
        return not rule.needs_speaker or any(map(self._people.is_speaker, people))

    def _names_pronoun(self, draft: Draft, at: int) -> bool:
        """Tell whether whom a pronoun stands for is named behind the verb: "elle dit quoi la ministre"."""
        if not draft.pronoun or draft.kind != "statement":
            return False
        at = self.skip_space(at)
        if not self._grammar.skip("definite", self._plain, at) > at:
            return self._names_somebody(at)
        return not starts_with_time(self._plain[at:])

    def _without_pronoun(self, subject: Span) -> Span:
        """A subject without the pronoun that takes it up: "le préfet il" of "le préfet il a réagi ?"."""
        name, _, last = self._plain[slice(*subject)].rstrip().rpartition(" ")
        return (subject[0], subject[0] + len(name)) if name and self._grammar.is_("pronoun", last) else subject

    def _is_pronoun(self, plain: str) -> bool:
        return self._grammar.is_("pronoun", plain) or self._grammar.is_("emphatic", f"{plain} ")

    def _is_no_subject(self, plain: str) -> bool:
        """Tell whether words hold a question word or a verb, or are a pronoun and more: "he delay the timber"."""
        if any(self._grammar.phrases[no_name].search(plain) for no_name in ("stop", "turned")):
            return True
        match = self._grammar.phrases["pronoun"].match(plain)
        return bool(match and match.end() < len(plain) and plain[match.end()] == " " and "," not in plain)

    def _deed(self, match: re.Match[str]) -> int:
        """Where the verb stands that tells what somebody did, behind the whole name: it is part of what is asked."""
        subject = _span(match, "subject")
        name_end = self._places.speaker_end(subject[0]) if subject else 0
        return self.skip_space(name_end) if name_end > match.start("verb") else match.start("verb")

    def _is_claim(self, at: int) -> bool:
        after = self._plain[at:]
        return '"' in after or bool(re.match(r"\s*(?:qu'|que\s|that\s|:)", after))

    def _names_somebody(self, at: int) -> bool:
        at = self.skip_space(at)
        place = next(iter(self._places.spot(at, len(self._plain))), None)
        if place is None or place.start != at or self._grammar.skip("determiner", self._plain, at) > at:
            return False
        return not self._grammar.phrases["finite"].match(
            self._plain, self.skip_space(place.end)
        )  # else they are told of


def _span(match: re.Match[str], name: str) -> Span | None:
    """Where a group of a rule that fits stands; None when the rule has no such group, or it holds nothing."""
    return match.span(name) if match.groupdict().get(name) else None


def _ranked(match: re.Match[str]) -> tuple[Literal["newest", "oldest"] | None, int | None]:
    """The order that a rule that fits asks for, and how many: one when what is asked for is one thing."""
    group = match.groupdict()
    if not (group.get("newest") or group.get("oldest")):
        return None, None
    what = group.get("what")
    return "newest" if group.get("newest") else "oldest", 1 if what and not what.endswith("s") else None
