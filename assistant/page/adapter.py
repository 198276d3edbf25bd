"""A method in, a handler as Gradio calls it out; Gradio's own types are handed in by ``app.py``, which knows it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from inspect import isasyncgenfunction, isgeneratorfunction, signature
from typing import Any

from anyio import CancelScope, to_thread

from assistant.page.handlers import Changed
from assistant.server import request_ids
from assistant.server.visitor import Request, Visitor, visiting

Chosen = Callable[[Callable[..., Any], Visitor], AbstractContextManager[Callable[..., Any]]]
"""Gives the method of the visitor's page that is, of the first page, another."""
Update = Callable[..., Any]
"""Makes what Gradio takes for a change of a widget out of the properties that change."""


def adapted(
    method: Callable[..., Any], chosen: Chosen, event_type: type, request_type: type, update: Update
) -> Callable[..., Any]:
    """Return a method as Gradio calls it: with an event, a request and the values of widgets.

    The method gets what the event tells if it takes a ``deed``, else the values, and then the visitor.
    """
    takes_deed = "deed" in signature(method).parameters

    @contextmanager
    def called(event: Any, request: Request, values: tuple[Any, ...]) -> Iterator[Any]:
        visitor = visiting(request)
        with chosen(method, visitor) as own:
            yield own(*([event._data] if takes_deed else values), visitor)

    def once(event: Any, request: Request, *values: Any) -> Any:
        with request_ids.within(request_ids.of(request)), called(event, request, values) as shown:
            return _updates(shown, update)

    def growing(event: Any, request: Request, *values: Any) -> Iterator[Any]:
        with called(event, request, values) as shown:
            states = request_ids.each_within(request_ids.of(request), shown)
            yield from map(partial(_updates, update=update), states)

    async def awaited(event: Any, request: Request, *values: Any) -> AsyncIterator[Any]:
        lent = called(event, request, values)  # a page that is closed is opened in a thread, not in the event loop
        states = await to_thread.run_sync(lent.__enter__)
        try:
            async for shown in request_ids.each_awaited_within(request_ids.of(request), aiter(states)):
                yield _updates(shown, update)
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(lent.__exit__, None, None, None)

    # Gradio tells by the kind of function whether it goes on, and by the annotations what to fill in
    handler = growing if isgeneratorfunction(method) else awaited if isasyncgenfunction(method) else once
    handler.__annotations__ = {"event": event_type, "request": request_type}
    return handler


def _updates(shown: Any, update: Update) -> Any:
    """Return what is shown, in one widget or as a tuple in several, as Gradio takes it."""
    if isinstance(shown, tuple):
        return tuple(_updates(each, update) for each in shown)
    return update(**shown.properties) if isinstance(shown, Changed) else shown
