"""Foreign text in, the same text made inert for one kind of page out: HTML, chat message or Markdown."""

from __future__ import annotations

import html
import re

# A browser drops or replaces these: a control character is shown by its picture, half a character by U+FFFD.
_VISIBLE = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
    | {0x7F: 0x2421}
    | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
    | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
)
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

_NOT_PLAIN = re.compile(r"[^\w ]|_|(?<!\w) | (?!\w)")
_BLOCK_START = re.compile(r"^(?:(\d+)(?=[.)]))?([-+#>=|.)])")


def visible(text: str) -> str:
    """Return the text with a visible character for each one that a page cannot show; the length stays."""
    return text.translate(_VISIBLE)


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
    line = re.sub(r"\s*[\n\r]\s*", " ", visible(text))
    return _MARKDOWN.sub(lambda found: "\\" + found[0], line)


def as_paragraph(line: str) -> str:
    """Return a line of Markdown that begins no list, heading, rule, quotation, table or code block."""
    return _BLOCK_START.sub(lambda found: f"{found[1] or ''}\\{found[2]}", line.strip())
