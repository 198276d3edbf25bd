"""What the desk does with a visitor's deeds, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from assistant.page.controller import PageController
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from tests.page.browser import ARTICLES
from tests.page.stand_in import StandIn

READER = Visitor("reader", "fr", "reader")
MERELLE = "Que dit Auguste Mérelle de la météo ?"


@pytest.fixture
def controller(tmp_path: Path) -> Iterator[PageController]:
    workspace = StandIn(tmp_path, ARTICLES)
    controller = PageController(workspace, Rates(ask="600/minute", add="600/minute"))  # type: ignore[arg-type]
    yield controller
    controller.adding.close()
    workspace.catalog.close()


def understood(controller: PageController) -> list[str | None]:
    return [said.answer.understood for said in controller.conversations.of(READER.id) if said.answer]


def test_a_clicked_question_leans_on_nothing_that_was_asked_before(controller: PageController) -> None:
    list(controller.ask(MERELLE, READER))
    list(controller.ask("Et Dorothy Quill ?", READER))
    list(controller.ask_clicked({"question": "Et Dorothy Quill ?"}, READER))
    assert understood(controller) == [None, f"Et Dorothy Quill ? ({MERELLE})", None]
    list(controller.retry({"number": "2"}, READER))
    assert understood(controller)[2:] == [None]
    list(controller.ask("Et Yolande Perchat ?", READER))
    assert understood(controller)[3:] == ["Et Yolande Perchat ? (Et Dorothy Quill ?)"]


@pytest.mark.parametrize(
    ("lang", "told"),
    [("fr", "Une question a 2\u202f000 caractères au plus."), ("en", "A question has at most 2,000 characters.")],
)
def test_a_question_that_nobody_asks_is_refused_in_a_line(controller: PageController, lang: str, told: str) -> None:
    *_, (shown, _) = controller.ask("Que dit " + "x" * 5_000_000, replace(READER, lang=lang))
    assert told in unescape(shown[-1]["content"])
    assert len(str(shown)) < 20_000
    assert not controller.conversations.of(READER.id)
    assert not controller.answering(READER)


def test_a_refusal_of_somebody_unknown_offers_questions_that_have_an_answer(controller: PageController) -> None:
    list(controller.ask("Que dit Zébulon Quark ?", READER))
    first, *_ = controller.workspace.suggestions("fr")
    assert first in controller.conversation(READER)[1]
    list(controller.ask_clicked({"question": first}, READER))
    list(controller.ask("Que dit Zébulon Quark ?", READER))
    assert first not in controller.conversation(READER)[1]


def test_adding_goes_on_when_its_page_is_closed(controller: PageController, tmp_path: Path) -> None:
    paths = [tmp_path / f"article-{number}.txt" for number in range(5)]
    for path in paths:
        path.write_text(f"« C’est {path.stem} », a dit Paul Roux Vidal.", encoding="utf-8")
    next(iter(controller.adding.add_files(list(map(str, paths)), READER)))
    list(controller.adding.follow(READER))
    assert [result.outcome for result in controller.adding.added.of(READER.id)] == ["added"] * 5
