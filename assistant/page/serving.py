"""The workspace, the page and what stands before it, put together and served.

Gradio is known to ``app.py`` alone, which hands in what it makes of the page.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from starlette.middleware import Middleware

from assistant.api import COUNTED, Programs
from assistant.members import Registry
from assistant.page.feed_schedule import FeedSchedule
from assistant.page.pages import Pages
from assistant.rendering.terminal import log_to_terminal, tell_error
from assistant.server.calls import Calls
from assistant.server.connections import watch_connections
from assistant.server.descriptors import raise_descriptor_limit
from assistant.server.failures import attempt
from assistant.server.guard import Guard, rules
from assistant.server.hosts import Hosts
from assistant.server.launch import (
    announce,
    arguments,
    believe_no_proxy,
    free_port,
    launch,
    stop_signal,
    warm_up,
    write_uploads_to,
)
from assistant.server.logs import log_requests
from assistant.server.membership import Membership
from assistant.server.metrics import Metrics
from assistant.server.password_table import IN_DATABASE, PasswordTable
from assistant.server.probes import Probes, Readiness, readers
from assistant.server.proxies import Proxies
from assistant.server.rate_limits import Rates
from assistant.server.receiving import Receiving
from assistant.server.request_ids import Identified
from assistant.server.uploads import Uploads
from assistant.settings import AssistantSettings, Settings, read_settings
from index.errors import IndexingError, SettingsError
from index.loaders.sandbox.client import stop_readers

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from assistant.workspaces import Workspaces

UNUSED = "cannot be used, the catalog is searched instead: the log says why"

Build = Callable[[Pages], tuple[Any, dict[str, Any]]]
"""Makes Gradio's page over those of all workspaces, and what Gradio is told of its look when the page is launched."""


def main(build: Build) -> int:
    """Read the command line, open the workspace and serve the page over it; return the exit status."""
    from assistant.workspace import open_workspace

    options = arguments()
    log_to_terminal()
    try:
        settings = read_settings(os.environ, options.data)
        with open_workspace(settings, announce) as workspace:
            if options.samples and not workspace.articles():
                announce("Adding the sample articles.")
                list(workspace.add_samples())
            serve(build, workspace, settings, options.host, options.port, options.open)
    except (IndexingError, OSError) as error:
        tell_error(str(error))
        return 1
    return 0


def serve(
    build: Build,
    workspace: Workspace,
    whole: Settings,
    host: str,
    port: int | None,
    show: bool = False,
    workspaces: Workspaces | None = None,
) -> None:
    """Serve the page on this machine until the process is told to stop; ``port`` None: the one that is set.

    ``workspaces``: opens those beside the main one, when not as the settings say.
    """
    from assistant.workspaces import Workspaces

    settings, registry = whole.assistant, Registry(workspace.records)
    require_names(settings, registry)
    rates = Rates(
        ask=settings.ask_rate, add=settings.add_rate, upload=settings.upload_rate, read=settings.read_rate
    )  # fmt: skip
    passwords = PasswordTable(workspace.records) if settings.auth == IN_DATABASE else None
    kept, wanted = rules(settings, rates, COUNTED, Membership(registry), passwords), port or settings.port
    uploads, metrics = Uploads(workspace.data, settings.upload_space), Metrics()
    write_uploads_to(uploads.folder)
    pages = Pages(workspace, rates, uploads, metrics, registry, workspaces or Workspaces(whole, workspace))
    warmed = threading.Event()
    outer = asked_by_machines(pages, settings.metrics, metrics, warmed, kept.hosts, kept.proxies)
    stopped, port, (demo, look) = stop_signal(), free_port(host, wanted), build(pages)
    # without a bound of its own for all, which one visitor could fill: ``Events`` has one for each
    demo.queue(max_size=None)
    handlers = {number: (str(fn.api_name), len(fn.inputs)) for number, fn in demo.fns.items()}
    calls = Calls(Programs(workspace, rates).endpoints(), handlers)
    guard = Middleware(Guard, rules=kept, calls=calls, queue=demo._queue)
    believe_no_proxy()
    watch_connections(kept.proxies, most=raise_descriptor_limit() * 2 // 3)  # the rest is for files
    launch(demo, host, port, show, [*outer, guard, Middleware(Receiving, uploads=uploads)], look)
    log_requests(settings.debug, settings.log_json)
    demo.mcp_server_obj._get_or_create_client = kept.itself.client(demo.local_url)
    taken = "" if port == wanted else f" (port {wanted} is taken)"
    announce(f"Dixit is at http://{host}:{port}{taken}. Stop it with Ctrl-C.")
    warm_up(workspace.warm, stopped, warmed)
    schedule = FeedSchedule(workspace, others=pages)
    schedule.start()
    stopped.wait()
    schedule.stop()
    pages.close_adding(stop_readers)  # first: who watches what is added would hold the server up
    schedule.close()
    demo.close(verbose=False)
    pages.close()
    uploads.close()


def require_names(settings: AssistantSettings, registry: Registry) -> None:
    """Refuse to serve workspaces that have members where nobody is asked who they are.

    Raises:
        SettingsError: it is so.
    """
    if registry.is_in_force() and not settings.auth and not settings.auth_header:
        raise SettingsError(
            "The workspaces have members, so the page must know who somebody is. Set DIXIT_AUTH to a file that "
            "`dixit user add` made, or DIXIT_AUTH_HEADER behind a proxy that knows."
        )


def asked_by_machines(
    pages: Pages, allowed: str, metrics: Metrics, warmed: threading.Event, hosts: Hosts, proxies: Proxies
) -> list[Middleware]:
    """Return what stands before the guard: requests get their ids, and machines their answers.

    Raises:
        SettingsError: who may read the figures is no address.
    """
    workspace = pages.first.workspace

    def catalog() -> None:
        workspace.catalog.revision()

    def vectors() -> str | None:
        return UNUSED if workspace.vectors_trouble() else None

    def figures() -> bytes:
        with attempt("counting what waits"):
            opened = pages.open_workspaces()
            waiting = sum(len(each.unfinished()) for each in opened)
            metrics.stand(waiting, sum(len(each.corrections()) for each in opened))
            queued: Counter[str] = Counter()
            for each in opened:
                queued.update(each.queue.table.counts())  # unlike a sum, it keeps what is 0
            metrics.queued(queued.items())
        return metrics.text()

    def model() -> str | None:
        return None if warmed.is_set() else "is being loaded"

    readiness = Readiness({"catalog": catalog, "vectors": vectors, "model": model})
    may_read = readers(allowed, proxies)
    probes = Middleware(Probes, readiness=readiness, figures=figures, readers=may_read, hosts=hosts)
    return [Middleware(Identified, answered=metrics.replied), probes]


def leave(code: int) -> NoReturn:
    """End the process at once: all is closed, and taking the models apart would last seconds on a busy machine."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
