"""A question after others -> the same with what it lacks, taken from the conversation; a whole one stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.question.conversation import Conversation
from assistant.question.fragments import Fragment
from assistant.question.frame import frame, raised
from assistant.question.models import Lean, Question, Scope
from assistant.question.moves import Moves
from assistant.question.plain_text import TAIL
from assistant.question.reading import ParsedQuestion
from assistant.question.references import References
from assistant.question.typed import Read, Typed
from index.languages.times import Period
from index.typography import fold

_FRAGMENT = 9
"""Words of the longest question that may be but a new topic or a new name."""
_SHORT = 7
"""Words of the longest question that may leave to the articles shown what it is about ("how many firefighters")."""


class FollowUp:
    """Completes one question with what was asked and answered before it."""

    def __init__(self, reading: ParsedQuestion, conversation: Conversation, read: Read) -> None:
        self._typed = Typed(reading, conversation, read)
        self._reading = reading
        self._conversation = conversation
        self._grammar = reading.grammar
        self._moves = Moves(self._typed)

    def question(self) -> Question:
        """Return the completed question; as it stands when it leans on nothing."""
        return (
            self._moves.question()
            or self._in_the_same()
            or self._for_more()
            or self._claimed_too()
            or self._by_its_form()
            or self._typed.frame
        )

    def _claimed_too(self) -> Question | None:
        """Read "Et que … ?", "And that …?": whether the person asked about before said that too."""
        typed, before, start = self._typed, self._typed.before, self._reading.opened
        reading = self._reading
        clause = start and reading.kind == "fact" and not (reading.people or reading.verb)  # else it asks for words
        end = self._grammar.skip("conjunction", typed.plain, start) if clause else start
        if end == start or before is None or not before.people:
            return None
        if self._points(start, end):
            return None
        text = self._grammar.compose["check"].format(person=before.people[0].name, claim=typed.content)
        told = {"kind": "check", "people": before.people[:1], "about": self._reading.about}
        said = {"topic": typed.text[end:].strip(TAIL), "quoted": self._reading.surface.quoted, "lean": Lean()}
        return typed.taking(before, text, **told, **said, phrase="")

    def _points(self, start: int, end: int) -> bool:
        """Tell whether a word that may join a claim points at a thing: "that" of "and that bridge?"."""
        clause = self._is_sentence() and len(self._typed.text[end:].split()) > 1
        return not clause and self._grammar.skip("determiner", self._typed.plain, start) != start

    def _by_its_form(self) -> Question | None:
        """A sentence of somebody of the conversation, or that leaves its topic open; else a few words."""
        if self._is_sentence():
            return self._of_somebody() or self._leaving_its_topic_open()
        typed = self._typed
        return Fragment(typed, typed.content, typed.before).question() if typed.content else None

    def _in_the_same(self) -> Question | None:
        """Read "…, in the same article?", "the same day": within the articles, or at the day, of what was shown."""
        conversation = self._conversation
        days = {cited.article.published for cited in conversation.cited if cited.article.published}
        scopes = {
            "same_articles": Scope(articles=conversation.articles),
            "same_day": Scope(periods=tuple(Period(day, day) for day in sorted(days))),
        }
        for phrase, scope in scopes.items():
            if scope and (match := self._grammar.phrases[phrase].search(self._typed.plain)):
                told = replace(scope, told=(self._typed.text[slice(*match.span())].strip(),))
                return self._within(told, match)
        return None

    def _within(self, scope: Scope, match: re.Match[str]) -> Question:
        """The question without the words that tell its scope."""
        text = self._typed.text
        rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split()).strip(TAIL)
        before, opened = self._typed.before, self._grammar.skip("opening", f"{fold(rest)} ", 0)
        if before and opened >= len(rest):  # "And the same day?"
            whole = f"{before.text.strip(TAIL)} {scope.told[0]}{self._grammar.compose['end']}"
            return replace(before, text=whole, scope=scope, rewritten=True, lean=None)
        asked = FollowUp(self._typed.read(rest), self._conversation, self._typed.read).question()
        lean = None if asked.lean and asked.lean.move == "here" else asked.lean
        return replace(asked, text=text.strip(), scope=scope, lean=lean)

    def _for_more(self) -> Question | None:
        """Read "What else did she say?": the same question without what was shown."""
        text, plain = self._typed.text, self._typed.plain
        match = self._grammar.phrases["else_word"].search(plain, self._reading.opened)
        if not match or not self._typed.before:
            return None
        rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
        return self._moves.more(FollowUp(self._typed.read(rest), self._conversation, self._typed.read).question())

    def _is_sentence(self) -> bool:
        """Tell whether a question has a verb of its own, or is too long to be but words."""
        reading, plain = self._reading, self._typed.plain
        if reading.by_rule or len(plain.split()) > _FRAGMENT:
            return True
        core = self._typed.core
        if self._grammar.phrases["impersonal"].match(core):
            return True
        if self._grammar.skip("about", core, 0) and not self._grammar.skip("determiner", core, 0):  # "des" is either
            return False
        return any(map(self._is_verb, self._grammar.phrases["finite"].finditer(plain, reading.opened)))

    def _is_verb(self, match: re.Match[str]) -> bool:
        """Tell whether a word is a verb indeed, not the preposition "à" nor a noun with its article ("la demande")."""
        if self._grammar.is_("determiner", self._typed.plain[self._reading.opened : match.start()]):
            return False
        before = self._typed.plain[: match.start()].split(" ")[-2:]
        noun = len(before) > 1 and self._grammar.is_("determiner", before[0] + " ")
        return not noun and not self._typed.text[match.start() :].startswith("à")

    # A sentence of somebody of the conversation

    def _of_somebody(self) -> Question | None:
        """A sentence whose pronouns, functions and kin are people of the conversation."""
        found = References(self._reading, self._typed.antecedents).resolved()
        if found is None:
            return None
        if self._reading.by_rule:
            question = replace(self._typed.frame, topic=found.topic)
        else:
            question = frame(self._typed.read(found.text))
            question = question if question.verb else replace(question, kind="fact")
        people = (found.speaker,) if found.speaker else question.people
        names = {person.name for person in people}
        others = {person.name: person for person in (*found.others, *question.about) if person.name not in names}
        text = raised(found.text)
        told = replace(question, people=people, about=tuple(others.values()), text=text, rewritten=True)
        return self._with_topic(told)

    def _with_topic(self, question: Question) -> Question:
        """Give a sentence the topic before when it has none of its own, or but an opinion on it."""
        typed, thing = self._typed, self._typed.has("thing")
        if question.people and typed.has("opinion"):
            return typed.on_the_same(replace(question, kind="statement", topic="", phrase="", verb=""))
        if question.people and self._grammar.is_("reply", question.verb):
            return typed.replying(question)
        if typed.own_topic(question) and (question.kind == "statement" or not thing):
            return replace(question, lean=Lean())
        return typed.on_the_same(question) if thing or self._asks_for_a_topic(question) else self._of_a_deed(question)

    def _asks_for_a_topic(self, question: Question) -> bool:
        return not question.people or self._grammar.is_("plainly", question.verb)

    def _of_a_deed(self, question: Question) -> Question:
        """A question of which the verb tells what it is about ("What did she promise?")."""
        return replace(question, topic="", lean=Lean())

    # A sentence that leaves its topic open

    def _leaving_its_topic_open(self) -> Question | None:
        """A sentence that says of whom it asks, or of nobody, but not, or not wholly, about what."""
        if self._typed.before is None or self._reading.kind == "greeting":
            return None
        if self._reading.people:
            return self._of_a_named_person()
        return self._of_somebodys_opinion() or self._of_nobody()

    def _of_a_named_person(self) -> Question | None:
        typed, reading, question = self._typed, self._reading, self._typed.frame
        if typed.has("opinion") and not (reading.by_rule and typed.own_topic(question)):
            return typed.on_the_same(replace(question, kind="statement", topic="", phrase="", verb=""))
        if self._grammar.is_("reply", reading.verb):
            return typed.replying(question)
        leans = reading.opened or self._means_a_thing()
        if leans and not typed.own_topic(question):
            return typed.on_the_same(question)
        return replace(question, lean=Lean("here")) if _asks_of_a_function(question) else None

    def _of_somebodys_opinion(self) -> Question | None:
        """Read "Does Morrow buy it?": what the only one whom it names says on what was asked about before."""
        typed, question = self._typed, self._typed.frame
        if (
            not typed.has("opinion")
            or not self._means_a_thing()
            or [one.known for one in question.about] != ["speaker"]
        ):
            return None
        told = replace(question, kind="statement", people=question.about, about=(), topic="", phrase="", verb="")
        return typed.on_the_same(told)

    def _of_nobody(self) -> Question | None:
        typed, reading, question = self._typed, self._reading, self._typed.frame
        asks = reading.kind in ("fact", "speaker")
        if not typed.own_topic(question) and (asks or self._means_a_thing()):
            return typed.on_the_same(question)
        if reading.about or reading.surface.quoted:
            return None
        if self._means_a_thing() or self._leans():
            return typed.on_the_same(question)
        short = asks and len(typed.core.split()) <= _SHORT
        return replace(question, lean=Lean("here")) if short else None

    def _means_a_thing(self) -> bool:
        """Tell whether a word stands for what was asked about before ("en", "that")."""
        plain = self._typed.plain[self._reading.content :]
        return bool(self._grammar.phrases["thing"].search(plain)) and not self._reading.surface.quoted

    def _leans(self) -> bool:
        """Tell whether a pronoun has nothing in the question itself that it could stand for."""
        phrases = self._grammar.phrases
        plain = phrases["impersonal"].sub(" ", self._typed.plain[self._reading.content :]).lstrip()
        return bool(phrases["alone"].match(plain) or phrases["leaning"].search(phrases["standing"].sub(" ", plain)))


def _asks_of_a_function(question: Question) -> bool:
    """Tell whether it is asked what somebody did of whom but a function is known: "Le suspect a-t-il avoué ?"."""
    person = question.people[0]
    return question.kind in ("check", "fact") and person.known == "unknown" and person.role == person.name
