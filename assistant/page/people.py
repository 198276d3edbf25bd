"""What a visitor does with names: a deed in, the list of everybody, somebody's page or what was corrected out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

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


class PeopleReading:
    """Everybody whom the articles name, and the page of each; their names can be set right."""

    def __init__(self, workspace: Workspace, rates: Rates) -> None:
        self.workspace = workspace
        self.rates = rates

    @shown_on_failure("listing names", failed)
    def show(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return the names that pass the filter, or the page of the person who was chosen."""
        chosen = number_in(deed, "person")
        person = None if chosen is None else self.workspace.person(chosen)
        if person:
            return self._page(person, deed, visitor)
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
        return self._corrected(deed, "", visitor)

    def split(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Let the name be somebody else's in one article; return what was done, with a way back."""
        return self._corrected(deed, str(deed.get("article") or "?"), visitor)

    def _page(self, person: KnownPerson, deed: Mapping[str, Any], visitor: Visitor) -> str:
        said = self.workspace.said(StatementFilter(person=person.id))
        portrait = Portrait(person, said, self.workspace.mentions(person.id))
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
        return NameForms(self.workspace.speakers(), [(each.id, what(each, texts)) for each in made])

    def _corrected(self, deed: Mapping[str, Any], article_id: str, visitor: Visitor) -> str:
        made: list[Correction] = []
        into = str(deed.get("into") or "")
        with attempt("correcting a name") as outcome:
            self.rates.count("add", visitor.person)
            for correction in self._renaming(number_in(deed, "person") or 0, into, article_id, visitor):
                made.append(correction)
        if not made:
            return notice(correction_told(outcome.error, "split" if article_id else "rename"), visitor.lang)
        texts, name = texts_of(visitor.lang), made[0].value or ""
        now = next((one for one in self.workspace.everyone(PersonFilter(name)) if words(one.name) == words(name)), None)
        return page_html("renamed", texts=texts, made=[(each.id, what(each, texts)) for each in made], now=now)

    def _renaming(self, person_id: int, into: str, article_id: str, visitor: Visitor) -> Iterator[Correction]:
        """Correct each form of a name: the one that most articles give in all of them, others where they stand.

        Raises:
            CorrectionRefused: nobody is called so, or the new name is none.
        """
        person, correcting = self.workspace.person(person_id), self.workspace.correcting()
        if person is None:
            raise CorrectionRefused(f"{person_id}: nobody has that number. Choose from the list.")
        forms = {(each.article.id, each.name) for each in self.workspace.mentions(person_id)}
        if article_id:
            names = sorted({name for where, name in forms if where == article_id} or {person.name})
            for name in names:
                yield correcting.rename(name, into, article_id, visitor.person)
            return
        yield correcting.rename(person.name, into, None, visitor.person)
        for where, name in sorted(forms):
            if words(name) not in (words(person.name), words(into)):
                yield correcting.rename(name, into, where, visitor.person)
