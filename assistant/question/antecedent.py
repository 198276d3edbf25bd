"""Whom a follow-up means: a pronoun, a function or "the other one", and the conversation -> somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.question.conversation import Conversation
from assistant.question.figures import Figure, called, gender_of, is_role
from assistant.question.grammar import Grammar
from assistant.question.models import AskedPerson
from index.typography import fold


class Antecedents:
    """Finds in a conversation whom words of one language may mean."""

    def __init__(self, conversation: Conversation, grammar: Grammar) -> None:
        self._conversation = conversation
        self._grammar = grammar

    def of_pronoun(self, gender: str, turning: bool = False, but: Iterable[str] = ()) -> Figure | None:
        """Return whom a pronoun of a gender means: of the answer, of the question before, of earlier turns.

        Args:
            gender: "Masc", "Fem", or "" when the pronoun tells none.
            turning: the question turns to the other one ("Et elle, ..."): whom the question before was about first.
            but: the names of those whom it cannot mean.
        """
        conversation, unwanted = self._conversation, set(but)
        figures = list(conversation.figures)
        if turning:
            figures = [*self._others_asked_about(), *figures]
        figures = [figure for figure in figures if figure.name not in unwanted and figure.kind in (None, "person")]
        sure = [figure for figure in figures if figure.gender == gender or not gender]
        return next(iter((*sure, *(figure for figure in figures if figure.may_be(gender)))), self._only(gender, but))

    def latter(self, gender: str) -> Figure | None:
        """Return whom "ce dernier" or "the latter" means: the last one whom the question before speaks of."""
        asked = self._conversation.asked
        if asked:
            the, of, holder = (self._grammar.phrases[name].pattern for name in ("determiner", "weak", "function"))
            pattern = rf"(?<!\w)(?:{the}|{of}){holder}(?: {of}[\w-]+)?"
            found = [match[0] for match in re.finditer(pattern, fold(asked.text))]
            if found and (figure := self.of_role(found[-1])):
                return figure
        return self.of_pronoun(gender, turning=True)

    def spoken_of(self, gender: str) -> Figure | None:
        """Return the one of a gender of whom the last question spoke, without asking for their words."""
        return _first(figure for figure in self._others_asked_about() if figure.may_be(gender))

    def of_several(self) -> Figure | None:
        """Return whom "they" means: a body or a crowd, else the first of all."""
        figures = self._conversation.figures
        return next(iter((*(figure for figure in figures if figure.kind in ("body", "crowd")), *figures)), None)

    def of_role(self, phrase: str, but: Iterable[str] = ()) -> Figure | None:
        """Return the one of the articles shown who is called by a function; None: nobody, or several are."""
        unwanted = set(but)
        figures = [figure for figure in self._conversation.present if figure.name not in unwanted]
        speaking = [figure for figure in figures if figure.speaks]
        if not is_role(phrase):
            return None
        found = called(phrase, speaking, self._grammar) or called(phrase, figures, self._grammar)
        return found[0] if len({fold(figure.name) for figure in found}) == 1 else None

    def of_kin(self, phrase: str) -> Figure | None:
        """Return whom "sa sœur" or "her lawyer" means: of somebody whom the answer shows or a question named."""
        owner = self.owner(phrase)
        if owner is None:
            return None
        return self.of_role(phrase, but=[owner.name]) or self._namesake(phrase, owner)

    def of_kin_alone(self, phrase: str) -> Figure | None:
        """Return whom "the sister" means: that of somebody of the conversation."""
        return self.of_kin(phrase) if self._grammar.phrases["kin"].search(fold(phrase)) else None

    def somebodys(self, phrase: str) -> AskedPerson | None:
        """Return whom "sa sœur" or "her lawyer" means, known or not; None when nobody is there whose they could be."""
        if figure := self.of_kin(phrase):
            return figure.person(phrase)
        owner = self.owner(phrase)
        start = self._grammar.skip("possessive", fold(phrase), 0)
        if owner is None or not is_role(phrase):
            return None
        article = self._grammar.articles.get(fold(phrase).split()[0], "")
        words = self._grammar.compose["kin"].format(relation=article + phrase[start:], person=owner.name)
        return AskedPerson(words, words, role=words)

    def of_the_other(self, words: str) -> Figure | None:
        """Return "the other one" than the person before, "the other Corwell": of that name, else who spoke beside.

        Of several of a name it is the one who was not spoken of, or longest ago; of a function one who has it too.
        """
        conversation = self._conversation
        last = {figure.name for figure in conversation.figures[:1]}
        if is_role(words) and (figure := self.of_role(words, but=last)):
            return figure  # else a surname that is a trade's name, too: "the other Baker"
        if surname := fold(words.strip(" ?!.,")).split()[-1:]:
            return self._longest_ago(surname[0])
        known = (*conversation.present, *conversation.earlier)
        return _first(one for one in known if one.speaks and one.kind in (None, "person") and one.name not in last)

    def _longest_ago(self, surname: str) -> Figure | None:
        """The one of a surname who was not spoken of, else longest ago."""
        conversation = self._conversation
        latest = [one.name for one in (*conversation.speakers, *conversation.named, *conversation.earlier)]
        places = {name: place for place, name in reversed([*enumerate(latest)])}
        named = [one for one in (*conversation.present, *conversation.earlier) if one.surname == surname]
        return max(named, key=lambda one: places.get(one.name, len(latest)), default=None)

    def numbered(self, number: int) -> Figure | None:
        """Return the person shown at a place of the last answer, when it shows several."""
        names = list(dict.fromkeys(cited.speaker for cited in self._conversation.cited if cited.speaker))
        if len(names) < 2 or not -len(names) <= number < len(names):  # noqa: PLR2004 - one is nobody to choose from
            return None
        return _first(figure for figure in self._conversation.speakers if figure.name == names[number])

    def owner(self, phrase: str) -> Figure | None:
        """Return whose "his sister" or "sa sœur" is: in English the possessive tells the gender."""
        first = fold(phrase).split()[0] if phrase.split() else ""
        gender = next((g for g in ("Fem", "Masc") if self._grammar.is_(f"owner_{g.lower()}", first)), "")
        return self.of_pronoun(gender)

    def _others_asked_about(self) -> list[Figure]:
        """Whom the last question was about, apart from the one who was asked for."""
        asked = self._conversation.asked
        about = [person.name for person in asked.about] if asked else []
        return [figure for figure in self._conversation.named if figure.name in about]

    def _only(self, gender: str, but: Iterable[str]) -> Figure | None:
        """The one of a gender who is quoted in the articles shown, when there is but one."""
        people = [one for one in self._conversation.present if one.kind == "person" and one.speaks]
        fitting = [one for one in people if one.gender == gender and one.name not in set(but)] if gender else []
        return fitting[0] if len(fitting) == 1 else None

    def _namesake(self, phrase: str, owner: Figure) -> Figure | None:
        """One of kin, when nothing tells of them: the other one of that surname."""
        if not self._grammar.phrases["kin"].search(fold(phrase)):
            return None
        gender = gender_of(phrase, self._grammar)
        known = (*self._conversation.present, *self._conversation.earlier)
        return _first(
            one for one in known if one.name != owner.name and one.surname == owner.surname and one.may_be(gender)
        )


def shown(person: AskedPerson) -> str:
    """Return a person's name as a question shows it: in full when it is known."""
    same = fold(person.name) == fold(person.as_typed)
    return person.as_typed if same or person.known == "unknown" else person.name


def is_full_name(name: str) -> bool:
    """Tell whether a name looks like a first name and a surname."""
    words = name.split()
    return len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()


def _first(figures: Iterable[Figure] | Sequence[Figure]) -> Figure | None:
    return next(iter(figures), None)
