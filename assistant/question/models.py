"""What a question asks: the nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from index.languages.data_files import QuestionLanguage
from index.languages.times import Period

QuestionKind = Literal["statement", "speaker", "check", "aggregate", "change", "fact", "count", "articles", "greeting"]
"""statement: what somebody said; speaker: who said it; check: whether somebody said it; aggregate: all who spoke;
change: whether somebody said something else before; count: how many times somebody is quoted; articles: which articles;
greeting: nothing; fact: anything else."""
Wants = Literal["score", "quantity", "age", "time", "place", "reason", "person", "manner"]
Known = Literal["speaker", "mentioned", "unknown"]
Move = Literal["same", "here", "else", "others", "next", "why", "when", "where", "reply", "author", "true", "closest"]
"""What a question that leans on a conversation asks: the same of another person or topic; something that the articles
shown may tell; what else there is; who else speaks; what was said next; why, when or where something cited was; who
replied to it; who said it; whether it is true; what in the articles shown comes closest to its words."""


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """Somebody (a person, an organisation, a place) that a question names.

    Attributes:
        name: the catalog's form when known, else as typed.
        as_typed: the question's own words for them.
        known: whether the articles quote them, name them without quoting, or neither.
        sure: False when the name is a guess at a misspelt one that had better be shown ("Do you mean …?").
        others: further known names that may be meant: people of one surname; with ``known`` "unknown", people of
            the same surname or organisations that begin alike.
        role: the words that tell the function ("le maire de Morvillac"), None when a bare name is given. With
            ``known`` "unknown" they stand for the person.
    """

    name: str
    as_typed: str
    known: Known = "unknown"
    sure: bool = True
    others: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which words are asked for, by where and when they were said; what is empty asks for all.

    Attributes:
        periods: the times in one of which they were said.
        outlet: a known outlet whose articles hold them.
        lang: of those articles.
        told: the question's words for all this, as typed ("en mars 2017", "dans Le Fanal").
        times: the words that name the times, in plain letters ("mars 2017").
        behind_topic: the times stand behind a topic, and may be a part of it ("la fête prévue en mars").
        loosely: words of articles that name one of the times will do.
        articles: the ids of the only articles that hold them; none: any may.
    """

    periods: tuple[Period, ...] = ()
    outlet: str | None = None
    lang: str | None = None
    told: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    behind_topic: bool = False
    loosely: bool = False
    articles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.periods or self.outlet or self.lang or self.articles)


ANYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Lean:
    """What a question takes from the conversation before it.

    Attributes:
        topic: its topic is that of the question before, which gives way when the person did not speak of it.
        gender: "Masc" or "Fem" of whom it asks when it tells no more ("What did he reply?").
        number: which of the things shown it asks for ("the second one" is 1, "the last" is -1).
        place: the words of another time or place ("et vendredi à Lussange").
    """

    move: Move = "same"
    topic: bool = False
    gender: str = ""
    number: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    Attributes:
        text: whole: a follow-up is completed from the earlier turns.
        people: whose words are asked for, in the order of the question.
        about: the names in what is asked about.
        quoted: the words that the question gives in quotation marks.
        topic: the subject matter or the claim, in the question's own words, without the question's words, the
            speaker and the verb of saying; quoted words are kept in it.
        act: what somebody is asked to have done by saying something ("promise"); None: just to have said it.
        denial: the question asks whether somebody denied, or did not say, something.
        wants: for a fact, the kind of thing that answers it; None: unknown.
        scope: the times, the outlet and the language of the articles that the words are asked from.
        order: the latest or the first words are asked for; None: the question asks for no order.
        most: how many of them are asked for ("la dernière déclaration": 1); None: it does not tell.
        everything: all of them are asked for ("toutes les citations").
        rewritten: True when ``text`` is not what was typed.
        phrase: the topic as it stands behind a question ("sur les loups"); "" when it is no such phrase.
        verb: the verb of saying as typed, plain; "" when there is none.
        lean: what it takes from the conversation; None: it stands alone.
        typed: the words as typed, by which it is searched where ``text`` but tells what they may mean.
    """

    text: str
    lang: QuestionLanguage
    kind: QuestionKind
    people: tuple[AskedPerson, ...] = ()
    about: tuple[AskedPerson, ...] = ()
    quoted: tuple[str, ...] = ()
    topic: str = ""
    act: str | None = None
    denial: bool = False
    wants: Wants | None = None
    scope: Scope = ANYWHERE
    order: Literal["newest", "oldest"] | None = None
    most: int | None = None
    everything: bool = False
    rewritten: bool = False
    phrase: str = ""
    verb: str = ""
    lean: Lean | None = None
    typed: str = ""

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it asks if somebody said something, or if something is so."""
        return self.kind == "check" or (self.kind == "fact" and self.wants is None)


class KnownNames(Protocol):
    """The names that the catalog knows."""

    def speakers(self) -> Sequence[str]:
        """The speakers of the stored quotations, the most quoted first when that is known."""
        ...

    def names(self) -> Sequence[str]:
        """The names that the articles mention."""
        ...

    def outlets(self) -> Sequence[str]:
        """The outlets that the articles come from."""
        ...
