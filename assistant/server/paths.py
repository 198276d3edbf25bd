"""The addresses under which the page and its API are reached: all others are refused."""

from __future__ import annotations

import re

API = "/gradio_api"
UPLOAD = f"{API}/upload"
JOIN = f"{API}/queue/join"
FUNCTIONS = (
    "ask", "find_quotations", "search_articles", "count_list", "list_articles", "list_people", "list_mentions",
    "list_corrections", "list_feeds", "list_jobs", "add_article", "watch_feed", "check_feed", "unwatch_feed",
    "correct_quotation", "correct_name", "correct_article", "undo_correction",
)  # fmt: skip
"""What programs may call by name."""

_NAMES = "|".join(FUNCTIONS)
# All that the page and the programs use of what Gradio serves. Its other doors (files, proxies, recordings, its own
# editing and profiling) are refused, and so are the page's own handlers, which Gradio would let anybody call by name.
READ = re.compile(
    rf"/|/config/?|/theme\.css|/favicon\.ico|/robots\.txt|/manifest\.json|/pwa_icon(/\d+)?|/(assets|static|svelte)/.+"
    rf"|{API}/(info|openapi\.json|theme\.css|app_id|startup-events|upload_progress|queue/data)/?"
    rf"|{API}/heartbeat/\w+|{API}/call/(v2/)?({_NAMES})/\w+|{API}/mcp(/.*)?"
)
WRITTEN = re.compile(rf"{API}/(queue/join|cancel|reset|upload|mcp(/.*)?)/?|{API}/(call|call/v2|run|api)/({_NAMES})/?")
ITSELF = re.compile(rf"/config|{API}/(info|app_id|queue/data|heartbeat/\w+)")
"""What the page's own client (``itself``) asks for on its own account."""
CALLED = re.compile(rf"{API}/(call|call/v2|run|api)/(\w+)/?")
"""A function called by its name: how, and which."""
COLLECTED = re.compile(rf"{API}/call/(?:v2/)?\w+/(\w+)")
"""The answer to such a call, by the event's name."""
HEARTBEAT = re.compile(rf"{API}/heartbeat/(\w+)")
"""A window that says it is still open."""
HEALTH, READY, METRICS = "/health", "/ready", "/metrics"
"""What machines ask for outside the login."""
_KNOWN = (HEALTH, READY, METRICS, "/login", "/logout")
_PLACE = re.compile(rf"{API}/((?:call|run|api)/(?:v2/)?(?:{_NAMES})|[a-z_]+(?:/(?:join|data))?)|/[a-z]*")


def place(path: str) -> str:
    """Return what an address is for, without the names of windows, events and files in it."""
    known = READ.fullmatch(path) or WRITTEN.fullmatch(path)
    found = _PLACE.match(path) if known else None
    return found[0] if found else path if path in _KNOWN else "another"
