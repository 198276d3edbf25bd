"""Who is meant: somebody whom a question names -> the speakers of the catalog."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.question import AskedPerson
from assistant.search.article_cache import CachedArticle
from assistant.search.name_words import is_persons, name_words
from assistant.search.offices import holds_office, office_of
from index.languages.data_files import languages
from index.languages.lexicon import lexicon
from index.languages.terms import terms
from index.models import KnownPerson
from index.typography import fold

_MANY = re.compile(
    r"(?:les|des|ces|nos|vos|leurs|mes|ses) "
    r"|(?!(?:le|la|un|une|mon|ma|son|sa) |l')(?:the |some )?(?:\w+ )*\w+[^\Wsui]s$"
)
_WOMAN = re.compile(r"la (?!victime|personne|star|vedette|recrue|sentinelle|figure|source|tete|voix)")
"""A function in the feminine, but for the words that men are called too."""


class SpeakerIndex:
    """The speakers of the catalog, found by a name or a part of it; kept up with the catalog, never built again.

    Args:
        speakers: their names.
        renamed: pairs of a name that readers corrected, and the one that they gave instead.
    """

    def __init__(self, speakers: Iterable[str] = (), renamed: Iterable[tuple[str, str]] = ()) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._holding: dict[str, set[str]] = defaultdict(set)  # the speakers whose names hold a word
        self._renamed: list[tuple[tuple[str, ...], str]] = []
        self.renew(((speaker, True) for speaker in speakers), renamed)

    def renew(self, changed: Iterable[tuple[str, bool]], renamed: Iterable[tuple[str, str]]) -> None:
        """Take up speakers who came, or went, each with whether they are quoted now; ``renamed``: see above."""
        for speaker, there in changed:
            words = name_words(speaker)
            if there:
                self._words[speaker] = words
            else:
                self._words.pop(speaker, None)
            for word in words:
                self._holding[word].add(speaker) if there else self._holding[word].discard(speaker)
        self._renamed = [(name_words(name), other) for name, other in renamed]

    def of(self, person: AskedPerson) -> set[str]:
        """The speakers that a question's person may be, by name; homonyms are all of them."""
        names = {person.name, *person.others} if person.known != "unknown" else {person.name}
        for former, other in self._renamed:
            names |= {other} if former in map(name_words, names) else set()
        return {speaker for name in names for speaker in self._sharing(name) if self.same(speaker, name)}

    def _sharing(self, name: str) -> set[str]:
        """The speakers who share a word with a name, as all do that may be one with it."""
        return set().union(*(self._holding.get(word, ()) for word in name_words(name)))

    def same(self, speaker: str, name: str) -> bool:
        """Tell whether a speaker's stored name and another name may be one: all words of one stand in the other.

        The last word must be shared, or the shorter name have several: "Ormancey" is "Ghislaine Ormancey",
        "Ghislaine" alone is not, nor is "l'équipe de Ghislaine Ormancey".
        """
        pairs = [(self._words.get(speaker) or name_words(speaker), speaker), (name_words(name), name)]
        (one, _), (other, long) = sorted(pairs, key=lambda pair: len(pair[0]))
        if not one or not set(one) <= set(other) or (one[-1] != other[-1] and len(one) == 1):
            return False
        return one == other or not _belongs(long, one[0], one[-1])


def _belongs(name: str, owner: str, last: str) -> bool:
    """Tell whether a name is that of something of its owner's: "l'équipe de Fillon", "Fillon's lawyer" is not Fillon.

    In English only who may speak: "Fillon's view" is his.
    """
    plain = fold(name)
    behind = rf"\b(?:de|du|des|d'|of|for)(?: la| le| les| l'| the)? ?{re.escape(owner)}\b"
    owned = re.search(rf"\b{re.escape(last)}'s? (.+)", plain)
    return bool(re.search(behind, plain)) or (owned is not None and is_persons(owned[1]))


def is_several(role: str) -> bool:
    """Tell whether a role is held by several together: "les habitants"."""
    return bool(_MANY.match(fold(role)))


def holders(role: str, called: Sequence[KnownPerson]) -> list[KnownPerson]:
    """Return those called by a role who may hold it ("la maire" is no man); nobody when several hold it together."""
    if is_several(role):
        return []
    woman = bool(_WOMAN.match(fold(role)))
    return [one for one in called if one.kind == "person" and not (woman and one.gender == "Masc")]


def has_role(cached: CachedArticle, speaker: str, role: str) -> bool:
    """Tell whether an article gives a speaker a function ("le maire de Morvillac"), beside the name or in it.

    Several ("les habitants") are nobody in particular: they speak only where they themselves are named ("un habitant").
    """
    wanted = set(name_words(role))
    name = name_words(speaker)
    if wanted <= set(name):
        return True
    if is_several(role):
        return any(set(terms(role, lang)) <= set(terms(speaker, lang)) for lang in languages())
    if _WOMAN.match(fold(role)) and lexicon(cached.article.lang).gender_of(speaker.split()[0]) == "Masc":
        return False
    office, where = office_of(role)
    # the office stands beside the name; where ("de Morvillac") may stand anywhere in the article
    return bool(office) and where <= cached.words and holds_office(cached.tokens, name[-1], office)
