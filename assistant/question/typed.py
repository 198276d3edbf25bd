"""A question as it was typed into a conversation: what its words are, and how what it lacks is put to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from assistant.question.antecedent import Antecedents, is_full_name
from assistant.question.conversation import Conversation
from assistant.question.frame import about, frame
from assistant.question.models import AskedPerson, Lean, Question
from assistant.question.plain_text import TAIL
from assistant.question.reading import ParsedQuestion
from index.typography import fold

Read = Callable[[str], ParsedQuestion]


class Typed:
    """One question, read by itself, and the conversation before it."""

    def __init__(self, reading: ParsedQuestion, conversation: Conversation, read: Read) -> None:
        self.reading = reading
        self.conversation = conversation
        self.read = read
        self.grammar = reading.grammar
        self.text = reading.surface.text
        self.plain = reading.surface.plain
        self.before = conversation.answered
        self.antecedents = Antecedents(conversation, reading.grammar)
        self.core = self.plain[reading.opened :].strip(TAIL)

    @cached_property
    def content(self) -> str:
        """The words as typed, behind "Et …" and without the last sign."""
        return self.text[self.reading.opened :].strip(TAIL)

    @cached_property
    def frame(self) -> Question:
        """What it asks by itself; of people of one surname those whom the conversation shows."""
        question = frame(self.reading)
        people, others = (tuple(map(self.preferred, each)) for each in (question.people, question.about))
        return replace(question, people=people, about=others)

    def has(self, phrase: str) -> bool:
        """Tell whether a phrase stands in it."""
        return bool(self.grammar.phrases[phrase].search(self.core))

    def own_topic(self, question: Question) -> str:
        """Return the topic that a question tells itself; a word for the one before is none."""
        return "" if self.grammar.is_("topic_pronoun", fold(question.topic)) else question.topic.strip()

    def on_the_same(self, question: Question) -> Question:
        """Return a question on what was asked about before."""
        before = self.before
        if not before or not before.topic:
            return replace(question, topic=self.own_topic(question), lean=Lean())
        if question.kind == "statement" and question.people:
            text, topic = self.asking(question.people[0], before), before.topic
        else:
            text = self.grammar.compose["context"].format(question=question.text.strip(), topic=before.topic)
            topic = self.own_topic(question) or before.topic
        return replace(question, text=text, topic=topic, phrase=before.phrase, rewritten=True, lean=Lean(topic=True))

    def asking(self, person: AskedPerson, before: Question) -> str:
        """Return how it is asked what somebody said on the topic of another question."""
        compose = self.grammar.compose
        if not before.topic:
            return compose["alone"].format(person=person.name)
        if before.phrase:
            return compose["statement"].format(person=person.name, about=about(before, self.grammar))
        return compose["claim"].format(person=person.name, topic=before.topic)

    def replying(self, question: Question) -> Question:
        """Return the question what somebody replies to the one whose words were shown."""
        before, person = self.before, question.people[0]
        to = next((figure.name for figure in self.conversation.speakers if figure.name != person.name), "")
        if not before or not to:
            return self.on_the_same(question)
        text = self.grammar.compose["reply_of"].format(person=person.name, to=to)
        kind = question.kind if question.kind == "check" else "statement"
        return self.taking(before, text, kind=kind, people=(person,), lean=Lean("reply"))

    def taking(self, before: Question, text: str, /, **told: object) -> Question:
        """Return the question before with some parts told anew; of how it asked its order and number are left."""
        plain = replace(before, text=text, lang=self.grammar.lang, rewritten=True)
        plain = replace(plain, act=None, denial=False, quoted=(), verb="", wants=None)
        return replace(plain, **told)  # type: ignore[arg-type]

    def preferred(self, person: AskedPerson) -> AskedPerson:
        """Return of people of one surname the one whom the conversation shows."""
        if not person.others or person.known == "unknown" or is_full_name(person.as_typed):
            return person
        homonyms = (person.name, *person.others)
        known = (*self.conversation.figures, *self.conversation.present)
        named = next((figure.name for figure in known if figure.name in homonyms), person.name)
        return replace(person, name=named, others=tuple(name for name in homonyms if name != named))
