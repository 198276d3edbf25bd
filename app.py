"""The page: widgets and wiring; what they show is made in ``assistant``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.api import AT_ONCE, Programs
from assistant.members import Role
from assistant.page.adapter import adapted
from assistant.page.handlers import Handlers, Label
from assistant.page.pages import Pages
from assistant.page.serving import leave, main
from assistant.texts.catalogue import LANGUAGES, texts_of

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# One after the other, so that the last of several quick clicks is what stays.
LOOKING: dict[str, Any] = {"concurrency_id": "look", "concurrency_limit": 1, "trigger_mode": "multiple"} | QUIET
# However many watch what is added for them, as long as that takes: whose turn it is to add is not Gradio's to say.
WATCHING: dict[str, Any] = {"concurrency_limit": None} | QUIET
# "multiple": Enter counts also while the question before is being answered.
ASKING: dict[str, Any] = LOOKING | {"concurrency_id": "ask", "concurrency_limit": AT_ONCE["ask"]}


class Widgets:
    """The handlers of the page, and its widgets whose labels are entries of the words."""

    def __init__(self, pages: Pages) -> None:
        self.controller, self.handlers, self.widgets = pages.first, Handlers(pages.first), list[Any]()
        self.handler = partial(
            adapted, chosen=pages.method, event_type=gr.EventData, request_type=gr.Request, update=gr.update
        )
        self.i18n = gr.I18n(**{lang: texts_of(lang).entry("page") for lang in LANGUAGES})

    def labelled(self, kind: Callable[..., Any], keys: dict[str, str], needed: Role = "read", **options: Any) -> Any:
        """Make a widget with the entries for its labels; the browser chooses their language at first.

        ``needed``: it is hidden from those who may not do this.
        """
        self.widgets.append(kind(**{name: str(self.i18n(key)) for name, key in keys.items()}, **options))
        self.handlers.labels.append(Label(keys, needed))
        return self.widgets[-1]


def build(pages: Pages) -> tuple[gr.Blocks, dict[str, Any]]:
    """Return the page over those of all workspaces, and how it is launched."""
    page, controller = Widgets(pages), pages.first
    on, adds, reading = page.handlers, controller.adding, controller.reading
    with gr.Blocks(title="Dixit", analytics_enabled=False, fill_width=True, delete_cache=(3600, 86400)) as demo:
        # first: no handler shall take their names
        programs = Programs(controller.workspace, controller.rates, controller.metrics, pages.workspace_of)
        for called, kind in programs.handlers(gr.Request, partial(gr.Error, print_exception=False)):
            api(called, api_name=called.__name__, concurrency_id=kind, concurrency_limit=AT_ONCE[kind])
        header = html("header")
        with gr.Row(elem_id="columns"):
            articles, results, adding = library_column(page)
            chat, questions, download = conversation_column(page)
            search = search_column(page, download)
            statements = statements_column(page, download)
            people = people_column(page, download)
            with gr.Column(elem_id="source"):
                source = html("panel", "dixit.bindPanel(element, trigger, watch, ['open', 'correct', 'edit', 'undo'])")
        source.open(page.handler(reading.open), None, source, **LOOKING)
        if not controller.workspace.read_only:
            set_right = [(source.correct, reading.correct), (source.edit, reading.edit), (source.undo, reading.undo)]
            for happens, change in (*set_right, (statements.merge, reading.merge), *people_corrections(page, people)):
                adding.append(happens(page.handler(change), None, source, **LOOKING))
            adding.append(articles.remove(page.handler(adds.remove), None, [source, results], **LOOKING))
            adding.append(results.back(page.handler(adds.put_back), None, results, **QUIET))
            adding.append(questions.samples(page.handler(on.add_samples), None, results, **WATCHING))
        for changed in adding:
            changed.then(page.handler(on.refresh), None, [articles, statements, people, questions], **QUIET)
        demo.load(
            page.handler(on.greet), None, [header, source, articles, statements, people, chat, questions], **QUIET
        )
        demo.load(page.handler(on.follow), None, [results, articles, statements, people, questions], **WATCHING)
        demo.load(page.handler(controller.searching.form), None, search, **QUIET)
        demo.load(page.handler(on.relabel), None, page.widgets, **QUIET)
    return demo, {"i18n": page.i18n, "theme": gr.themes.Base()}


def library_column(page: Widgets) -> tuple[gr.HTML, gr.HTML, list[Any]]:
    """Lay out the articles; return their filter, what became of added ones, and the events that add some."""
    with gr.Column(elem_id="library"):
        ways = [] if page.controller.workspace.read_only else list(adding_forms(page))
        feeds = html("feeds", "dixit.bindFeeds(element, trigger, watch, ['watch', 'check', 'unwatch'])")
        members = html("members", "dixit.bindFeeds(element, trigger, watch, ['admit', 'dismiss'])")
        results = html("results", "dixit.bindResults(element, trigger, watch, ['clear', 'back'])")
        articles = html("articles", "dixit.bindForm(element, trigger, watch, ['filter', 'remove'])")
        listed = html("article-list", "dixit.bindList(element, 'articles')")
    articles.filter(page.handler(page.controller.list_articles), None, listed, **LOOKING)
    managed_members(page, members)
    results.clear(page.handler(page.controller.adding.clear_results), None, results, **LOOKING)
    adding = [
        happens(page.handler(add), fields, [results, *emptied], **WATCHING) for happens, add, fields, emptied in ways
    ]
    return articles, results, [*adding, *watched_feeds(page, feeds, results)]


def watched_feeds(page: Widgets, feeds: gr.HTML, results: gr.HTML) -> list[Any]:
    """Wire the feeds that are watched; return the events that add articles."""
    on, own = page.handlers, page.controller.feeds
    gr.on(None, page.handler(own.show), None, feeds, **QUIET)  # when the page is loaded
    feeds.unwatch(page.handler(own.unwatch), None, feeds, **QUIET)
    looks = page.handler(on.look_at_feeds)
    return [happens(looks, None, [results, feeds], **WATCHING) for happens in (feeds.watch, feeds.check)]


def managed_members(page: Widgets, members: gr.HTML) -> None:
    """Wire the members of the workspace, for who administers it."""
    own = page.controller.members
    gr.on(None, page.handler(own.show), None, members, **QUIET)  # when the page is loaded
    members.admit(page.handler(own.admit), None, members, **QUIET)
    members.dismiss(page.handler(own.dismiss), None, members, **QUIET)


def adding_forms(page: Widgets) -> Iterator[tuple[Any, Callable[..., Any], list[Any], list[Any]]]:
    """Lay out what articles are added with; yields each one's event, handler, fields, and those emptied after it."""
    make, on = partial(page.labelled, needed="add"), page.handlers
    upload = make(gr.UploadButton, {"label": "upload"}, file_count="multiple", variant="primary", elem_id="upload")
    make(gr.Button, {"value": "upload_folder"}, size="sm", elem_id="upload-folder")  # page.js has it chosen
    address = make(
        gr.Textbox, {"label": "address", "placeholder": "address", "submit_btn": "address_add"}, elem_id="address",
        show_label=False, max_lines=1, container=False,
    )  # fmt: skip
    with make(gr.Accordion, {"label": "paste"}, open=False, elem_id="paste"):
        title = make(gr.Textbox, {"label": "paste_title"}, max_lines=1, elem_id="paste-title")
        body = make(gr.Textbox, {"label": "paste_text"}, lines=5, max_lines=12, elem_id="paste-text")
        paste = make(gr.Button, {"value": "paste_add"}, size="sm", elem_id="paste-add")
    yield upload.upload, on.add_files, [upload], []
    yield address.submit, on.add_addresses, [address], [address]
    yield paste.click, on.add_text, [title, body], [title, body]


def conversation_column(page: Widgets) -> tuple[gr.Chatbot, gr.HTML, gr.HTML]:
    """Lay out the conversation; return it, the questions to click below it, and the place for files to keep."""
    make, on, controller = page.labelled, page.handlers, page.controller
    with gr.Column(elem_id="talk"):
        with gr.Row(elem_id="bar"):
            export = make(gr.Button, {"value": "export"}, size="sm", elem_id="export")
            anew = make(gr.Button, {"value": "anew"}, size="sm", elem_id="anew")
        chat = make(
            gr.Chatbot, {"label": "conversation", "placeholder": "greeting"}, elem_id="chat", show_label=False,
            latex_delimiters=[], layout="panel", buttons=[], container=False,
        )  # fmt: skip
        questions = html("questions", "dixit.bindTalk(element, trigger, ['ask', 'retry', 'alone', 'vote', 'samples'])")
        box = make(
            gr.Textbox, {"label": "question", "placeholder": "ask", "submit_btn": "send"}, elem_id="box",
            show_label=False, lines=1, max_lines=6, max_length=2000, autofocus=True, container=False,
        )  # fmt: skip
        download = html("download", "dixit.bindDownload(element, watch)")
    shown = [chat, questions, box]
    box.submit(page.handler(on.ask), box, shown, **ASKING)
    questions.ask(page.handler(on.ask_clicked), None, shown, **ASKING)
    questions.retry(page.handler(on.retry), None, shown, **ASKING)
    questions.alone(page.handler(on.take_as_it_stands), None, shown, **ASKING)
    # Gradio's own cancelling is not used: a question asked before it has gone through would be lost
    box.stop(page.handler(controller.stop), None, None, **QUIET)
    anew.click(page.handler(controller.begin_anew), None, [chat, questions], **QUIET)
    questions.vote(page.handler(controller.vote), None, chat, **LOOKING)
    export.click(page.handler(controller.export_conversation), None, download, **LOOKING)
    return chat, questions, download


def search_column(page: Widgets, download: gr.HTML) -> gr.HTML:
    """Lay out the exact search; return its form."""
    on = page.controller.searching
    with gr.Column(elem_id="search"):
        form = html("search-form", "dixit.bindSearch(element, trigger, ['find', 'count', 'export'])")
        found = html("found", "dixit.bindFound(element, trigger, ['find'])")
    for finds in (form.find, found.find):
        finds(page.handler(on.find), None, found, **LOOKING)
    counting = LOOKING | {"concurrency_id": "count"}  # a long list holds up nobody who looks at something else
    form.count(page.handler(on.count), None, found, **counting)
    form.export(page.handler(on.export), None, download, **counting)
    return form


def statements_column(page: Widgets, download: gr.HTML) -> gr.HTML:
    """Lay out who said what; return its filter."""
    with gr.Column(elem_id="speakers"):
        statements = html("statements", "dixit.bindForm(element, trigger, watch, ['filter', 'export', 'merge'])")
        table = html("table", "dixit.bindList(element, 'statements')")
    statements.filter(page.handler(page.controller.list_statements), None, table, **LOOKING)
    statements.export(page.handler(page.controller.export_statements), None, download, **LOOKING)
    return statements


def people_column(page: Widgets, download: gr.HTML) -> gr.HTML:
    """Lay out everybody who is named, and the page of each; return the filter."""
    on = page.controller.people
    with gr.Column(elem_id="people"):
        events = "['filter', 'export', 'rename', 'split', 'undo']"
        people = html("everyone", f"dixit.bindForm(element, trigger, watch, {events})")
        listed = html("people-list", "dixit.bindList(element, 'people')")
    people.filter(page.handler(on.show), None, listed, **LOOKING)
    people.export(page.handler(on.export), None, download, **LOOKING)
    return people


def people_corrections(page: Widgets, people: gr.HTML) -> list[tuple[Any, Callable[..., Any]]]:
    """Return the events that set names right, each with what does it."""
    on = page.controller
    return [(people.rename, on.people.rename), (people.split, on.people.split), (people.undo, on.reading.undo)]


def html(name: str, on_load: str | None = None) -> gr.HTML:
    """Return a place for HTML of ours, which Gradio neither styles nor cleans."""
    return gr.HTML(elem_id=name, apply_default_css=False, js_on_load=on_load)


if __name__ == "__main__":
    leave(main(build))
