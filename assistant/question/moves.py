"""What a question is, wholly: "who replied?", "what else?", "why?", "the second one", "no, I mean …"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

from assistant.question.fragments import Fragment
from assistant.question.frame import about
from assistant.question.models import AskedPerson, Lean, Move, Question
from assistant.question.plain_text import TAIL
from assistant.question.typed import Typed

_OF_A_PLACE = ("why", "when", "where")
_TELLING = (("Fem", "subject_fem"), ("Masc", "subject_masc"), ("Fem", "owner_fem"), ("Masc", "owner_masc"))
"""The pronouns that tell a gender."""


class Moves:
    """Reads a question that is but a move of the conversation."""

    def __init__(self, typed: Typed) -> None:
        self._typed = typed
        self._grammar = typed.grammar
        self._conversation = typed.conversation

    def question(self) -> Question | None:
        """Return the question that a move stands for, None when it is none."""
        return self._correction() or self._numbered() or self._move()

    def more(self, question: Question) -> Question | None:
        """Return the question what else there is, of a question with a person or a topic, or of the one before.

        A reply is asked of others than those shown as it is.
        """
        if _is_of_others(question):
            return question
        if not (question.people or question.topic.strip()):
            return self._with("else")
        if not question.people:
            return replace(question, lean=Lean("else") if self._is_on_the_same(question) else None)
        person, inherited = question.people[0], question.lean and question.lean.topic
        text = self._grammar.compose["else"].format(person=person.name)
        kept = "" if inherited else question.topic
        return replace(
            question, text=question.text if kept else text, topic=kept, rewritten=not kept, lean=Lean("else")
        )

    def _is_on_the_same(self, question: Question) -> bool:
        before = self._typed.before
        return before is not None and question.topic == before.topic

    def _correction(self) -> Question | None:
        """Read "No, I mean …": the question before, of somebody else or on something else."""
        meant = self._conversation.asked
        if not meant or not self._grammar.phrases["correction"].match(self._typed.core):
            return None
        start = self._typed.reading.opened
        told = self._blanked("asking_again", self._typed.plain[start:])
        asks = told != self._typed.plain[start:]
        words = re.finditer(r"\S+", self._blanked("correcting", told))
        content = " ".join(self._typed.text[start:][slice(*word.span())] for word in words).strip(TAIL)
        if asks and meant.kind == "fact":  # "… what does he say?" asks for words
            meant = replace(meant, kind="statement")
        return Fragment(self._typed, content, meant).question() if content else None

    def _blanked(self, phrase: str, plain: str) -> str:
        return self._grammar.phrases[phrase].sub(lambda match: " " * len(match[0]), plain)

    def _numbered(self) -> Question | None:
        """Read "The second one": a person whom the answer shows, or words that it cites."""
        match, before = self._grammar.moves["ordinal"].fullmatch(self._typed.core), self._typed.before
        if not match or not before or not self._conversation.cited:
            return None
        number = self._grammar.ordinals[re.sub(r"\s+", " ", match["number"])]
        if figure := self._typed.antecedents.numbered(number):
            person = figure.person()
            text = self._typed.asking(person, before)
            return self._typed.taking(before, text, kind="statement", people=(person,), lean=Lean(topic=True))
        return replace(before, rewritten=True, lean=Lean(number=number))

    def _move(self) -> Question | None:
        moves = self._grammar.moves
        for move in get_args(Move):
            match = moves[move].fullmatch(self._typed.core) if move in moves else None
            if match and self._typed.before:
                return self._with(move, self._gender(match), owned=bool(match.groupdict().get("owner")))
        return None

    def _gender(self, match: re.Match[str]) -> str:
        groups = match.groupdict()
        pronoun = groups.get("pronoun") or groups.get("pronoun_") or groups.get("owner") or ""
        return next((gender for gender, name in _TELLING if self._grammar.is_(name, pronoun)), "")

    def _with(self, move: Move, gender: str = "", owned: bool = False) -> Question | None:
        """The question that a move makes of the one before."""
        before = self._typed.before
        if before is None:
            return None
        if move == "reply":
            return self._reply(before, gender, owned)
        if move == "true":
            return self._doubted(before)
        topic = before.topic or before.text.strip(TAIL)
        if move == "author":
            text = self._grammar.compose[move].format(topic=topic)
            return self._typed.taking(before, text, kind="speaker", people=(), topic=topic, lean=Lean(move))
        if move in _OF_A_PLACE:
            text = self._grammar.compose[move].format(topic=topic)
            return self._typed.taking(before, text, kind="fact", lean=Lean(move))
        return self._further(before, move)

    def _doubted(self, before: Question) -> Question:
        """Whether what was shown is true; after a check, the same check once more."""
        if before.kind == "check":
            return replace(before, rewritten=True)
        text = self._grammar.compose["true"].format(topic=before.topic or before.text.strip(TAIL))
        return self._typed.taking(before, text, kind="aggregate", people=(), lean=Lean("true"))

    def _further(self, before: Question, move: Move) -> Question:
        """More of the same person, else more on the same topic."""
        compose, person = self._grammar.compose, self._spoken(before)
        if person and move != "others":
            text = compose[move].format(person=person.name)
            return self._typed.taking(before, text, kind="statement", people=(person,), topic="", lean=Lean(move))
        asked, text = about(before, self._grammar), compose[f"{move}_about"]
        text = text.format(about=asked) if asked else text.replace(" {about}", "")
        return self._typed.taking(before, text, kind="aggregate", people=(), lean=Lean(move))

    def _spoken(self, before: Question) -> AskedPerson | None:
        """Whose words the answer shows, when somebody's were asked for."""
        if before.people or before.kind in ("aggregate", "speaker"):
            return before.people[0] if before.people else None
        figure = next(iter(self._conversation.speakers), None)
        return figure.person() if figure else None

    def _reply(self, before: Question, gender: str, owned: bool) -> Question:
        """What others reply to those shown, or the one of whom the last question spoke; ``owned``: "his answer"."""
        compose, speakers, antecedents = self._grammar.compose, self._conversation.speakers, self._typed.antecedents
        figure = antecedents.spoken_of(gender) if gender or owned else None
        if figure := figure or (antecedents.of_pronoun(gender) if owned else None):
            return self._typed.replying(replace(before, people=(figure.person(),)))
        text = compose["reply_about"].format(about=about(before, self._grammar))
        if speakers:
            text = compose["reply"].format(person=speakers[0].name)
        return self._typed.taking(before, text, kind="aggregate", people=(), lean=Lean("reply", gender=gender))


def _is_of_others(question: Question) -> bool:
    """Tell whether a question asks of others than those shown as it is."""
    return question.lean is not None and question.lean.move in ("reply", "others")
