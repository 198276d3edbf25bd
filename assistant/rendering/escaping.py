"""Foreign text in, the same text made inert for one kind of reader out: HTML, chat, Markdown, terminal or JSON."""

from __future__ import annotations

import html
import re

_NO_CHARACTERS = [
    *range(0xFDD0, 0xFDF0),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
]
# A browser drops or replaces these: a control character is shown by its picture, what is no character by U+FFFD.
_VISIBLE = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
    | {0x7F: 0x2421}
    | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
    | dict.fromkeys((*range(0xD800, 0xE000), *_NO_CHARACTERS), 0xFFFD)
)
# Signs that turn the direction of the text around them: a terminal, or an editor, then shows another order.
_TURNING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_LINE_ENDS = {0x2028: 0x2424, 0x2029: 0x2424}
_TERMINAL = _VISIBLE | dict.fromkeys(_TURNING, 0xFFFD) | _LINE_ENDS
_LINE = _TERMINAL | {ord("\t"): 0x2409, ord("\n"): 0x240A, ord("\r"): 0x240D}
_JSON = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *_LINE_ENDS, *_TURNING, *range(0xD800, 0xE000))}
_MARKDOWN = re.compile(
    r"""^\(                                  # the end of a link, should a number stand before
      | [`*~]                                # code, emphasis, strikethrough
      | (?<![^\W_])_ | _(?![^\W_])           # emphasis, but not inside a word
      | <(?=[A-Za-z/!?])                     # a tag, an automatic link
      | &(?=\#?\w+;)                         # an entity
      | \](?=[(\[:])                         # a link, a reference
      | \\(?=[!-/:-@\[-`{-~])                # an escape
    """,
    re.VERBOSE,
)

# A spreadsheet may take a cell that starts so for a formula, also after spaces it trims, also in full width.
_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠|%]")
_NOT_PLAIN = re.compile(r"[^\w ]|_|(?<!\w) | (?!\w)")
_BLOCK_START = re.compile(r"^(?:(\d+)(?=[.)]))?([-+#>=|.)])")


def visible(text: str) -> str:
    """Return the text with a visible character for each one that a page cannot show; the length stays."""
    return text.translate(_VISIBLE)


def for_terminal(text: str) -> str:
    """Return text that a terminal shows, and does not obey; tabs and ends of lines stay."""
    return re.sub(r"\r(?!\n)", "\u240d", text.translate(_TERMINAL))


def for_line(text: str) -> str:
    """Return text that a terminal shows in one line."""
    return text.translate(_LINE)


def for_json_line(dumped: str) -> str:
    """Return a line of JSON that means the same, whatever a terminal or a reader of lines takes for a command."""
    return dumped.translate(_JSON)


def for_cell(text: str) -> str:
    """Return text that a spreadsheet shows, and takes for no formula: such has an apostrophe before it."""
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def for_html(text: str) -> str:
    """Return text that HTML shows as it is, in an element or in a quoted attribute."""
    return html.escape(visible(text)).replace("\r", "&#13;")


def for_chat(text: str) -> str:
    """Return text that a chat message shows as it is.

    A message is read as Markdown, then as HTML, then searched for formulas: no character that could mean
    something to one of them is left. Letters, digits and lone spaces between them stay as they are.
    """
    return _NOT_PLAIN.sub(lambda found: f"&#{ord(found[0])};", visible(text))


def from_chat(text: str) -> str:
    """Return what ``for_chat`` was given."""
    return html.unescape(text)


def for_markdown(text: str) -> str:
    r"""Return text that Markdown shows as it is inside a line; line breaks become spaces.

    Only what would be read as markup is escaped, so that ordinary prose stays as the article prints it.
    """
    line = re.sub(r"(?<!\s)\s*[\n\r]\s*", " ", visible(text))
    return _MARKDOWN.sub(lambda found: "\\" + found[0], line)


def as_paragraph(line: str) -> str:
    """Return a line of Markdown that begins no list, heading, rule, quotation, table or code block."""
    return _BLOCK_START.sub(lambda found: f"{found[1] or ''}\\{found[2]}", line.strip())
