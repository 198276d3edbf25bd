"""The page: widgets and wiring; what they show is made in ``assistant``."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from functools import cache, partial, wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, NoReturn

import gradio as gr
from anyio import CapacityLimiter, to_thread
from gradio.events import api
from starlette.middleware import Middleware

from assistant.api import COUNTED, Programs
from assistant.page.controller import PageController, Talk
from assistant.page.header import header
from assistant.page.notices import notice
from assistant.rendering.terminal import log_to_terminal, tell_error
from assistant.server.calls import FAILED, Calls
from assistant.server.connections import watch_connections
from assistant.server.descriptors import raise_descriptor_limit
from assistant.server.guard import Guard, rules
from assistant.server.launch import (
    announce,
    arguments,
    believe_no_proxy,
    free_port,
    head,
    stop_signal,
    warm_up,
    write_uploads_to,
)
from assistant.server.logs import log_briefly
from assistant.server.own_client import MARK
from assistant.server.rate_limits import Rates
from assistant.server.receiving import Receiving
from assistant.server.uploads import Uploads
from assistant.server.visitor import Visitor, visiting
from assistant.settings import AssistantSettings, read_settings
from assistant.texts.catalogue import LANGUAGES, spoken, texts_of
from index.errors import IndexingError
from index.loaders.sandbox.client import stop_readers

if TYPE_CHECKING:
    from assistant.workspace import Workspace

log = logging.getLogger("dixit.programs")

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# One after the other, so that the last of several quick clicks is what stays.
LOOKING: dict[str, Any] = {"concurrency_id": "look", "concurrency_limit": 1, "trigger_mode": "multiple"} | QUIET
# "multiple": Enter counts also while the question before is being answered.
ASKING: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": 4, "trigger_mode": "multiple"} | QUIET
# However many watch what is added for them, as long as that takes: whose turn it is to add is not Gradio's to say.
WATCHING: dict[str, Any] = {"concurrency_limit": None} | QUIET
ADDING: dict[str, Any] = {"concurrency_id": "add", "concurrency_limit": 2} | QUIET
# What programs read does not hold up what visitors look at.
READING: dict[str, Any] = {"concurrency_id": "read", "concurrency_limit": 2}


class Page:
    """The handlers of the page: Gradio's values to the desk, and back."""

    def __init__(self, controller: PageController) -> None:
        self.controller = controller
        self.i18n = translations()
        self.widgets: list[Any] = []
        self.labelled: list[tuple[Callable[..., Any], dict[str, str]]] = []

    def labelled_by(self, kind: Callable[..., Any], keys: dict[str, str], **options: Any) -> Any:
        """Make a widget whose labels are entries of the words; the browser chooses their language at first."""
        widget = kind(**{name: str(self.i18n(key)) for name, key in keys.items()}, **options)
        self.labelled.append((kind, keys))
        self.widgets.append(widget)
        return widget

    def relabelled(self, request: gr.Request) -> list[Any]:
        """Return the labels of all widgets in the language that was chosen on the page, if one was."""
        lang = visiting(request).lang
        if lang == spoken(request.headers.get("accept-language")):
            return [gr.skip()] * len(self.labelled)
        texts = texts_of(lang)
        return [kind(**{name: texts.get(f"page.{key}") for name, key in keys.items()}) for kind, keys in self.labelled]

    def greet(self, request: gr.Request) -> tuple[Any, ...]:
        """Return what a visitor finds: the header, an empty panel, what there is to filter, what was said so far."""
        who, controller = visiting(request), self.controller
        return (
            header(who.lang),
            notice("panel.empty", who.lang),
            *controller.forms(who),
            *controller.talk(who),
        )

    async def follow(self, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        """Show what was added, and go on while more is being added; then what depends on it."""
        unchanged, goes_on, who = [gr.skip()] * 3, False, visiting(request)
        yield await to_thread.run_sync(self.controller.adding.results, who), *unchanged
        async for told in self.controller.adding.follow(who):
            goes_on = True
            yield told, *unchanged
        if goes_on:
            yield gr.skip(), *await to_thread.run_sync(self.refresh, request)

    def refresh(self, request: gr.Request) -> tuple[Any, ...]:
        """Return what depends on the articles that there are: filters (the lists follow), questions to click."""
        who = visiting(request)
        return *self.controller.forms(who), self.controller.talk(who)[1]

    def ask(self, question: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Answer a question; the box shows Stop meanwhile."""
        who = visiting(request)
        yield from self.busy(self.controller.ask(question, who), who)

    def ask_clicked(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Answer the question that was clicked."""
        who = visiting(request)
        yield from self.busy(self.controller.ask_clicked(event._data, who), who)

    def retry(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Answer a question of the conversation anew."""
        who = visiting(request)
        yield from self.busy(self.controller.retry(event._data, who), who)

    def busy(self, growing: Iterable[Talk], who: Visitor) -> Iterator[tuple[Any, ...]]:
        """Yield a growing conversation; the box is empty and shows Stop from its first state to its last."""
        waiting: Any = gr.Textbox(value="", submit_btn=False, stop_btn=texts_of(who.lang).get("page.stop"))
        for messages, questions in growing:
            yield messages, questions, waiting
            waiting = gr.skip()
        if not self.controller.answering(who):
            yield gr.skip(), gr.skip(), rest(who)

    def stop(self, request: gr.Request) -> None:
        """Stop the answer that is growing."""
        self.controller.stop(visiting(request))

    def begin_anew(self, request: gr.Request) -> Talk:
        """Forget the conversation."""
        return self.controller.begin_anew(visiting(request))

    async def add_samples(self, request: gr.Request) -> AsyncIterator[str]:
        """Add the sample articles; yields what became of each so far."""
        async for told in self.controller.adding.add_samples(visiting(request)):
            yield told

    async def add_files(self, paths: list[str] | None, request: gr.Request) -> AsyncIterator[str]:
        """Add files one by one; yields what became of each so far."""
        async for told in self.controller.adding.add_files(paths or [], visiting(request)):
            yield told

    async def add_addresses(self, written: str, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        """Add what stands at addresses; yields what became of each so far, the field is emptied."""
        async for told in self.controller.adding.add_addresses(written, visiting(request)):
            yield told, ""

    async def add_text(self, title: str, text: str, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        """Add a pasted text; the fields are emptied when it went in."""
        states, went_in = self.controller.adding.add_text(title, text, visiting(request))
        async for told in states:
            yield told, *["" if went_in.is_set() else gr.skip()] * 2


def build(controller: PageController) -> gr.Blocks:
    """Return the page over a desk."""
    page, workspace = Page(controller), controller.workspace
    demo: gr.Blocks
    with gr.Blocks(title="Dixit", analytics_enabled=False, fill_width=True, delete_cache=(3600, 86400)) as demo:
        programs(Programs(workspace, controller.rates))  # first: handlers of the same names shall not take theirs
        head_of_page = html("header")
        with gr.Row(elem_id="columns"):
            articles, results, adding = library(page)
            chat, questions, download = talk(page)
            statements = voices(page, download)
            with gr.Column(elem_id="source"):
                source = html("panel", "dixit.bindPanel(element, trigger, watch, ['open'])")
        source.open(clicked(page.controller.open), None, source, **LOOKING)
        if not workspace.read_only:
            adding.append(articles.remove(clicked(page.controller.adding.remove), None, [source, results], **LOOKING))
            adding.append(results.back(clicked(page.controller.adding.put_back), None, results, **QUIET))
            adding.append(questions.samples(page.add_samples, None, results, **WATCHING))
        for changed in adding:
            changed.then(page.refresh, None, [articles, statements, questions], **QUIET)
        demo.load(page.greet, None, [head_of_page, source, articles, statements, chat, questions], **QUIET)
        demo.load(page.follow, None, [results, articles, statements, questions], **WATCHING)
        demo.load(page.relabelled, None, page.widgets, **QUIET)
    return demo


def library(page: Page) -> tuple[gr.HTML, gr.HTML, list[Any]]:
    """Lay out the articles; return their filter, what became of added ones, and the events that add some."""
    with gr.Column(elem_id="library"):
        ways = [] if page.controller.workspace.read_only else ways_in(page)
        results = html("results", "dixit.bindResults(element, trigger, watch, ['clear', 'back'])")
        articles = html("articles", "dixit.bindForm(element, trigger, watch, ['filter', 'remove'])")
        shelf = html("shelf", "dixit.bindList(element, 'articles')")
    articles.filter(clicked(page.controller.list_articles), None, shelf, **LOOKING)
    results.clear(clicked(page.controller.adding.clear_results), None, results, **LOOKING)
    adding = [happens(add, fields, [results, *emptied], **WATCHING) for happens, add, fields, emptied in ways]
    return articles, results, adding


def ways_in(page: Page) -> list[tuple[Any, Callable[..., Any], list[Any], list[Any]]]:
    """Lay out what articles are added with; return each one's event, handler, fields, and those emptied after it."""
    make = page.labelled_by
    upload = make(gr.UploadButton, {"label": "upload"}, file_count="multiple", variant="primary", elem_id="upload")
    address = make(
        gr.Textbox, {"label": "address", "placeholder": "address", "submit_btn": "address_add"}, elem_id="address",
        show_label=False, max_lines=1, container=False,
    )  # fmt: skip
    with make(gr.Accordion, {"label": "paste"}, open=False, elem_id="paste"):
        title = make(gr.Textbox, {"label": "paste_title"}, max_lines=1, elem_id="paste-title")
        body = make(gr.Textbox, {"label": "paste_text"}, lines=5, max_lines=12, elem_id="paste-text")
        paste = make(gr.Button, {"value": "paste_add"}, size="sm", elem_id="paste-add")
    return [
        (upload.upload, page.add_files, [upload], []),
        (address.submit, page.add_addresses, [address], [address]),
        (paste.click, page.add_text, [title, body], [title, body]),
    ]


def talk(page: Page) -> tuple[gr.Chatbot, gr.HTML, gr.HTML]:
    """Lay out the conversation; return it, the questions to click below it, and the place for files to keep."""
    make = page.labelled_by
    with gr.Column(elem_id="talk"):
        with gr.Row(elem_id="bar"):
            export = make(gr.Button, {"value": "export"}, size="sm", elem_id="export")
            anew = make(gr.Button, {"value": "anew"}, size="sm", elem_id="anew")
        chat = make(
            gr.Chatbot, {"label": "conversation", "placeholder": "greeting"}, elem_id="chat", show_label=False,
            latex_delimiters=[], layout="panel", buttons=[], container=False,
        )  # fmt: skip
        questions = html("questions", "dixit.bindTalk(element, trigger, ['ask', 'retry', 'vote', 'samples'])")
        box = make(
            gr.Textbox, {"label": "question", "placeholder": "ask", "submit_btn": "send"}, elem_id="box",
            show_label=False, lines=1, max_lines=6, max_length=2000, autofocus=True, container=False,
        )  # fmt: skip
        download = html("download", "dixit.bindDownload(element, watch)")
    shown = [chat, questions, box]
    box.submit(page.ask, box, shown, **ASKING)
    questions.ask(page.ask_clicked, None, shown, **ASKING)
    questions.retry(page.retry, None, shown, **ASKING)
    # Gradio's own cancelling is not used: a question asked before it has gone through would be lost
    box.stop(page.stop, None, None, **QUIET)
    anew.click(page.begin_anew, None, [chat, questions], **QUIET)
    questions.vote(clicked(page.controller.vote), None, chat, **LOOKING)
    export.click(clicked(page.controller.export_conversation), None, download, **LOOKING)
    return chat, questions, download


def voices(page: Page, download: gr.HTML) -> gr.HTML:
    """Lay out who said what; return its filter."""
    with gr.Column(elem_id="voices"):
        statements = html("statements", "dixit.bindForm(element, trigger, watch, ['filter', 'export'])")
        table = html("table", "dixit.bindList(element, 'statements')")
    statements.filter(clicked(page.controller.list_statements), None, table, **LOOKING)
    statements.export(clicked(page.controller.export_statements), None, download, **LOOKING)
    return statements


def programs(served: Programs) -> None:
    """Let other programs call the assistant over Gradio's API."""
    groups = {"ask": ASKING, "add": ADDING, "read": READING}
    for endpoint in served.endpoints():
        group = {name: groups[COUNTED[endpoint.__name__]][name] for name in ("concurrency_id", "concurrency_limit")}
        api(asked_for(endpoint, served, group["concurrency_limit"]), api_name=endpoint.__name__, **group)


def asked_for(endpoint: Callable[..., Any], served: Programs, at_once: int) -> Callable[..., Any]:
    """Return the endpoint as Gradio calls it, with the request; an error is told to the program.

    ``at_once``: how many calls run at a time. Gradio's queue holds to it, but a direct call goes round the queue.
    """
    made = cache(lambda: CapacityLimiter(at_once))  # in the event loop that it belongs to

    @wraps(endpoint)
    async def called(request: gr.Request, *values: Any) -> Any:
        over_mcp = request.headers.get(MARK) == "mcp"  # the guard lets nobody else say so
        calling = partial(served.call, endpoint, values, visiting(request).person, over_mcp)
        try:
            return await to_thread.run_sync(calling, limiter=made())
        except IndexingError as error:
            raise gr.Error(str(error), print_exception=False) from error
        except Exception as error:  # noqa: BLE001 - a program is told in a line, whatever happens below
            log.exception("calling %s failed", endpoint.__name__)
            raise gr.Error(FAILED, print_exception=False) from error

    # Gradio reads the signature and fills in the request
    own = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD), *signature(endpoint).parameters.values()]
    vars(called)["__signature__"] = signature(endpoint).replace(parameters=own)
    called.__annotations__ = {"request": gr.Request} | endpoint.__annotations__
    return called


def html(name: str, on_load: str | None = None) -> gr.HTML:
    """Return a place for HTML of ours, which Gradio neither styles nor cleans."""
    return gr.HTML(elem_id=name, apply_default_css=False, js_on_load=on_load)


def translations() -> gr.I18n:
    """Return the labels that the browser chooses by its language."""
    return gr.I18n(**{lang: texts_of(lang).entry("page") for lang in LANGUAGES})


def clicked(method: Callable[[Any, Visitor], Any]) -> Callable[..., Any]:
    """Return a handler, for an event of the page's script, out of what the desk does with it."""

    def handler(event: gr.EventData, request: gr.Request) -> Any:
        return method(event._data, visiting(request))

    return handler


def rest(who: Visitor) -> Any:
    """Return the box as it is when nothing is being answered."""
    return gr.Textbox(submit_btn=texts_of(who.lang).get("page.send"), stop_btn=False)


def main(argv: Sequence[str]) -> int:
    """Open the workspace and serve the page over it; return the exit status."""
    from assistant.workspace import open_workspace

    options = arguments(argv)
    log_to_terminal()
    try:
        settings = read_settings(os.environ, options.data)
        with open_workspace(settings, announce) as workspace:
            if options.samples and not workspace.articles():
                announce("Adding the sample articles.")
                list(workspace.add_samples())
            serve(workspace, settings.assistant, options.host, options.port, options.open)
    except (IndexingError, OSError) as error:
        tell_error(str(error))
        return 1
    return 0


def serve(workspace: Workspace, settings: AssistantSettings, host: str, port: int | None, show: bool = False) -> None:
    """Serve the page on this machine until the process is told to stop; ``port`` None: the one that is set."""
    rates = Rates(
        ask=settings.ask_rate, add=settings.add_rate, upload=settings.upload_rate, read=settings.read_rate
    )  # fmt: skip
    kept, wanted = rules(settings, rates, COUNTED), port or settings.port
    uploads = Uploads(workspace.data, settings.upload_space)
    write_uploads_to(uploads.folder)
    controller = PageController(workspace, rates, uploads)
    # without a bound of its own for all, which one visitor could fill: ``Events`` has one for each
    stopped, port, demo = stop_signal(), free_port(host, wanted), build(controller).queue(max_size=None)
    handlers = {number: (str(fn.api_name), len(fn.inputs)) for number, fn in demo.fns.items()}
    calls = Calls(Programs(workspace, rates).endpoints(), handlers)
    guard = Middleware(Guard, rules=kept, calls=calls, queue=demo._queue)
    believe_no_proxy()
    watch_connections(kept.proxies, most=raise_descriptor_limit() * 2 // 3)  # the rest is for files
    with redirect_stdout(io.StringIO()):  # it tells of its MCP server even when it is quiet
        demo.launch(
            server_name=host, server_port=port, inbrowser=show, prevent_thread_lock=True, quiet=True, mcp_server=True,
            share=False, run_history=False, footer_links=[], enable_monitoring=False, ssr_mode=False,
            max_file_size="50mb", i18n=translations(), theme=gr.themes.Base(),
            # in the head, because Gradio would rewrite the selectors of css=
            head=head(), app_kwargs={"middleware": [guard, Middleware(Receiving, uploads=uploads)]},
        )  # fmt: skip
    log_briefly(settings.debug)
    demo.mcp_server_obj._get_or_create_client = kept.itself.client(demo.local_url)
    taken = "" if port == wanted else f" (port {wanted} is taken)"
    announce(f"Dixit is at http://{host}:{port}{taken}. Stop it with Ctrl-C.")
    warm_up(workspace.warm, stopped)
    stopped.wait()
    controller.adding.close(stop_readers)  # first: who watches what is added would hold the server up
    demo.close(verbose=False)
    uploads.close()


def leave(code: int) -> NoReturn:
    """End the process at once: all is closed, and taking the models apart would last seconds on a busy machine."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
