"""Who takes part in a dialogue: the label before a turn -> the person whom the text names in full elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.models import Article, Person
from index.quotations.transcripts.labels import INITIALS, Label, capitals_of
from index.quotations.transcripts.vocabulary import Vocabulary
from index.typography import fold, shadow

_SURE, _LIKELY = 1.0, 0.9
_APPOSED = re.compile(r"(?:,| \()\s?([^\W\d_][^,.;:()\n]{1,80})")
_NAME_AFTER = re.compile(r"\s*:?\s*((?:[^\W\d_][\w'’.-]*\s+){0,5}[^\W\d_][\w'’-]*)")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the name shown, and how probable it is, 0 to 1."""

    name: str
    confidence: float = _SURE
    gender: str = ""
    alternative: str | None = None


class Participants:
    """The people of one text, by whom its labels are resolved.

    Args:
        article: the text, with its outlet and author.
        people: whom the ordinary reading found in it.
        labels: those of its turns.
        begins: where the first turn begins.
    """

    def __init__(
        self, article: Article, people: Sequence[Person], labels: Sequence[Label], begins: int, vocabulary: Vocabulary
    ) -> None:
        self._article, self._people, self._begins, self._vocabulary = article, people, begins, vocabulary
        self._known: dict[str, Voice] = {}
        self._by_word: dict[str, list[str]] = {}
        self._voices: dict[tuple[str, str], Voice] = {}
        self._roles: dict[str, list[str]] = {}
        for person in people:
            if person.kind == "person" and not INITIALS.fullmatch(person.name):
                # Roles that stand in the turns alone are most often of somebody whose turn is near.
                roles = [role for role in person.roles if role in article.text[:begins]]
                roles += self._roles_behind(person)
                self._note(person.name, person.gender, roles)
        self._letters = {label.start for label in labels if label.kind in ("asking", "answering")}
        for label in labels:
            self._note_label(label)

    def _roles_behind(self, person: Person) -> Iterator[str]:
        """Yield what stands behind a name before the turns: "Étienne Garcin, préfet", "Ruth Aldane (Chair)"."""
        for start, end in person.mentions:
            behind = _APPOSED.match(self._article.text, end, self._begins) if start < self._begins else None
            if behind and self._vocabulary.has("roles.any", behind[1].split()[0]):
                yield behind[1]

    def _note_label(self, label: Label) -> None:
        """Keep the whole name that a label gives, and the role behind it."""
        title, name = self._parted(label.name)
        if label.kind in ("titled", "person") and " " in name and name[:1].isupper():
            self._note(name, self._vocabulary.gender(title, name.split()[0]), (label.role,) if label.role else ())

    def voice(self, label: Label) -> Voice:
        """Return who a label stands for; as it is written when the text does not name them in full."""
        key = label.name, label.kind
        if key not in self._voices:
            self._voices[key] = self._voice(label)
        return self._voices[key]

    def _voice(self, label: Label) -> Voice:
        title, name = self._parted(label.name)
        if label.kind == "answering" and self.interviewed:
            return self.interviewed
        if label.kind == "initials":
            return self._of_initials(name) or self._of_name("", name) or Voice(name)
        if label.kind == "voice":
            return Voice(label.name)
        office = self._of_office(label, title, name) if label.kind in ("role", "titled") else None
        return office or self._of_name(title, name) or Voice(calm(name), gender=self._vocabulary.gender(title, ""))

    def text_of(self, span: tuple[int, int]) -> str:
        """Return the words of a span of the text."""
        return self._article.text[span[0] : span[1]]

    @cached_property
    def interviewed(self) -> Voice | None:
        """Return who answers the questions: whom the text before them says is interviewed, or names alone or most."""
        whole = self._whole_names()
        heads = [p for p in whole if _times_named(p, self._begins)]
        titled = [p for p in heads if _times_named(p, len(self._article.title))]
        for group in (self._announced(whole), titled, heads):
            if len(group) == 1:
                return Voice(group[0].name, gender=group[0].gender)
        return self._named_most(heads)

    @cached_property
    def testify(self) -> bool:
        """Whether the text before the turns says that they are a witness's; else answers of nobody are a form's."""
        head = fold(self._article.text[: self._begins])
        return any(re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", head) for sign in self._vocabulary.testimony)

    def _whole_names(self) -> list[Person]:
        """Return the people whom the text names in full, but for those who ask, and a "Q. Alone" that is no name."""
        askers = {fold(name) for name in self.askers}
        persons = [p for p in self._people if p.kind == "person" and " " in p.name]
        persons = [p for p in persons if self._letters.isdisjoint(start for start, _ in p.mentions)]
        return [p for p in persons if fold(p.name) not in askers]

    def _announced(self, persons: Sequence[Person]) -> list[Person]:
        """Return the first whom the text before the turns says is interviewed."""
        names = [fold(n) for n in self._named_after(self._vocabulary.interviewed, self._article.text[: self._begins])]
        return [p for p in persons if any(_same_name(fold(p.name), name) for name in names)][:1]

    def _named_most(self, heads: Sequence[Person]) -> Voice | None:
        """Return whom the text before the questions names most often, None when it names two as often."""
        first, second, *_ = [*sorted(heads, key=lambda p: -_times_named(p, self._begins)), None, None]
        if first is None or second is None or _times_named(first, self._begins) == _times_named(second, self._begins):
            return None
        return Voice(first.name, confidence=_LIKELY, gender=first.gender, alternative=second.name)

    @cached_property
    def askers(self) -> list[str]:
        """The names of those who ask, as a credit line tells them, or the article's author."""
        told = self._named_after(self._vocabulary.interviewers, self._article.text)
        return told + ([self._article.author] if self._article.author else [])

    def is_asker(self, label: Label) -> bool:
        """Tell whether a label is of the outlet or of the one who asks for it."""
        key = fold(self._parted(label.name)[1])
        outlet = fold(self._article.source or "")
        names = [fold(name) for name in self.askers]
        if outlet and (key == outlet or is_short_for(label, outlet)):
            return True
        return any(_same_name(name, key) or is_short_for(label, name) for name in names)

    def _note(self, name: str, gender: str, roles: Iterable[str]) -> None:
        shown = calm(self._parted(name)[1] or name)
        key = fold(shown)
        if key not in self._known:
            self._known[key] = Voice(shown, gender=gender)
            for word in {key.split()[0], key.split()[-1]}:
                self._by_word.setdefault(word, []).append(key)
        for role in roles:
            self._roles.setdefault(key, []).append(fold(role))

    def _parted(self, name: str) -> tuple[str, str]:
        """Return the titles before a name, and the name."""
        words = name.split()
        titles = 0
        while titles < len(words) - 1 and self._vocabulary.has("names.titles", words[titles]):
            titles += 1
        return " ".join(words[:titles]).split(" ")[-1], " ".join(self._behind_office(words[titles:]))

    def _behind_office(self, words: Sequence[str]) -> Sequence[str]:
        """Return the surname in capitals behind an office: "FERRAND" of "le maire adjoint FERRAND"; else all words."""
        at = next((n for n, word in enumerate(words) if word.isupper() and len(word) > 1), 0)
        before, behind = words[:at], words[at:]
        offices = [any(self._vocabulary.has("roles.any", word) for word in part) for part in (before, behind)]
        return behind if offices == [True, False] and behind[-1].isupper() else words

    def _of_name(self, title: str, name: str) -> Voice | None:
        key = fold(name)
        if key in self._known:
            longer = self._longer(key, self._vocabulary.gender(title, ""))
            return longer[0] if len(longer) == 1 else self._known[key] if not longer else None
        longer = self._longer(key, self._vocabulary.gender(title, ""))
        if len(longer) > 1:
            return Voice(calm(name))
        return longer[0] if longer else None

    def _longer(self, key: str, gender: str) -> list[Voice]:
        """Return the people whose full name ends with a surname, or begins with a first name."""
        near = self._by_word.get((key.split() or [""])[-1], [])
        fit = [self._known[known] for known in near if known != key and _same_name(known, key)]
        return [v for v in fit if not gender or v.gender in ("", gender)]

    def _of_office(self, label: Label, title: str, name: str) -> Voice | None:
        """Return who holds an office ("LA MAIRE", "M. le ministre"); the office itself when nobody is known to."""
        words = name.split()
        bare = self._vocabulary.without_article(words)
        gender = self._vocabulary.gender(title, "") or self._vocabulary.gender_of_article(words[0])
        office = self._office_words(bare)
        fit = [holder for holder in self._holders(office) if not gender or holder.gender in ("", gender)]
        if len(fit) == 1:
            return fit[0]
        return Voice(label.name, gender=gender) if bare != words or label.kind == "role" else None

    def _office_words(self, words: Sequence[str]) -> list[str]:
        """Return the folded words of an office without articles within it."""
        parts = re.split(r"[\s'’]+", fold(" ".join(words)))
        return [part for part in parts if part and part not in self._vocabulary.articles]

    def _holders(self, office: Sequence[str]) -> list[Voice]:
        """Return those of whom the text tells an office."""
        return [self._known[key] for key, roles in self._roles.items() if any(_is_role(office, r) for r in roles)]

    def _of_initials(self, name: str) -> Voice | None:
        wanted = _letters(name)
        fit = {v.name: v for v in self._known.values() if "".join(capitals_of(v.name.split())).lower() == wanted}
        return next(iter(fit.values())) if len(fit) == 1 else None

    def _named_after(self, openings: Sequence[str], text: str) -> list[str]:
        """Return the capitalised names that stand right behind some words."""
        plain = shadow(text)
        low = fold_in_place(plain)
        found = []
        for opening in openings:
            for match in re.finditer(rf"(?<!\w){re.escape(opening)}", low):
                after = _NAME_AFTER.match(plain, match.end())
                if after:
                    found.append(" ".join(_name_words(after[1].split(), self._vocabulary)))
        return [name for name in found if name]


def _times_named(person: Person, end: int) -> int:
    """Return how often a person is named before a place in the text."""
    return sum(start < end for start, _ in person.mentions)


def is_short_for(label: Label, name: str) -> bool:
    """Tell whether a label is the initials of a name, its particles among them or not."""
    words = re.findall(r"[^\W\d_]+", name)
    spelt = ("".join(word[0] for word in words), "".join(capitals_of(words)))
    return label.kind == "initials" and _letters(label.name) in [fold(letters) for letters in spelt]


def names_speaker(text: str, voice: Voice) -> bool:
    """Tell whether words name somebody by their surname, as nobody names himself."""
    return bool(re.search(rf"(?<!\w){re.escape(fold(voice.name).split()[-1])}(?!\w)", fold(text)))


def calm(name: str) -> str:
    """Return a name without words that are printed in capitals: "Anne COUDRAY" -> "Anne Coudray"."""
    words = name.split()
    return " ".join(w.title() if w.isupper() and len(w.strip(".")) > 1 and "." not in w else w for w in words)


def fold_in_place(text: str) -> str:
    """Return a text in small letters without accents, one character for one."""
    return "".join(folded if len(folded := fold(c)) == 1 else c for c in text)


def _same_name(whole: str, part: str) -> bool:
    words, wanted = whole.split(), part.split()
    return bool(wanted) and (words[-len(wanted) :] == wanted or (len(wanted) == 1 and words[0] == wanted[0]))


def _is_role(words: Sequence[str], role: str) -> bool:
    return bool(words) and role.split()[: len(words)] == list(words)


def _letters(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalpha())


def _name_words(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    kept: list[str] = []
    for word in words:
        bare = word.strip(".,;:")
        if not (bare[:1].isupper() or (kept and vocabulary.has("grammar.particles", bare))):
            break
        if not vocabulary.has("names.titles", word):
            kept.append(bare)
        if bare != word and "." not in bare:
            break
    while kept and kept[-1][:1].islower():
        kept.pop()
    return kept
