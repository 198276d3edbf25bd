"""Calls of functions and of the page's handlers: what is called, with which values, and how a failure is reported."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, get_args, get_type_hints

from starlette.types import Message, Send

from assistant.server.paths import CALLED, JOIN
from assistant.server.refusals import Refused

FAILED = "That failed here, not at your side. Whoever runs Dixit finds the reason in its log."
"""What a program gets to read when the failure is not its fault."""

_TOLD: dict[Any, str] = {str: "a text", int: "a whole number", list: "a list of texts", bool: "true or false"}
_FAR = 10**12
_MISSING = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class _Taken:
    """One parameter of a function: ``kind`` is str, int, bool or list (of texts)."""

    name: str
    kind: type
    default: Any

    def fits(self, value: Any) -> bool:
        """Tell whether a value of JSON is one of this parameter's."""
        if value is None:
            return self.default is not _MISSING
        if self.kind is int:
            return isinstance(value, (int, float)) and not isinstance(value, bool) and value in range(-_FAR, _FAR)
        if self.kind is list:
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        return isinstance(value, self.kind)


@dataclass(frozen=True, slots=True)
class _Function:
    name: str
    parameters: tuple[_Taken, ...]

    def filled(self, values: Sequence[Any]) -> list[Any]:
        """Return values for all parameters; those left out, or null, are what they are by default.

        Raises:
            Refused: there are more, fewer or other ones than the function takes.
        """
        if len(values) > len(self.parameters):
            listed = ", ".join(each.name for each in self.parameters)
            raise Refused(
                400, f"{self.name} takes at most {len(self.parameters)} values ({listed}), not {len(values)}."
            )
        given = [*values, *[None] * (len(self.parameters) - len(values))]
        for each, value in zip(self.parameters, given, strict=True):
            if not each.fits(value):
                raise Refused(400, f"{self.name}: {each.name} is {_kind(value)}. Give {_TOLD[each.kind]}.")
        return [each.default if value is None else value for each, value in zip(self.parameters, given, strict=True)]

    def ordered(self, named: Mapping[str, Any]) -> list[Any]:
        """Return values by name in the parameters' order.

        Raises:
            Refused: a name is not one of a parameter.
        """
        known = [each.name for each in self.parameters]
        for name in named:
            if name not in known:
                raise Refused(400, f"{self.name} has no parameter {name[:100]!r}. It takes: {', '.join(known)}.")
        return [named.get(name) for name in known]


class Calls:
    """Knows what can be called, and with what."""

    def __init__(self, functions: Iterable[Callable[..., Any]], handlers: Mapping[int, tuple[str, int]]) -> None:
        """Take what programs may call, and of each handler of the page, by its number, its name and how many values."""
        self._functions = {each.__name__: _function(each) for each in functions}
        self._handlers = handlers

    def checked(self, path: str, body: Any) -> Any:
        """Return the body of a request with the values that it leaves out.

        Raises:
            Refused: nothing is called so, or not with such values.
        """
        if not isinstance(body, dict):
            raise Refused(400, "The body is no JSON object. Send one, as docs/api.md shows.")
        if called := CALLED.fullmatch(path):
            function = self._functions.get(called[2])
            if function is None:
                raise Refused(404, f"There is no function {called[2][:100]!r}.")
            if called[1] == "call/v2":
                filled = function.filled(function.ordered(body))
                return {each.name: value for each, value in zip(function.parameters, filled, strict=True)}
            # a number in the body would be believed before the name
            return {"data": function.filled(_values(body))} | _session(body)
        return self._joined(body) if path.rstrip("/") == JOIN else body

    def _joined(self, body: dict[str, Any]) -> dict[str, Any]:
        number = body.get("fn_index")
        if not isinstance(number, int) or number not in self._handlers:
            raise Refused(404, "There is no function of that number.")
        if not _session(body):
            raise Refused(400, "The call names no session. Send a session_hash, a text.")
        (name, count), values = self._handlers[number], _values(body)
        if function := self._functions.get(name):
            return body | {"data": function.filled(values)}
        if len(values) != count:
            raise Refused(400, f"This handler of the page takes {count} values, not {len(values)}.")
        return body


def told(send: Send) -> Send:
    """Return what sends the answer of a direct call: what its sender did wrong is reported as such, in one line."""
    started: list[Message] = []

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == HTTPStatus.INTERNAL_SERVER_ERROR:
            started.append(message)
        elif started:
            status, body = _failure(message.get("body", b""))
            length = (b"content-length", str(len(body)).encode())
            headers = [each for each in started[0]["headers"] if each[0].lower() != b"content-length"]
            await send({**started[0], "status": status, "headers": [*headers, length]})
            await send({"type": "http.response.body", "body": body})
        else:
            await send(message)

    return sending


def _failure(body: bytes) -> tuple[int, bytes]:
    try:
        error = json.loads(body).get("error")
    except (ValueError, AttributeError):
        error = None
    line = error if isinstance(error, str) and error else FAILED
    return 500 if line == FAILED else 400, json.dumps({"error": line, "detail": line}).encode()


def _values(body: Mapping[str, Any]) -> list[Any]:
    values = body.get("data")
    if not isinstance(values, list):
        raise Refused(400, 'The values are no list. Send {"data": [...]}.')
    return values


def _session(body: Mapping[str, Any]) -> dict[str, str]:
    session = body.get("session_hash")
    return {"session_hash": session} if isinstance(session, str) and session else {}


def _function(endpoint: Callable[..., Any]) -> _Function:
    hints = get_type_hints(endpoint)
    return _Function(
        endpoint.__name__,
        tuple(
            _Taken(name, _kind_of(hints[name]), parameter.default)
            for name, parameter in inspect.signature(endpoint).parameters.items()
        ),
    )


def _kind_of(hint: Any) -> type:
    if hint in (str, int, bool):
        return hint  # type: ignore[no-any-return]
    if list[str] in (hint, *get_args(hint)):
        return list
    raise TypeError(
        f"A parameter of a function for programs is of type {hint}: calls know texts, numbers, lists and yes or no."
    )


def _kind(value: Any) -> str:
    """Return what a value of JSON is; not the value, which may be anything."""
    kinds = {
        bool: "true or false",
        str: "a text",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), "missing")
