"""One turn of a conversation: from a question to an answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from assistant.answers import following
from assistant.answers.composition import compose
from assistant.answers.deciding import Decide, Option, decide, evidence, may_be_misread
from assistant.answers.findings import Findings, holders_of
from assistant.answers.sources import Sources
from assistant.answers.suggestions import answerable, of_each
from assistant.answers.verifier import Verifier
from assistant.models import Answer, Coverage, Turn
from assistant.question import TURNS, AskedPerson, Conversation, NameBook, Question, turn, understand
from assistant.search.article_people import ArticlePeople
from assistant.search.retriever import Retriever
from assistant.search.speakers import SpeakerIndex
from assistant.texts.catalogue import texts_of
from index.catalog import Catalog

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """What is known of the whole catalog at one revision: names, how many articles there are, and their language.

    ``language``: None where there are several; a question that tells no language of its own is in that one.
    """

    revision: int
    book: NameBook
    speaker_index: SpeakerIndex
    articles: int
    language: str | None
    people_known: ArticlePeople


@dataclass(frozen=True, slots=True)
class _Look:
    """Where one answer is looked for: after which conversation, in which sources; ``nowhere``: there is no article."""

    conversation: Conversation
    sources: Sources
    everything: bool
    nowhere: bool

    def find(self, question: Question) -> Findings:
        """Return what answers one thing that the question may mean."""
        if self.nowhere:
            return Findings("empty")
        return following.find(question, self.conversation, self.sources, self.everything)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a question may mean: the evidence for it and its answer, and whether that may be misread."""

    evidence: dict[str, float]
    answer: Answer
    open: bool


MOST_QUOTED = 200
"""Speakers among whom those are looked for whom a refusal offers to ask about."""
REMEMBERED = 256
"""Earlier questions whose answers are kept, where a conversation is given by its questions alone."""


class Chat:
    """Answers questions from the indexed articles."""

    def __init__(
        self, catalog: Catalog, retriever: Retriever, verifier: Verifier, decide: Decide | None = decide
    ) -> None:
        self._decide = decide
        self._catalog = catalog
        self._retriever = retriever
        self._verifier = verifier
        self._known: _Names | None = None
        self._again = lru_cache(maxsize=REMEMBERED)(self._answered)
        self._lock = threading.Lock()

    def reply(
        self,
        asked: str,
        history: Sequence[Turn] = (),
        likely: str | None = None,
        *,
        everything: bool = False,
        as_is: bool = False,
    ) -> Answer:
        """Answer one question with the words that support it, or say that the articles do not answer it.

        Args:
            asked: any string.
            history: the turns before it, oldest first; those whose answer is not at hand are answered again.
            likely: the language of a question that does not tell its own ("Barjavel").
            everything: show all that answers, not the first of it.
            as_is: take the question as it stands, whatever was asked before.
        """
        names = self._names()
        likely = likely or names.language
        before = Conversation() if as_is else self._recalled(names, history[-TURNS:], likely)
        _, answer = self._answered(names, asked, before, likely, everything)
        return replace(answer, as_is=as_is)

    def _recalled(self, names: _Names, turns: Sequence[Turn], likely: str | None) -> Conversation:
        """What a conversation has come to; turns whose answer is not at hand, or holds no more, are answered again."""
        conversation = Conversation()
        for earlier in turns:
            before = Conversation() if earlier.as_is else conversation
            if earlier.answer is None or self._verifier.outdated(earlier.answer):
                question, answer = self._again(names, earlier.question, before, likely)
            else:
                question, answer = self._meant(names, earlier.answer, before, likely), earlier.answer
            conversation = before.after(question, answer, names.people_known)
        return conversation

    def _meant(self, names: _Names, answer: Answer, before: Conversation, likely: str | None) -> Question:
        """What a question was taken for that has an answer."""
        known = names.people_known
        if not answer.meaning:
            return understand(answer.question, before, names.book, likely, people_known=known)
        meanings = turn(answer.question, before, names.book, likely, people_known=known).interpretations
        return meanings[min(answer.meaning, len(meanings) - 1)].question

    def meanings(self, asked: str, history: Sequence[Turn] = ()) -> list[Meaning]:
        """Return all that a question after others may mean, with the answer to each: what decisions are fitted on."""
        names = self._names()
        look = self._look(names, self._recalled(names, history[-TURNS:], names.language), everything=False)
        options, rows = self._weighed(names, asked, look, names.language)
        return [
            Meaning(row, self._composed(names, asked, one.meant.question, one.found), may_be_misread(one.found))
            for row, one in zip(rows, options, strict=True)
        ]

    def _answered(
        self,
        names: _Names,
        asked: str,
        conversation: Conversation,
        likely: str | None,
        everything: bool = False,
    ) -> tuple[Question, Answer]:
        at, question, found = self._decided(names, asked, self._look(names, conversation, everything), likely)
        findings = replace(found, searched=names.articles)
        answer = self._composed(names, asked, question, findings)
        if self._verifier.verified(answer):
            return question, replace(answer, suggestions=self._suggestions(answer, findings), meaning=at)
        log.warning("answer withheld: a citation is not borne out by its article")
        silent = Findings("silent", searched=names.articles)
        answer = compose(asked, question, silent, (), texts_of(question.lang))
        return question, replace(answer, meaning=at, withheld=True)

    def _decided(self, names: _Names, asked: str, look: _Look, likely: str | None) -> tuple[int, Question, Findings]:
        """What a question is taken for, and what is found: as the rules read it, else as evidence tells."""
        question = understand(asked, look.conversation, names.book, likely, people_known=names.people_known)
        found = look.find(question)
        if self._decide is None or look.conversation.asked is None or not may_be_misread(found):
            return 0, question, found
        options, rows = self._weighed(names, asked, look, likely, found)
        at = self._decide(rows)
        return at, options[at].meant.question, options[at].found

    def _weighed(
        self, names: _Names, asked: str, look: _Look, likely: str | None, by_rules: Findings | None = None
    ) -> tuple[list[Option], list[dict[str, float]]]:
        """All that a question may mean, and the evidence for each; ``by_rules``: what is found for the first."""
        meant = turn(asked, look.conversation, names.book, likely, people_known=names.people_known)
        first, *others = meant.interpretations
        options = [Option(first, by_rules or look.find(first.question))]
        options += [Option(one, look.find(one.question)) for one in others]
        return options, evidence(meant, options, look.conversation, look.sources)

    def _look(self, names: _Names, conversation: Conversation, everything: bool) -> _Look:
        sources = Sources(self._retriever, names.speaker_index)
        return _Look(conversation, sources, everything, nowhere=not names.articles)

    def _composed(self, names: _Names, asked: str, question: Question, found: Findings) -> Answer:
        mentions = self._mentions(found, names.speaker_index)
        return compose(asked, question, found, mentions, texts_of(question.lang))

    def stream(
        self, asked: str, history: Sequence[Turn] = (), likely: str | None = None, *, as_is: bool = False
    ) -> Iterator[Answer]:
        """Answer one question, growing by a paragraph at a time; the last one is whole."""
        answer = self.reply(asked, history, likely, as_is=as_is)
        for shown in range(1, len(answer.paragraphs)):
            yield replace(answer, paragraphs=answer.paragraphs[:shown])
        yield answer

    def also_called(self, speaker: str) -> tuple[str, ...]:
        """Return the other names under which the articles quote a speaker."""
        known = self._names().speaker_index.of(AskedPerson(speaker, speaker, "speaker"))
        return tuple(sorted(known - {speaker}))

    def _names(self) -> _Names:
        """What is known of the catalog now; of a changed one, what has changed is taken up."""
        with self._lock:
            revision = self._catalog.revision()
            if self._known is None or self._known.revision != revision:
                self._again.cache_clear()
                self._known = self._renewed(self._known, revision)
            return self._known

    def _renewed(self, known: _Names | None, revision: int) -> _Names:
        """What is known of the catalog at a revision, by what has changed since another; None: of all of it."""
        book, speakers = (known.book, known.speaker_index) if known else (NameBook(), SpeakerIndex())
        changed = self._catalog.names_changed(known.revision if known else -1)
        book.renew(((name.source, name.text, name.there) for name in changed), _today(self._catalog.newest()))
        said = [(name.text, name.there) for name in changed if name.source == "speaker"]
        speakers.renew(said, self._catalog.renamed())
        people = ArticlePeople(self._catalog, self._retriever.opened)
        languages = self._catalog.languages()
        language = languages[0] if len(languages) == 1 else None
        return _Names(revision, book, speakers, self._catalog.count(), language, people)

    def _suggestions(self, answer: Answer, findings: Findings) -> tuple[str, ...]:
        """Questions that have an answer, for a refusal; which one is meant, where a function fits several."""
        if answer.refusal in (None, "empty"):
            return of_each([person.name for person in holders_of(findings)], answer.lang)
        return answerable(answer, self._catalog.quoted(MOST_QUOTED))

    def _mentions(self, findings: Findings, speaker_index: SpeakerIndex) -> list[Coverage]:
        person = findings.asked
        if findings.finds or person is None or person.known == "unknown":
            return []
        return [self._mention(person, speaker_index)]

    def _mention(self, person: AskedPerson, speaker_index: SpeakerIndex) -> Coverage:
        alone = replace(person, others=())  # those who may be meant too are not named beside the count
        said = self._catalog.statements(speakers=speaker_index.of(alone))
        articles = {*self._catalog.mentioning(person.name), *(quotation.article_id for quotation, _ in said)}
        return Coverage(person.name, len(articles), len(said))


def _today(newest: date | None) -> date:
    """The day from which "last week" is counted: today, or that of the newest of articles that are older."""
    return min(newest or date.max, datetime.now().astimezone().date())
