"""Words without a verb behind an earlier question: somebody else, something else, another time or place."""

from __future__ import annotations

from dataclasses import replace

from assistant.question.antecedent import is_full_name
from assistant.question.dates import starts_with_time
from assistant.question.figures import is_persons
from assistant.question.frame import about, raised
from assistant.question.models import AskedPerson, Lean, Question
from assistant.question.plain_text import TAIL
from assistant.question.typed import Typed
from index.typography import fold


class Fragment:
    """Puts a few words into the question before; None: there is none, and they can only name somebody."""

    def __init__(self, typed: Typed, content: str, before: Question | None) -> None:
        self._typed = typed
        self._grammar = typed.grammar
        self._content = content
        self._plain = fold(content)
        self._before = before

    def question(self) -> Question | None:
        """Return the question that the words stand for, None when they stand for none."""
        if told := self._somebodys_words() or self._somebody_on_something():
            return told
        if person := self.person():
            return self.said_by(person)
        if self._before is None:
            return None
        still = self._speaker(self._before)
        if still and self._is_circumstance():
            return self._elsewhere(still, self._before)
        return self._at_another_time(self._before) or self._on_another(still, self._before)

    def _somebodys_words(self) -> Question | None:
        """Read "And her view on the price?": what whom a possessive means said, on the topic before or another."""
        words = self._grammar.phrases["their_words"].match(self._plain)
        figure = self._typed.antecedents.owner(self._content) if words else None
        if words is None or figure is None or len(self._plain) != len(self._content):
            return None
        rest = self._content[words.end() :].strip(TAIL)
        return self._on(figure.person(), rest) if rest else self.said_by(figure.person())

    def _somebody_on_something(self) -> Question | None:
        """Read "And the mayor about the shelters": what somebody said on a topic of their own."""
        mark = self._grammar.phrases["on_something"].search(self._plain)
        if mark is None or len(self._plain) != len(self._content):
            return None
        person = Fragment(self._typed, self._content[: mark.start()].strip(TAIL), self._before).person()
        return self._on(person, self._content[mark.start() :].strip(TAIL)) if person else None

    def _on(self, person: AskedPerson, phrase: str) -> Question:
        """What somebody said on something, told with its preposition."""
        topic = phrase[self._grammar.skip("about", fold(phrase), 0) :]
        about = self._typed.read(topic).about
        text = self._grammar.compose["statement"].format(person=person.name, about=phrase)
        asked = Question(text, self._grammar.lang, "statement", (person,), about, topic=topic, phrase=phrase)
        return replace(asked, rewritten=True, lean=Lean())

    def person(self) -> AskedPerson | None:
        """Return the person whom the words name, None when they rather name a topic."""
        grammar, antecedents = self._grammar, self._typed.antecedents
        if grammar.skip("about", self._plain, 0) or self._is_circumstance():
            return None
        if grammar.phrases["other"].match(self._plain):
            figure = antecedents.of_the_other(self._plain[grammar.skip("other", self._plain, 0) :])
            return figure.person(self._content) if figure else None
        if grammar.skip("possessive", self._plain, 0):
            return antecedents.somebodys(self._content)
        return self._known_or_of_a_role()

    def _known_or_of_a_role(self) -> AskedPerson | None:
        """The speaker of that name; else the one who is called so, else whoever else the words name."""
        named, antecedents = self._named(), self._typed.antecedents
        if named and named.known == "speaker" and not named.role:
            return named
        figure = antecedents.of_kin_alone(self._content) or antecedents.of_role(self._content)
        return figure.person(self._content) if figure else named

    def _is_circumstance(self) -> bool:
        """Tell whether the words tell a time or a place."""
        return bool(self._grammar.skip("circumstance", self._plain, 0)) or starts_with_time(self._plain)

    def _named(self) -> AskedPerson | None:
        asked = self._grammar.compose["statement"].format(person=self._content, about="").replace("  ", " ")
        reading = self._typed.read(asked)
        person = reading.people[0] if reading.people else None
        if not person or reading.topic or not self._is_somebody(person):
            return None
        return self._typed.preferred(person)

    def _is_somebody(self, person: AskedPerson) -> bool:
        role = person.role or ""
        by_function = self._grammar.phrases["function"].search(fold(role)) or is_persons(role)
        known = person.known == "speaker" or (person.known == "mentioned" and person.role)
        return bool(known or by_function or is_full_name(person.name))

    def said_by(self, person: AskedPerson) -> Question:
        """Return the question before, of somebody else."""
        before = self._before
        if before is None or not before.topic:
            text = self._grammar.compose["alone"].format(person=person.name)
            return Question(text, self._grammar.lang, "statement", (person,), rewritten=True, lean=Lean())
        others = tuple(one for one in (*before.about, *before.people) if one.name != person.name)
        told = {"kind": "statement", "people": (person,), "about": others, "lean": Lean(topic=True)}
        return self._typed.taking(before, self._typed.asking(person, before), **told)

    def _on_another(self, still: AskedPerson | None, before: Question) -> Question:
        """The question before, on something else."""
        compose = self._grammar.compose
        start = self._grammar.skip("about", self._plain, 0)
        phrase = self._content if start else compose["about"].format(topic=self._content)
        topic = self._content[start:].strip(TAIL)
        told = {"topic": topic, "phrase": phrase, "about": self._typed.read(self._content).about, "lean": Lean()}
        if still:
            text = compose["statement"].format(person=still.name, about=phrase)
            return self._typed.taking(before, text, kind="statement", people=(still,), **told)
        if before.kind == "fact":
            text = compose["context"].format(question=raised(self._content), topic=before.topic)
            return self._typed.taking(before, text, **told | {"topic": f"{topic} {before.topic}"})
        text = compose["aggregate"].format(about=phrase)
        return self._typed.taking(before, text, kind="aggregate", people=(), **told)

    def _elsewhere(self, still: AskedPerson, before: Question) -> Question:
        """The question before, at another time or place."""
        there = self._typed.read(self._grammar.compose["statement"].format(person=still.name, about=self._content))
        circumstances = f"{about(before, self._grammar)} {self._content}".strip()
        text = self._grammar.compose["statement"].format(person=still.name, about=circumstances)
        told = {"scope": there.scope, "lean": Lean(place=self._content)}
        return self._typed.taking(before, text, kind="statement", people=(still,), **told)

    def _at_another_time(self, before: Question) -> Question | None:
        """The question before, of nobody in particular, at another time ("Et en 2016 ?"); None: no time is told."""
        if not self._is_circumstance():
            return None
        text = f"{before.text.strip(TAIL)} {self._content}{self._grammar.compose['end']}"
        scope = self._typed.read(text).scope
        return self._typed.taking(before, text, scope=scope, wants=before.wants, lean=Lean()) if scope else None

    def _speaker(self, before: Question) -> AskedPerson | None:
        """Who is asked for still: the person before, or the one whom the answer shows."""
        if before.people or before.kind == "aggregate":
            return before.people[0] if before.people else None
        conversation = self._typed.conversation
        names = {cited.speaker for cited in conversation.cited}
        figure = next(iter(conversation.speakers), None)
        return figure.person() if figure and len(names) == 1 and figure.name in names else None
