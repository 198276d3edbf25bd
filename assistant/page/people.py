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
        return self._corrected(self._told_apart(deed, visitor), "split", visitor)

    def _portrait(self, person_id: int, called: str) -> Portrait | None:
        """Return what is told of whoever has a number and is called so; else of somebody of that name, if any is.

        An address may be older than the catalog, in which its number is somebody else's.
        """
        person, mentions = self.workspace.person(person_id), self.workspace.mentions(person_id)
        names = {words(each.name) for each in mentions} | ({words(person.name)} if person else set())
        if called and words(called) not in names:
            person = self._named(called)
            mentions = self.workspace.mentions(person.id) if person else []
        return Portrait(person, self.workspace.said(StatementFilter(person=person.id)), mentions) if person else None

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
        forms = None if self.workspace.read_only else self._forms(portrait, texts_of(visitor.lang))
        return person_page(portrait, shown, visitor.lang, self.workspace.in_context, self.workspace.article, forms)

    def _forms(self, portrait: Portrait, texts: Texts) -> NameForms:
        own = {words(name) for name in (portrait.person.name, *(each.name for each in portrait.mentions))}
        renamed = (made for made in self.workspace.corrections() if made.kind == "rename")
        made = [each for each in renamed if own & {words(each.value or ""), words(each.name or "")}]
        return NameForms(self.workspace.speakers(), _lines(made, texts))

    def _corrected(self, corrections: Iterator[Correction], of: str, visitor: Visitor) -> str:
        """Make corrections of a name, ``of`` a kind; return what was done, or why nothing was."""
        made: list[Correction] = []
        with attempt("correcting a name") as outcome:
            self.rates.count("add", visitor.person)
            for correction in corrections:
                made.append(correction)
        if not made:
            return notice(correction_told(outcome.error, of), visitor.lang)
        texts = texts_of(visitor.lang)
        return page_html("renamed", texts=texts, made=_lines(made, texts), now=self._named(made[0].value or ""))

    def _renamed(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[Correction]:
        """Correct each form of a name: the one that most articles give in all of them, others where they stand.

        Raises:
            CorrectionRefused: nobody is called so, or the new name is none.
        """
        person, forms, into = self._chosen(deed)
        yield self.workspace.correcting().rename(person.name, into, None, visitor.person)
        for where, name in sorted(forms):
            if words(name) not in (words(person.name), words(into)):
                yield self.workspace.correcting().rename(name, into, where, visitor.person)

    def _told_apart(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[Correction]:
        """Correct each form of a name in the articles that are chosen, and the speaker of the quotations that are.

        Raises: see ``_renamed``.
        """
        person, forms, into = self._chosen(deed)
        articles, said = str(deed.get("articles") or "").split(), _QUOTATION.findall(str(deed.get("quotations") or ""))
        if not articles and not said:
            raise CorrectionRefused("articles: none is chosen, and no quotation. Choose where it is somebody else.")
        for article_id in articles:
            for name in _names_in(article_id, forms) or [person.name]:
                yield self.workspace.correcting().rename(name, into, article_id, visitor.person)
        yield from self._given([each for each in said if each[0] not in articles], into, visitor)

    def _given(self, said: Iterable[tuple[str, str, str]], into: str, visitor: Visitor) -> Iterator[Correction]:
        for article_id, start, end in said:
            yield self.workspace.correcting().set_speaker((article_id, int(start), int(end)), into, visitor.person)

    def _chosen(self, deed: Mapping[str, Any]) -> tuple[KnownPerson, set[tuple[str, str]], str]:
        """Return the person whose name is corrected, the forms of it by article, and what it shall be."""
        person_id = number_in(deed, "person") or 0
        person = self.workspace.person(person_id)
        if person is None:
            raise CorrectionRefused(f"{person_id}: nobody has that number. Choose from the list.")
        forms = {(each.article.id, each.name) for each in self.workspace.mentions(person_id)}
        return person, forms, str(deed.get("into") or "")


def _names_in(article_id: str, forms: Iterable[tuple[str, str]]) -> list[str]:
    return sorted({name for where, name in forms if where == article_id})


def _lines(made: Iterable[Correction], texts: Texts) -> list[tuple[str, str]]:
    """Return what was corrected, the same once, with the numbers of the corrections that did it."""
    told: dict[str, list[str]] = {}
    for each in made:
        told.setdefault(what(each, texts), []).append(str(each.id))
    return [(" ".join(numbers), line) for line, numbers in told.items()]
