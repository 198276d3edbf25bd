"""The page: widgets and wiring; what they show is made in ``assistant``."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant import panel
from assistant.desk import Desk, Talk
from assistant.serving import arguments, free_port, stop_signal
from assistant.settings import read_settings
from assistant.visitor import Visitor, visitor
from assistant.words import LANGUAGES, words
from index.errors import IndexingError

if TYPE_CHECKING:
    from assistant.workspace import Workspace

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
AT_ONCE: dict[str, Any] = {"queue": False} | QUIET
ASKING: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": 4} | QUIET
ADDING: dict[str, Any] = {"concurrency_id": "add", "concurrency_limit": 1} | QUIET


class Page:
    """The handlers of the page: Gradio's values to the desk, and back."""

    def __init__(self, workspace: Workspace) -> None:
        self.desk = Desk(workspace)
        self.i18n = translations()

    def text(self, key: str) -> str:
        """Return a label that the browser puts in its own language."""
        return str(self.i18n(key))

    def greet(self, request: gr.Request) -> tuple[Any, ...]:
        """Return what a visitor finds: the header, an empty panel, the articles, the conversation so far."""
        who = visiting(request)
        lang = who.lang
        return panel.header(lang), panel.notice("panel.empty", lang), self.desk.shelf(who), *self.desk.talk(who)

    def refresh(self, request: gr.Request) -> tuple[Any, ...]:
        """Return the list of articles and the questions to click as they are now."""
        who = visiting(request)
        return self.desk.shelf(who), self.desk.talk(who)[1]

    def ask(self, question: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Answer a question; the box shows Stop meanwhile."""
        yield from self.busy(self.desk.ask(question, visiting(request)))

    def ask_clicked(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Answer the question that was clicked."""
        yield from self.busy(self.desk.ask_clicked(event._data, visiting(request)))

    def retry(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Answer a question of the conversation anew."""
        yield from self.busy(self.desk.retry(event._data, visiting(request)))

    def busy(self, growing: Iterable[Talk]) -> Iterator[tuple[Any, ...]]:
        """Yield a growing conversation; the box is empty and shows Stop from its first state to its last."""
        waiting: Any = gr.Textbox(value="", submit_btn=False, stop_btn=self.text("stop"))
        for messages, questions in growing:
            yield messages, questions, waiting
            waiting = gr.skip()
        yield gr.skip(), gr.skip(), self.rest()

    def stopped(self, request: gr.Request) -> tuple[Any, ...]:
        """Return the conversation as far as it came."""
        return *self.desk.talk(visiting(request)), self.rest()

    def begin_anew(self, request: gr.Request) -> tuple[Any, ...]:
        """Forget the conversation."""
        return *self.desk.begin_anew(visiting(request)), self.rest()

    def rest(self) -> Any:
        """Return the box as it is when nothing is being answered."""
        return gr.Textbox(submit_btn=self.text("send"), stop_btn=False)

    def add_files(self, paths: list[str] | None, request: gr.Request) -> Iterator[str]:
        """Add files one by one; yields what became of each so far."""
        yield from self.desk.add_files(paths or [], visiting(request))

    def add_text(self, title: str, text: str, request: gr.Request) -> tuple[Any, ...]:
        """Add a pasted text; the fields are emptied when it went in."""
        told, done = self.desk.add_text(title, text, visiting(request))
        emptied = "" if done else gr.skip()
        return told, emptied, emptied


def build(workspace: Workspace) -> gr.Blocks:
    """Return the page over a workspace."""
    page = Page(workspace)
    demo = gr.Blocks(title="Dixit", analytics_enabled=False, fill_width=True, delete_cache=(3600, 86400))
    with demo:
        header = html("header")
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="library"):
                shelf, adding = library(page)
            with gr.Column(elem_id="talk"):
                chat, questions = talk(page)
            with gr.Column(elem_id="source"):
                source = html("panel", "dixit.bindPanel(element, trigger, watch, ['open'])")
        source.open(clicked(page.desk.open), None, source, **AT_ONCE)
        removing = shelf.remove(clicked(page.desk.remove), None, source, **AT_ONCE)
        for changed in (*adding, removing):
            changed.then(page.refresh, None, [shelf, questions], **QUIET)
        demo.load(page.greet, None, [header, source, shelf, chat, questions], **QUIET)
    return demo


def library(page: Page) -> tuple[gr.HTML, list[Any]]:
    """Lay out the column of articles; return the list, and the events that may change it."""
    upload = gr.UploadButton(page.text("upload"), file_count="multiple", variant="primary", elem_id="upload")
    with gr.Accordion(page.text("paste"), open=False, elem_id="paste"):
        title = gr.Textbox(label=page.text("paste_title"), max_lines=1, elem_id="paste-title")
        body = gr.Textbox(label=page.text("paste_text"), lines=5, max_lines=12, elem_id="paste-text")
        paste = gr.Button(page.text("paste_add"), size="sm", elem_id="paste-add")
    results = html("results")
    shelf = html("shelf", "dixit.bind(element, trigger, ['remove'])")
    uploaded = upload.upload(page.add_files, upload, results, **ADDING)
    pasted = paste.click(page.add_text, [title, body], [results, title, body], **ADDING)
    return shelf, [uploaded, pasted]


def talk(page: Page) -> tuple[gr.Chatbot, gr.HTML]:
    """Lay out the conversation; return it, and the questions to click below it."""
    anew = gr.Button(page.text("anew"), size="sm", elem_id="anew")
    chat = gr.Chatbot(
        elem_id="chat", label=page.text("conversation"), show_label=False, placeholder=page.text("greeting"),
        latex_delimiters=[], layout="panel", buttons=[], container=False,
    )  # fmt: skip
    questions = html("questions", "dixit.bindTalk(element, trigger, ['ask', 'retry', 'vote'])")
    box = gr.Textbox(
        elem_id="box", label=page.text("question"), show_label=False, placeholder=page.text("ask"),
        lines=1, max_lines=6, max_length=2000, submit_btn=page.text("send"), autofocus=True, container=False,
    )  # fmt: skip
    shown = [chat, questions, box]
    answering = [
        box.submit(page.ask, box, shown, **ASKING),
        questions.ask(page.ask_clicked, None, shown, **ASKING),
        questions.retry(page.retry, None, shown, **ASKING),
    ]
    box.stop(page.stopped, None, shown, cancels=answering, **QUIET)
    anew.click(page.begin_anew, None, shown, cancels=answering, **QUIET)
    questions.vote(clicked(page.desk.vote), None, chat, **AT_ONCE)
    return chat, questions


def html(name: str, on_load: str | None = None) -> gr.HTML:
    """Return a place for HTML of ours, which Gradio neither styles nor cleans."""
    return gr.HTML(elem_id=name, apply_default_css=False, js_on_load=on_load)


def translations() -> gr.I18n:
    """Return the labels that the browser chooses by its language."""
    return gr.I18n(**{lang: words(lang).entry("page") for lang in LANGUAGES})


def clicked(method: Callable[[Any, Visitor], Any]) -> Callable[..., Any]:
    """Return a handler, for an event of the page's script, out of what the desk does with it."""

    def handler(event: gr.EventData, request: gr.Request) -> Any:
        return method(event._data, visiting(request))

    return handler


def visiting(request: gr.Request) -> Visitor:
    """Return who sent a request."""
    headers = request.headers
    return visitor(headers.get("cookie"), headers.get("accept-language"), request.session_hash or "")


def main(argv: Sequence[str]) -> int:
    """Open the workspace and serve the page over it; return the exit status."""
    from assistant.workspace import open_workspace

    options = arguments(argv)
    logging.basicConfig(level=logging.WARNING, format="dixit: %(message)s")
    try:
        settings = read_settings(os.environ, options.data)
        with open_workspace(settings, say) as workspace:
            if options.samples and not workspace.articles():
                say("Adding the sample articles.")
                workspace.add_samples()
            serve(workspace, options.host, options.port or settings.assistant.port, options.open)
    except (IndexingError, OSError) as error:
        sys.stderr.write(f"dixit: {error}\n")
        return 1
    return 0


def serve(workspace: Workspace, host: str, wanted: int, show: bool = False) -> None:
    """Serve the page on this machine until the process is told to stop."""
    stopped, port, demo = stop_signal(), free_port(host, wanted), build(workspace)
    demo.queue(max_size=100)
    demo.launch(
        server_name=host, server_port=port, inbrowser=show, prevent_thread_lock=True, quiet=True,
        share=False, run_history=False, footer_links=[], enable_monitoring=False, ssr_mode=False,
        max_file_size="50mb", i18n=translations(), theme=gr.themes.Base(),
        # in the head, because Gradio would rewrite the selectors of css=
        head=f"<style>{asset('page.css')}</style><script>{asset('page.js')}</script>",
    )  # fmt: skip
    taken = "" if port == wanted else f" (port {wanted} is taken)"
    say(f"Dixit is at http://{host}:{port}{taken}. Stop it with Ctrl-C.")
    threading.Thread(target=workspace.warm, daemon=True).start()
    stopped.wait()
    demo.close(verbose=False)


def say(line: str) -> None:
    """Tell whoever started the program something, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def asset(name: str) -> str:
    """Return a text file of the page."""
    return resources.files("assistant").joinpath(name).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
