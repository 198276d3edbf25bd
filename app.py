"""The page: widgets and wiring; what they show is made in ``assistant``."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant import panel
from assistant.models import Answer, Turn
from assistant.rendering import chat_message, chat_sentence, chat_words
from assistant.serving import arguments, free_port, stop_signal
from assistant.settings import read_settings
from assistant.words import LANGUAGES, spoken, words
from index.errors import ArticleNotFound, IndexingError
from index.ingestion import AddResult

if TYPE_CHECKING:
    from assistant.workspace import Workspace

log = logging.getLogger("dixit.page")
History = list[dict[str, Any]]
PACE = 0.05
"""Seconds between two shown states of a growing answer: a browser needs about 10 ms for each."""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
ASKING: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": 4} | QUIET
ADDING: dict[str, Any] = {"concurrency_id": "add", "concurrency_limit": 1} | QUIET


class Page:
    """The handlers of the page; none raises, because a failed event leaves its widgets unusable."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.i18n = translations()

    def text(self, key: str) -> str:
        """Return a label that the browser puts in its own language."""
        return str(self.i18n(key))

    def greet(self, request: gr.Request) -> tuple[str, ...]:
        """Return what a new visitor sees: the header, an empty panel, the articles, first questions."""
        lang = language(request)
        return panel.header(lang), panel.notice("panel.empty", lang), *self.refresh(request)

    def refresh(self, request: gr.Request) -> tuple[str, str]:
        """Return the list of articles and the first questions as they are now."""
        lang = language(request)
        with attempt("listing the articles"):
            shelf = panel.article_list(self.workspace.articles(), lang)
            return shelf, panel.questions(self.workspace.suggestions(lang), lang)
        return panel.notice("page.failed", lang), ""

    def ask(self, question: str, history: History, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        """Add a question to the conversation, then its growing answer; the box shows Stop meanwhile."""
        if not question.strip():
            yield gr.skip(), gr.skip()
            return
        earlier = [Turn(chat_words(said(message))) for message in history if message["role"] == "user"]
        asked = [*history, {"role": "user", "content": chat_sentence(question.strip())}]
        yield asked, gr.Textbox(value="", submit_btn=False, stop_btn=self.text("stop"))
        with attempt("answering") as outcome:
            for answer in paced(self.workspace.reply(question.strip(), earlier)):
                yield [*asked, {"role": "assistant", "content": chat_message(answer)}], gr.skip()
        if outcome.error:
            sorry = chat_sentence(words(language(request)).say("answer.failed"))
            yield [*asked, {"role": "assistant", "content": sorry}], gr.skip()
        yield gr.skip(), self.rest()

    def ask_this(self, history: History, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        """Ask the question that was clicked."""
        yield from self.ask(str(event._data.get("question", "")), history, request)

    def rest(self) -> Any:
        """Return the box as it is when nothing is being answered."""
        return gr.Textbox(submit_btn=self.text("send"), stop_btn=False)

    def open(self, event: gr.EventData, request: gr.Request) -> str:
        """Return an article for the panel, the cited words marked."""
        lang = language(request)
        with attempt("opening an article") as outcome:
            article = self.workspace.article(str(event._data["article"]))
            cited = (int(event._data["start"]), int(event._data["end"]))
            return panel.article_page(article, self.workspace.quotations(article.id), cited, lang)
        missing = isinstance(outcome.error, ArticleNotFound)
        return panel.notice("panel.gone" if missing else "page.failed", lang)

    def add_files(self, paths: list[str] | None, request: gr.Request) -> Iterator[str]:
        """Add files one by one; return what became of each so far."""
        lang, results, paths = language(request), list[AddResult](), paths or []
        for done, path in enumerate(paths):
            yield panel.progress(results, done, len(paths), path, lang)
            with attempt(f"adding {path!r}") as outcome:
                results += self.workspace.add([Path(path)], uploaded=True)
            if outcome.error:
                sorry = words(lang).say("adding.failed", name=panel.short_name(path))
                results.append(AddResult(path, "refused", sorry))
        yield panel.progress(results, len(paths), len(paths), None, lang)

    def add_text(self, title: str, text: str, request: gr.Request) -> tuple[str, Any, Any]:
        """Add a pasted text; return what became of it, and empty the fields if all went well."""
        lang = language(request)
        if not text.strip():
            return panel.notice("adding.nothing", lang), gr.skip(), gr.skip()
        with attempt("adding a text"):
            result = self.workspace.add_text(text, title.strip() or None)
            kept = gr.skip() if result.outcome == "refused" else ""
            return panel.progress([result], 1, 1, None, lang), kept, kept
        return panel.notice("page.failed", lang), gr.skip(), gr.skip()

    def remove(self, event: gr.EventData, request: gr.Request) -> str:
        """Remove an article; return what to show in the panel instead."""
        with attempt("removing an article"):
            self.workspace.remove(str(event._data["article"]))
            return panel.notice("panel.empty", language(request))
        return panel.notice("page.failed", language(request))


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
                questions = talk(page)
            with gr.Column(elem_id="source"):
                source = html("panel", "dixit.bindPanel(element, trigger, watch, 'open')")
        source.open(page.open, None, source, queue=False, **QUIET)
        removing = shelf.remove(page.remove, None, source, queue=False, **QUIET)
        for changed in (*adding, removing):
            changed.then(page.refresh, None, [shelf, questions], **QUIET)
        demo.load(page.greet, None, [header, source, shelf, questions], **QUIET)
    return demo


def library(page: Page) -> tuple[gr.HTML, list[Any]]:
    """Lay out the column of articles; return the list, and the events that may change it."""
    upload = gr.UploadButton(page.text("upload"), file_count="multiple", variant="primary", elem_id="upload")
    with gr.Accordion(page.text("paste"), open=False, elem_id="paste"):
        title = gr.Textbox(label=page.text("paste_title"), max_lines=1, elem_id="paste-title")
        body = gr.Textbox(label=page.text("paste_text"), lines=5, max_lines=12, elem_id="paste-text")
        paste = gr.Button(page.text("paste_add"), size="sm", elem_id="paste-add")
    results = html("results")
    shelf = html("shelf", "dixit.bind(element, trigger, 'remove')")
    uploaded = upload.upload(page.add_files, upload, results, **ADDING)
    pasted = paste.click(page.add_text, [title, body], [results, title, body], **ADDING)
    return shelf, [uploaded, pasted]


def talk(page: Page) -> gr.HTML:
    """Lay out the conversation; return the questions to click, for what they are depends on the articles."""
    chat = gr.Chatbot(
        elem_id="chat", label=page.text("conversation"), show_label=False, placeholder=page.text("greeting"),
        latex_delimiters=[], layout="panel", buttons=[], container=False,
    )  # fmt: skip
    questions = html("questions", "dixit.bind(element, trigger, 'ask')")
    box = gr.Textbox(
        elem_id="box", label=page.text("question"), show_label=False, placeholder=page.text("ask"),
        lines=1, max_lines=6, max_length=2000, submit_btn=page.text("send"), autofocus=True, container=False,
    )  # fmt: skip
    asked = box.submit(page.ask, [box, chat], [chat, box], **ASKING)
    clicked = questions.ask(page.ask_this, chat, [chat, box], **ASKING)
    box.stop(page.rest, None, box, cancels=[asked, clicked], **QUIET)
    return questions


def html(name: str, on_load: str | None = None) -> gr.HTML:
    """Return a place for HTML of ours, which Gradio neither styles nor cleans."""
    return gr.HTML(elem_id=name, apply_default_css=False, js_on_load=on_load)


def translations() -> gr.I18n:
    """Return the labels that the browser chooses by its language."""
    return gr.I18n(**{lang: words(lang).entry("page") for lang in LANGUAGES})


def language(request: gr.Request) -> str:
    """Return the language to speak to this browser."""
    return spoken(request.headers.get("accept-language"))


def said(message: dict[str, Any]) -> str:
    """Return a message's text, which comes back from the browser as a list of blocks."""
    content = message["content"]
    return content if isinstance(content, str) else "".join(block.get("text", "") for block in content)


def paced(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Yield the answers that come at least ``PACE`` after the last one shown, and the last of all."""
    waiting, shown = None, 0.0
    for waiting in answers:
        if time.monotonic() - shown >= PACE:
            yield waiting
            waiting, shown = None, time.monotonic()
    if waiting:
        yield waiting


@dataclass(slots=True)
class Outcome:
    """How an attempt went: ``error`` is what stopped it, None when nothing did."""

    error: Exception | None = None


@contextmanager
def attempt(what: str) -> Iterator[Outcome]:
    """Log what fails inside and go on after it, with the error in the outcome."""
    outcome = Outcome()
    try:
        yield outcome
    except IndexingError as error:
        log.warning("%s: %s", what, error)
        outcome.error = error
    except Exception as error:  # noqa: BLE001 - the page must stay usable whatever happens below it
        log.exception("%s failed", what)
        outcome.error = error


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
