"""What a visitor does in, what the widgets show out; ``app.py`` has Gradio call these and shows what they return.

A method takes the widgets' values, or as ``deed`` what an event of the page's script tells, and then the visitor. What
it shows in several widgets it returns as a tuple. One that goes on is a generator.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from anyio import to_thread

from assistant.members import Role
from assistant.page.controller import ConversationView, PageController
from assistant.page.header import header
from assistant.page.notices import notice
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import texts_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A widget as it stands but for some properties, by the names that Gradio gives them."""

    properties: Mapping[str, object] = field(default_factory=dict)


UNCHANGED = Changed()


@dataclass(frozen=True, slots=True)
class Label:
    """What a widget is called.

    Attributes:
        keys: the entry of the words for each of its properties.
        needed: it is there for those who may do this.
    """

    keys: Mapping[str, str]
    needed: Role = "read"


class Handlers:
    """The handlers of the page that do more than one thing of the controller's."""

    def __init__(self, controller: PageController, labels: list[Label] | None = None) -> None:
        self.controller = controller
        self.labels: list[Label] = [] if labels is None else labels
        """Of each widget that has labels."""

    def over(self, controller: PageController) -> Handlers:
        """Return the handlers of another page with the same widgets."""
        return Handlers(controller, self.labels)

    def greet(self, visitor: Visitor) -> tuple[Any, ...]:
        """Return what a visitor finds: the header, an empty panel, what there is to filter, what was said so far."""
        return (
            header(visitor.lang, visitor.workspace, self.controller.workspaces(visitor)),
            notice("panel.empty", visitor.lang),
            *self.controller.forms(visitor),
            *self.controller.conversation(visitor),
        )

    def relabel(self, visitor: Visitor) -> tuple[Changed, ...]:
        """Return the widgets as they are for the visitor: in the language that was chosen, without what may not be."""
        return tuple(self._relabelled(label, visitor) for label in self.labels)

    def _relabelled(self, label: Label, visitor: Visitor) -> Changed:
        changed: dict[str, object] = {}
        if visitor.lang != visitor.browser_lang:
            texts = texts_of(visitor.lang)
            changed = {name: texts.get(f"page.{key}") for name, key in label.keys.items()}
        if not self.controller.workspace.may(label.needed):
            changed["visible"] = False
        return Changed(changed) if changed else UNCHANGED

    async def follow(self, visitor: Visitor) -> AsyncIterator[tuple[Any, ...]]:
        """Show what was added, and go on while more is being added; then what depends on it."""
        unchanged, goes_on = (UNCHANGED,) * 4, False
        yield await to_thread.run_sync(self.controller.adding.results, visitor), *unchanged
        async for told in self.controller.adding.follow(visitor):
            goes_on = True
            yield told, *unchanged
        if goes_on:
            yield UNCHANGED, *await to_thread.run_sync(self.refresh, visitor)

    def refresh(self, visitor: Visitor) -> tuple[str, ...]:
        """Return what depends on the articles that there are: filters (the lists follow), questions to click."""
        return *self.controller.forms(visitor), self.controller.conversation(visitor)[1]

    def ask(self, question: str, visitor: Visitor) -> Iterator[tuple[Any, ...]]:
        """Answer a question."""
        yield from self._answering(self.controller.ask(question, visitor), visitor)

    def ask_clicked(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[tuple[Any, ...]]:
        """Answer the question that was clicked."""
        yield from self._answering(self.controller.ask_clicked(deed, visitor), visitor)

    def retry(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[tuple[Any, ...]]:
        """Answer a question of the conversation anew."""
        yield from self._answering(self.controller.retry(deed, visitor), visitor)

    def take_as_it_stands(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[tuple[Any, ...]]:
        """Answer a question of the conversation by itself."""
        yield from self._answering(self.controller.take_as_it_stands(deed, visitor), visitor)

    def _answering(self, growing: Iterable[ConversationView], visitor: Visitor) -> Iterator[tuple[Any, ...]]:
        """Yield a growing conversation; the box is empty and shows Stop from its first state to its last."""
        texts = texts_of(visitor.lang)
        box = Changed({"value": "", "submit_btn": False, "stop_btn": texts.get("page.stop")})
        for messages, questions in growing:
            yield messages, questions, box
            box = UNCHANGED
        if not self.controller.answering(visitor):
            yield UNCHANGED, UNCHANGED, Changed({"submit_btn": texts.get("page.send"), "stop_btn": False})

    async def add_samples(self, visitor: Visitor) -> AsyncIterator[str]:
        """Add the sample articles; yields what became of each so far."""
        async for told in self.controller.adding.add_samples(visitor):
            yield told

    async def add_files(self, paths: list[str] | None, visitor: Visitor) -> AsyncIterator[str]:
        """Add files one by one; yields what became of each so far."""
        async for told in self.controller.adding.add_files(paths or [], visitor):
            yield told

    async def add_addresses(self, written: str, visitor: Visitor) -> AsyncIterator[tuple[str, str]]:
        """Add what stands at addresses; yields what became of each so far, the field is emptied."""
        async for told in self.controller.adding.add_addresses(written, visitor):
            yield told, ""

    async def look_at_feeds(self, deed: Mapping[str, Any], visitor: Visitor) -> AsyncIterator[tuple[Any, ...]]:
        """Watch feeds, or look at one now; yields what became of their entries so far, then the feeds watched."""
        async for told in self.controller.feeds.look(deed, visitor):
            yield told, UNCHANGED
        yield UNCHANGED, await to_thread.run_sync(self.controller.feeds.show, visitor)

    async def add_text(self, title: str, text: str, visitor: Visitor) -> AsyncIterator[tuple[Any, ...]]:
        """Add a pasted text; the fields are emptied when it went in."""
        states, went_in = self.controller.adding.add_text(title, text, visitor)
        async for told in states:
            yield told, *["" if went_in.is_set() else UNCHANGED] * 2
