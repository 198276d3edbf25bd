"""What a WordPress export (WXR) is beside a feed: entries that are no posts, posts without paragraphs, authors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

_POSTS = frozenset({"post", "page"})
_PUBLISHED = frozenset({"publish", "private", ""})
_NAMESPACE = re.compile(rb"xmlns:wp\s*=\s*[\"']http://wordpress\.org/export/([\d.]+)/")
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|blockquote|table|figure|pre)\b", re.I)
_SHORTCODE = re.compile(r"\[/?[a-z][\w-]{1,30}(?:\s[^\[\]]{0,500})?/?\]", re.I)
_BETWEEN = re.compile(r"\n\s*\n")


def is_post(entry: Any) -> bool:
    """Tell whether an entry is a post or a page that was published: no menu, picture, draft or older version."""
    return entry.get("wp_post_type", "post") in _POSTS and entry.get("wp_status", "") in _PUBLISHED


def is_draft(entry: Any) -> bool:
    """Tell whether an entry is a post that was not published."""
    return entry.get("wp_post_type") in _POSTS and not is_post(entry)


def as_html(content: str) -> str:
    """Return a post's content with its shortcodes left out, and paragraphs where blank lines part them.

    Posts of the old editor have no elements for paragraphs: WordPress makes them when it shows the post.
    """
    content = _SHORTCODE.sub("", content.replace("\r\n", "\n"))
    if _BLOCK.search(content):
        return content
    return "".join(
        f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in _BETWEEN.split(content) if part.strip()
    )


def authors(data: bytes) -> Mapping[str, str]:
    """Return the names under which authors are shown, by those with which they log in."""
    match = _NAMESPACE.search(data[:10_000])
    if match is None:
        return {}
    space = f"{{http://wordpress.org/export/{match[1].decode()}/}}"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    found = [] if tree is None else tree.iter(f"{space}author")
    named = {
        author.findtext(f"{space}author_login"): author.findtext(f"{space}author_display_name") for author in found
    }
    return {login: name for login, name in named.items() if login and name}
