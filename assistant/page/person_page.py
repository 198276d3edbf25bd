"""What is known of somebody in, HTML for their page out: roles, days, statements by month, further mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.page.correction_forms import corrected_mark
from assistant.page.exports import SETS
from assistant.page.people_list import roles
from assistant.page.speaker_chart import days_of
from assistant.rendering.byline import Said, capital
from assistant.rendering.grouping import headline, together
from assistant.rendering.predicate import Predicate, predicates
from assistant.rendering.reference import FORMS, copied
from assistant.rendering.sentences import doubts, tongue
from assistant.rendering.template import page_html
from assistant.texts.catalogue import Texts, texts_of
from index.models import Article, ArticleCard, KnownPerson, Mention, Statement
from index.text.context import context_of
from index.typography import words

STATEMENTS = 50
"""How many statements are shown at first, and how many more at each click."""
ARTICLES = 20
"""How many articles that mention somebody are shown at first, and how many more at each click."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the articles tell of somebody.

    Attributes:
        said: what they say, the newest article's first.
        mentions: each place that names them, the newest article's first.
    """

    person: KnownPerson
    said: Sequence[Statement]
    mentions: Sequence[Mention]

    @property
    def articles(self) -> list[ArticleCard]:
        """The articles that name them, the newest first, each once."""
        named, quoting = [each.article for each in self.mentions], [each.article for each in self.said]
        return list({each.id: each for each in (*named, *quoting)}.values())

    def names(self) -> set[str]:
        """Return what they are called, as ``words``."""
        return {words(self.person.name), *(words(form) for forms in self.forms().values() for form in forms)}

    def forms(self) -> dict[str, list[str]]:
        """Return the forms of their name by the article that has them; readers give some that no place there names."""
        named = [(each.article.id, each.name) for each in self.mentions]
        quoted = [(each.article.id, each.quotation.speaker) for each in self.said if each.quotation.speaker]
        found: dict[str, dict[str, str]] = {}
        for where, form in [*quoted, *named]:
            found.setdefault(where, {})[words(form)] = form
        return {where: sorted(forms.values()) for where, forms in found.items()}

    def further(self) -> list[list[Mention]]:
        """Return the mentions in articles that do not quote them, by article."""
        quoting = {each.article.id for each in self.said}
        by_article = groupby(self.mentions, key=lambda each: each.article.id)
        return [list(places) for article_id, places in by_article if article_id not in quoting]

    def roles(self) -> list[tuple[str, Mention | None]]:
        """Return their roles as printed, each with the newest place that prints it; None: that was not kept."""
        printed = [(" ".join(each.words.split()), each) for each in self.mentions]
        return [(role, next((each for told, each in printed if role in told), None)) for role in roles(self.person)]


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a page is shown: statements, articles that mention; whether the oldest statement stands first."""

    statements: int = STATEMENTS
    articles: int = ARTICLES
    oldest: bool = False


@dataclass(frozen=True, slots=True)
class NameForms:
    """What readers may correct of a name.

    Attributes:
        known: names to choose from.
        made: what was corrected, in a line each, with the numbers of its corrections.
    """

    known: Sequence[str]
    made: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said at a time: its first statement, words as told, place, doubts, language if another, copies.

    ``places`` are those of all its quotations, to be chosen together: "<article>-<start>-<end> …".
    """

    statement: Statement
    places: str
    told: list[Predicate]
    where: str
    doubts: list[str]
    tongue: tuple[str, str] | None
    copies: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Mentioned:
    """An article that mentions somebody: the first place, its sentence in thirds, and how many places there are."""

    article: ArticleCard
    start: int
    end: int
    where: str
    before: str
    words: str
    after: str
    count: int


def person_page(
    portrait: Portrait,
    shown: Shown,
    lang: str,
    in_context: Callable[[Iterable[Statement]], list[Statement]],
    article: Callable[[str], Article],
    forms: NameForms | None = None,
) -> str:
    """Return the page of somebody.

    Args:
        portrait: what is told of them.
        shown: how much of it.
        lang: of the reader.
        in_context: adds to statements what stands around them.
        article: returns an article by its id.
        forms: what readers may correct; None: nothing.
    """
    texts, further = texts_of(lang), portrait.further()
    ordered = sorted(portrait.said, key=_by_day) if shown.oldest else portrait.said
    said = [_said(run.said, texts) for run in together(in_context(ordered[: shown.statements]))]
    months = [(month, list(of)) for month, of in groupby(said, key=lambda each: _month(each.statement, texts))]
    days, dots = days_of(portrait.said)
    values: Mapping[str, object] = {
        "person": portrait.person,
        "roles": portrait.roles(),
        "known": _known(portrait, texts),
        "said": len(portrait.said),
        "months": months,
        "days": days,
        "dots": dots,
        "shown": shown.statements,
        "step": STATEMENTS,
        "dates": "oldest" if shown.oldest else "newest",
        "formats": [(name, texts.get(f"formats.{name}")) for name in SETS],
        "further": len(further),
        "mentions": [_mentioned(places, article(places[0].article.id), texts) for places in further[: shown.articles]],
        "listed": shown.articles,
        "more_articles": ARTICLES,
        "correctable": forms is not None,
        "known_names": forms.known if forms else (),
        "made": forms.made if forms else (),
        "articles": [(each.id, _place(each, texts)) for each in portrait.articles],
    }
    return page_html("person_page", texts=texts, **values)


def _by_day(statement: Statement) -> tuple[bool, str]:
    day = statement.article.published
    return day is None, day.isoformat() if day else ""


def _month(statement: Statement, texts: Texts) -> str:
    day = statement.article.published
    return texts.month(day) if day else texts.get("people.undated")


def _known(portrait: Portrait, texts: Texts) -> list[str]:
    """Return what is known at a glance: how often, from when to when, in which outlets."""
    person, articles = portrait.person, portrait.articles
    days = sorted({each.published for each in articles if each.published})
    often = texts.get("people.in_articles", count=max(person.articles, len(articles)))
    told = [f"{texts.get('people.named', count=person.mentions)} {often}"]
    if days:
        first, last = texts.day(days[0]), texts.day(days[-1])
        told.append(first if first == last else texts.get("people.from_to", first=first, last=last))
    outlets = dict.fromkeys(each.source for each in articles if each.source)
    return [*told, texts.list(list(outlets))] if outlets else told


def _said(run: Sequence[Said], texts: Texts) -> _Said:
    said, lang = [each for each in run if isinstance(each, Statement)], tongue(run[0].article.lang, texts)
    places = (f"{each.article.id}-{each.quotation.start}-{each.quotation.end}" for each in said)
    first = said[0]
    corrected = corrected_mark(first.quotation, texts)
    doubtful = doubts(first, texts) + ([corrected] if corrected else [])
    copies = [(form, copied(run, texts, form)) for form in FORMS]
    return _Said(first, " ".join(places), predicates(run, texts), _place(first.article, texts), doubtful, lang, copies)


def _mentioned(places: Sequence[Mention], article: Article, texts: Texts) -> _Mentioned:
    first = places[0]
    start, end = context_of(article, first.start, first.end).sentence
    before, after = article.text[start : first.start], article.text[first.end : end]
    told = _place(first.article, texts)
    return _Mentioned(first.article, first.start, first.end, told, before, first.words, after, len(places))


def _place(article: ArticleCard, texts: Texts) -> str:
    """Return where something stands: "Le Fanal, 3 mars 2025 · Le port rouvre"."""
    return capital(headline(article, texts))
