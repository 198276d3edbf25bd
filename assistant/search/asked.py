"""What a question asks about, ready to be compared with places in articles: its words, names and vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from assistant.question import Question, Wants
from assistant.question.name_index import exonyms, key_of
from assistant.search.article_cache import CachedArticle
from index.catalog import Vectors
from index.languages.data_files import languages
from index.languages.lemmas import lemma
from index.languages.lexicon import lexicon
from index.languages.patterns import one_of
from index.languages.stopwords import stopwords
from index.languages.terms import folded_words, query_terms, terms
from index.languages.thesaurus import LONGEST, Phrase, same_meaning
from index.typography import fold

_WORD = re.compile(r"[^\W_]+")
_UNCAPITALISED = re.compile(r"^(?:[^\W\dA-Z]\S* +)+(?=[A-ZÀ-Þ])")
"""What stands before the capitals of a known name: "la ligne Tarvelle"."""


PEOPLE = 6
"""Letters of a word that names a people, at least."""
MOST_OF_IT = 0.6
"""The share of the asked words of a sentence, by rarity, that the words of somebody in it hold who says it."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that a question asks for.

    Attributes:
        forms: its terms, read as French and as English.
        others: the terms of other words of the same meaning, in either language.
        phrases: the same for what takes several words to say: all terms of each.
        weight: its rarity, the telling ones heaviest.
    """

    forms: frozenset[str]
    others: frozenset[str] = frozenset()
    phrases: tuple[frozenset[str], ...] = ()
    weight: float = 1.0

    @property
    def terms(self) -> frozenset[str]:
        """All terms that it may be found by."""
        return self.forms | self.others.union(*self.phrases)

    @property
    def is_translated(self) -> bool:
        """Whether other words of its meaning are known."""
        return bool(self.others or self.phrases)

    def is_in(self, held: frozenset[str]) -> bool:
        """Tell whether some terms hold it, or another word of its meaning."""
        return (
            not self.forms.isdisjoint(held)
            or not self.others.isdisjoint(held)
            or any(phrase <= held for phrase in self.phrases)
        )

    def weighed(self, rarity: Mapping[str, float]) -> AskedWord:
        """Return it with the rarity of its commonest form; of its meaning's, when no article has the word itself."""
        absent = max(rarity.values(), default=1.0)
        own = min((rarity[term] for term in self.forms), default=absent)
        return replace(self, weight=own if own < absent else min(rarity[term] for term in self.terms))


@dataclass(frozen=True, slots=True)
class AskedName:
    """A proper name in what a question asks about, which an article holds whole or not at all.

    Attributes:
        spellings: how articles may write it.
        words: its words; in another language they may be others ("Commission européenne").
        parts: the two names that an unknown one is made of ("High Street of Brackley"), which articles may hold apart.
    """

    spellings: tuple[str, ...]
    words: tuple[AskedWord, ...]
    parts: tuple[str, ...] = ()

    def is_in(self, cached: CachedArticle, lang: str) -> bool:
        """Tell whether an article names it; ``lang`` is the language of the question."""
        return (
            any(map(cached.names, self.spellings))
            or (bool(self.parts) and all(map(cached.names, self.parts)))
            or (cached.article.lang != lang and self._is_translated(cached))
        )

    def _is_translated(self, cached: CachedArticle) -> bool:
        return any(word.is_translated for word in self.words) and all(word.is_in(cached.terms) for word in self.words)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about, ready to be compared.

    Attributes:
        words: what it asks for, word by word.
        vector: of the topic, unit length.
        whole_vector: of the whole question, unit length.
        lang: of the question.
        best_cosine: of the topic and the nearest quotation of all.
        best_coverage: of the asked words, by the best passage of all: how much better they are covered elsewhere.
        text: the question, whole.
        wants: for a question of fact, the kind of thing that answers it.
        names: the proper names in what it asks about.
        best_of: what the best of the places that are compared has of the asked words, and its cosine.
        head: the words of the noun that others only tell more of ("age" of "the age of the wood"); none: all tell.
        thing: the word behind the first article ("mill" of "had the mill been running"); none: there is no article.
    """

    words: tuple[AskedWord, ...]
    vector: Vectors
    whole_vector: Vectors
    lang: str
    best_cosine: float = 0.0
    best_coverage: float = 0.0
    text: str = ""
    wants: Wants | None = None
    names: tuple[AskedName, ...] = ()
    best_of: tuple[float, float] = (0.0, 0.0)
    head: tuple[AskedWord, ...] = ()
    thing: tuple[AskedWord, ...] = ()

    def thing_is_in(self, held: frozenset[str]) -> bool:
        """Tell whether some terms hold a word of the thing that is asked about; when none is, they do."""
        return not self.thing or any(word.is_in(held) for word in self.thing)

    def names_are_in(self, cached: CachedArticle) -> bool:
        """Tell whether an article holds all names that the question asks about."""
        return all(name.is_in(cached, self.lang) for name in self.names)

    def is_spoken_of(self, held: frozenset[str], lang: str) -> bool:
        """Tell whether some terms hold more of the asked words than names, when more than names is asked about.

        In another language a word proves nothing of which no translation is known.
        """
        known = [word for word in self._beside_units if lang == self.lang or word.is_translated]
        return not known or any(word.is_in(held) for word in known)

    def said_by_part(self, part: frozenset[str], whole: frozenset[str]) -> bool:
        """Tell whether a part of a sentence holds most of the asked words that the sentence holds, names apart."""
        held = [word for word in self.beside_names or self.words if word.is_in(whole)]
        kept = sum(word.weight for word in held if word.is_in(part))
        return bool(held) and kept >= MOST_OF_IT * sum(word.weight for word in held)

    @property
    def beside_names(self) -> list[AskedWord]:
        """The asked words that are no part of a proper name."""
        names = {word.forms for name in self.names for word in name.words}
        return [word for word in self.words if word.forms not in names]

    @property
    def _beside_units(self) -> list[AskedWord]:
        """The same without the units of a quantity that is asked for: any number of years has the word "years"."""
        unwanted = units() if self.wants == "quantity" else frozenset()
        return [word for word in self.beside_names if word.forms.isdisjoint(unwanted)]

    def head_is_in(self, held: frozenset[str]) -> bool:
        """Tell whether some terms hold the noun that is asked about, not merely what tells more of it.

        A price is told in money: "sous les 40 euros".
        """
        priced = any(not word.forms.isdisjoint(_terms_of("prices")) for word in self.head)
        named = not self.head or any(word.is_in(held) for word in self.head)
        return named or (priced and not held.isdisjoint(_terms_of("money")))

    def telling(self, held: frozenset[str]) -> float:
        """Whether some terms hold the rarest of the asked words: 1 or 0; 0 when nothing is asked."""
        rarest = max(self.words, key=lambda word: word.weight, default=None)
        return float(rarest is not None and rarest.is_in(held))

    def coverage(self, held: frozenset[str]) -> float:
        """The share of the asked words, by rarity, that some terms hold: 0 to 1; 0 when nothing is asked."""
        total = sum(word.weight for word in self.words)
        return sum(word.weight for word in self.words if word.is_in(held)) / total if total else 0.0


def asked_words(text: str, lang: str) -> tuple[AskedWord, ...]:
    """The words that a text asks for, each with its terms and those of what means the same."""
    read = [(term, forms) for word, forms in _forms(text, lang) for term in terms(word, lang)[:1]]
    meanings: list[set[Phrase]] = [set() for _ in read]
    for start, end in combinations(range(len(read) + 1), 2):
        if end - start <= LONGEST:
            others = same_meaning(tuple(term for term, _ in read[start:end]), lang)
            for meaning in meanings[start:end]:
                meaning.update(others)
    words = (_asked_word(forms, others) for (_, forms), others in zip(read, meanings, strict=True))
    return tuple({word.forms: word for word in words}.values())


def head_words(topic: str, lang: str) -> tuple[AskedWord, ...]:
    """The words of the noun of a topic that has a complement ("the sales figures of the novel"); else none."""
    head, *behind = _complement(lang).split(fold(topic), maxsplit=1)
    return asked_words(head, lang) if behind and set(folded_words(head)) - stopwords(lang) else ()


def thing_words(topic: str, lang: str) -> tuple[AskedWord, ...]:
    """The word behind the first article of a topic ("mill" of "had the mill been running"); none: it has none."""
    found = re.search(rf"\b(?:{one_of(lexicon(lang).words['asked.articles'])})(?: |(?<='))(\w+)", fold(topic))
    return asked_words(found[1], lang) if found and found[1] not in stopwords(lang) else ()


@cache
def _complement(lang: str) -> re.Pattern[str]:
    """What stands between a noun and its complement."""
    return re.compile(rf"\b(?:{one_of(lexicon(lang).words['asked.complement'])})(?: |(?<='))")


@cache
def units() -> frozenset[str]:
    """The terms of the units in which quantities are told, in any language."""
    return _terms_of("units")


@cache
def _terms_of(key: str) -> frozenset[str]:
    """The terms of a list of words, in any language."""
    words = (word for lang in languages() for word in lexicon(lang).words[f"asked.{key}"])
    return frozenset(term for word in words for term in query_terms(word))


def asked_names(question: Question) -> tuple[AskedName, ...]:
    """The proper names in the topic of a question."""
    found = []
    for person in question.about:
        if place := re.search(rf"[\w-]*{re.escape(person.as_typed)}[\w-]*", question.topic):
            whole = place[0] == person.as_typed  # a name is known that begins as a longer one does, which is meant
            typed = _UNCAPITALISED.sub("", place[0])
            names = (typed, person.name, *person.others) if whole else (typed,)
            abroad = (" ".join(other) for name in names for other in exonyms().get(key_of(name), ()))
            spellings = tuple(dict.fromkeys((*names, *abroad)))
            parts = name_parts(typed, question.lang) if person.known == "unknown" else ()
            found.append(AskedName(spellings, asked_words(typed, question.lang), parts))
    return tuple(found)


def name_parts(name: str, lang: str) -> tuple[str, ...]:
    """The two names that a name is made of: a street or so in a town, a people of one; none: it is one name.

    A single word before a town is a part of the town's name or of another ("Port de Luz"), but for a plural.
    """
    first, *second = re.split(rf" (?:{one_of(lexicon(lang).words['asked.inside'])})(?: |(?<='))", name, maxsplit=1)
    several = len(first.split()) > 1 or (len(first) >= PEOPLE and first.endswith("s"))
    return (first, second[0]) if second and several and second[0][:1].isupper() else ()


def _telling(text: str, lang: str) -> list[str]:
    """The words of a text that are no function words of its language; all of them when it has no others.

    A last one that tells no more than that there is a matter is left out: "the prize row".
    """
    words = folded_words(text)
    telling = [word for word in words if word not in stopwords(lang)]
    if len(telling) > 1 and telling[-1] in lexicon(lang).words["asked.matters"]:
        return telling[:-1]
    return telling or words


def _forms(text: str, lang: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The telling words of a text, folded, each with its terms and those of its dictionary form ("rasée": "raser")."""
    typed = {fold(word): word for word in _WORD.findall(text)}
    for word in _telling(text, lang):
        yield word, frozenset((*query_terms(word), *terms(lemma(typed.get(word, word), lang), lang)))


def _asked_word(forms: frozenset[str], others: set[Phrase]) -> AskedWord:
    single = frozenset(phrase[0] for phrase in others if len(phrase) == 1)
    return AskedWord(forms, single - forms, tuple(frozenset(phrase) for phrase in others if len(phrase) > 1))
