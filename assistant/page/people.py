"""What a visitor does with names: a deed in, the list of everybody, somebody's page or what was corrected out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from assistant.filters import number_in, person_filter
from assistant.page.correcting import correction_told
from assistant.page.correction_forms import what
from assistant.page.exports import SETS, as_html, people_csv, statements_csv
from assistant.page.notices import failed, notice
from assistant.page.people_list import SHOWN, people_list
from assistant.page.person_page import ARTICLES, STATEMENTS, NameForms, Portrait, Shown, person_page
from assistant.rendering.template import page_html
from assistant.server.failures import attempt, shown_on_failure
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import Texts, texts_of
from index.catalog import PersonFilter, StatementFilter
from index.errors import CorrectionRefused
from index.typography import words

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from index.corrections import Correction
    from index.models import KnownPerson

MOST_CHOSEN = 500
"""Articles and quotations in which a name can be made somebody else's at once."""
_QUOTATION = re.compile(r"(\w+)-(\d{1,9})-(\d{1,9})")


class PeopleReading:
    """Everybody whom the articles name, and the page of each; their names can be set right."""

    def __init__(self, workspace: Workspace, rates: Rates) -> None:
        self.workspace = workspace
        self.rates = rates

    @shown_on_failure("listing names", failed)
    def show(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return the names that pass the filter, or the page of the person who was chosen."""
        chosen = number_in(deed, "person")
        portrait = None if chosen is None else self._portrait(chosen, unquote(str(deed.get("called") or "")))
        if portrait:
            return self._page(portrait, deed, visitor)
        found = self.workspace.everyone(person_filter(deed))
        return people_list(found, number_in(deed, "shown") or SHOWN, visitor.lang, gone=chosen is not None)

    @shown_on_failure("exporting names", lambda self, deed, visitor: "")
    def export(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return a file of the names that pass the filter, or of what the person who was chosen says."""
        chosen = number_in(deed, "person")
        if chosen is None:
            made = people_csv(self.workspace.everyone(person_filter(deed)), visitor.lang)
        else:
            said = self.workspace.in_context(self.workspace.said(StatementFilter(person=chosen)))
            made = SETS.get(str(deed.get("format")), statements_csv)(said, visitor.lang)
        return as_html(made, time.monotonic_ns())

    def rename(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Let somebody go by another name in every article; return what was done, with a way back."""
        return self._corrected(self._renamed(deed, visitor), "rename", visitor)

    def split(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Let the name be somebody else's in the articles and quotations that are chosen; returns as ``rename``."""
        articles, said = _where(deed)
        if len(articles) + len(said) > MOST_CHOSEN:
            return notice("people.split_too_many", visitor.lang, most=MOST_CHOSEN)
        return self._corrected(self._told_apart(deed, visitor), "split", visitor)

    def _portrait(self, person_id: int, called: str) -> Portrait | None:
        """Return what is told of whoever has a number and is called so; else of somebody of that name, if any is.

        An address may be older than the catalog, in which its number is somebody else's.
        """
        portrait = self._told_of(self.workspace.person(person_id))
        if called and (portrait is None or words(called) not in portrait.names()):
            portrait = self._told_of(self._named(called))
        return portrait

    def _told_of(self, person: KnownPerson | None) -> Portrait | None:
        if person is None:
            return None
        said = self.workspace.said(StatementFilter(person=person.id))
        return Portrait(person, said, self.workspace.mentions(person.id))

    def _named(self, name: str) -> KnownPerson | None:
        """Return who is called exactly so, the most quoted of several."""
        return next(
            (one for one in self.workspace.everyone(PersonFilter(name)) if words(one.name) == words(name)), None
        )

    def _page(self, portrait: Portrait, deed: Mapping[str, Any], visitor: Visitor) -> str:
        shown = Shown(
            statements=number_in(deed, "statements") or STATEMENTS,
            articles=number_in(deed, "mentioned") or ARTICLES,
            oldest=deed.get("dates") == "oldest",
        )
        forms = self._forms(portrait, texts_of(visitor.lang)) if self.workspace.may("correct") else None
        return person_page(portrait, shown, visitor.lang, self.workspace.in_context, self.workspace.article, forms)

    def _forms(self, portrait: Portrait, texts: Texts) -> NameForms:
        own = portrait.names()
        renamed = (made for made in self.workspace.corrections() if made.kind == "rename")
        made = [each for each in renamed if own & {words(each.value or ""), words(each.name or "")}]
        return NameForms(self.workspace.speakers(), _lines(made, texts))

    def _corrected(self, corrections: Iterator[Correction], of: str, visitor: Visitor) -> str:
        """Make corrections of a name, ``of`` a kind; return what was done, and why no more was or nothing."""
        made: list[Correction] = []
        with attempt("correcting a name") as outcome:
            self.rates.count("add", visitor.person)
            for correction in corrections:
                made.append(correction)
        told = correction_told(outcome.error, of)
        if not made:
            return notice(told, visitor.lang)
        texts, now = texts_of(visitor.lang), self._named(made[0].value or "")
        partly = texts.get("people.partly", why=texts.get(told)) if outcome.error else ""
        return page_html("renamed", texts=texts, made=_lines(made, texts), now=now, partly=partly)

    def _renamed(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[Correction]:
        """Correct each form of a name: the one that most articles give in all of them, others where they stand.

        Raises:
            CorrectionRefused: nobody is called so, or the new name is none.
        """
        portrait, into = self._chosen(deed)
        name = portrait.person.name
        yield self.workspace.correcting().rename(name, into, None, visitor.person)
        for where, forms in portrait.forms().items():
            for form in forms:
                if words(form) not in (words(name), words(into)):
                    yield self.workspace.correcting().rename(form, into, where, visitor.person)

    def _told_apart(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[Correction]:
        """Correct each form of a name in the articles that are chosen, and the speaker of the quotations that are.

        Raises: see ``_renamed``.
        """
        portrait, into = self._chosen(deed)
        known, name = portrait.forms(), portrait.person.name
        articles, said = _where(deed)
        forms = [(at, form) for at in articles for form in known.get(at, [name]) if words(form) != words(into)]
        said = [each for each in said if each[0] not in articles]
        if not forms and not said:
            raise CorrectionRefused("articles: none is chosen, and no quotation. Choose where it is somebody else.")
        for where, form in forms:
            yield self.workspace.correcting().rename(form, into, where, visitor.person)
        for place in said:
            yield self.workspace.correcting().set_speaker(place, into, visitor.person)

    def _chosen(self, deed: Mapping[str, Any]) -> tuple[Portrait, str]:
        """Return what is told of the person whose name is corrected, and what it shall be."""
        person_id = number_in(deed, "person") or 0
        portrait = self._told_of(self.workspace.person(person_id))
        if portrait is None:
            raise CorrectionRefused(f"{person_id}: nobody has that number. Choose from the list.")
        return portrait, str(deed.get("into") or "")


def _where(deed: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, int, int]]]:
    """Return the articles that are chosen and the places of the quotations that are, each once."""
    articles, places = (dict.fromkeys(str(deed.get(name) or "").split()) for name in ("articles", "quotations"))
    given = (_QUOTATION.fullmatch(each) for each in places)  # each by itself: in a long text it would be slow to find
    return list(articles), [(each[1], int(each[2]), int(each[3])) for each in given if each]


def _lines(made: Iterable[Correction], texts: Texts) -> list[tuple[str, str]]:
    """Return what was corrected, the same once, with the numbers of the corrections that did it."""
    told: dict[str, list[str]] = {}
    for each in made:
        told.setdefault(what(each, texts), []).append(str(each.id))
    return [(" ".join(numbers), line) for line, numbers in told.items()]
