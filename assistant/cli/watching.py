"""``dixit watch``: feeds that are looked at on a schedule, their new entries added."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from assistant.cli.adding import print_results
from assistant.cli.command import as_json, catalog_of, dixit, workspace_of
from assistant.rendering.terminal import write_json, write_line
from assistant.settings import Settings
from index.reason import Reason

if TYPE_CHECKING:
    from index.feeds.models import WatchedFeed


@dixit.group()
def watch() -> None:
    """Watch feeds (RSS, Atom): the open page looks at each every DIXIT_FEED_MINUTES, `dixit watch check` at once."""


@watch.command()
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@as_json
@click.pass_obj
def add(settings: Settings, addresses: tuple[str, ...], as_json: bool) -> None:
    """Watch the feed at each ADDRESS; what stands in it now is added at once."""
    with workspace_of(settings) as workspace:
        watching = workspace.feed_watching()
        refused = sum(print_results(watching.watch(address), as_json) for address in addresses)
    sys.exit(1 if refused else 0)


@watch.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS...]")
@as_json
@click.pass_obj
def check(settings: Settings, addresses: tuple[str, ...], as_json: bool) -> None:
    """Look at the feed at each ADDRESS, or at all that are watched, and add what is new."""
    with workspace_of(settings) as workspace:
        watching = workspace.feed_watching()
        wanted = addresses or [feed.address for feed in watching.feeds()]
        refused = sum(print_results(watching.check(address), as_json) for address in wanted)
    sys.exit(1 if refused else 0)


@watch.command()
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.pass_obj
def remove(settings: Settings, addresses: tuple[str, ...]) -> None:
    """Watch the feed at each ADDRESS no more; its articles stay."""
    unknown = 0
    with workspace_of(settings) as workspace:
        for address in addresses:
            removed = workspace.feed_watching().unwatch(address)
            unknown += not removed
            write_line(f"removed    {address}" if removed else f"refused    {address}: {Reason('not_watched')}")
    sys.exit(1 if unknown else 0)


@watch.command("list")
@as_json
@click.pass_obj
def list_feeds(settings: Settings, as_json: bool) -> None:
    """List the feeds that are watched: when each was looked at, what came in, what went wrong."""
    from assistant.rendering.as_json import feed_json
    from index.feeds.store import FeedStore
    from index.records.table import Records

    records = Records(settings.index.data, settings.index.catalog_url)
    with catalog_of(settings), closing(records):
        for feed in FeedStore(records).all():
            write_json(feed_json(feed)) if as_json else _print_feed(feed)


def _print_feed(feed: WatchedFeed) -> None:
    write_line(feed.address)
    write_line(f"  looked at {feed.checked:%Y-%m-%d %H:%M} UTC" if feed.checked else "  never looked at")
    if feed.failure:
        write_line(f"  failed {feed.failures} times, next at {feed.due:%Y-%m-%d %H:%M} UTC: {feed.failure}")
    if feed.unread:
        write_line(f"  entries refused: {feed.unread}")
    for entry in feed.news:
        write_line(f"  {entry.came:%Y-%m-%d}  {entry.title}")
