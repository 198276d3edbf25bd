"""The name of a template in ``templates/`` and its values in, HTML out.

Every value that a template prints is escaped, without the template asking for it: for the page, or, more strictly, for
a chat message. What is escaped already (the result of a macro) is not escaped twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from assistant.rendering.escaping import for_chat, for_html

Escape = Callable[[str], str]

_LINE_BREAK = re.compile(r"(\{[{%#].*?[}%#]\})|[ \t]*\n[ \t]*", re.DOTALL)


def page_html(template: str, **values: object) -> str:
    """Return a part of the page.

    Raises:
        jinja2.UndefinedError: the template prints a value that is not given.
        TypeError: it prints None.
    """
    return _environment(for_html).get_template(f"{template}.html").render(values)


def chat_html(template: str, **values: object) -> str:
    """Return a part of a chat message, which is read as Markdown before it is read as HTML; see ``page_html``."""
    return _environment(for_chat).get_template(f"{template}.html").render(values)


@cache
def _environment(escape: Escape) -> Environment:
    def escaped(value: object) -> Markup:
        if value is None:
            raise TypeError("None would be printed. Give a value, or let the template ask whether there is one.")
        return value if isinstance(value, Markup) else Markup(escape(str(value)))

    environment = Environment(
        loader=PackageLoader("assistant.rendering", "templates"),
        autoescape=True,  # so that what a macro returns counts as escaped
        finalize=escaped,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=[_LineBreaks],
    )
    environment.filters["in_address"] = partial(quote, safe="", errors="replace")
    return environment


class _LineBreaks(Extension):
    """Drops a template's line breaks and indentation: where words stand apart, a space stands within a line."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        # A break goes into a comment, so that errors tell the right line.
        return _LINE_BREAK.sub(lambda found: found[1] or "{#\n#}", source)
