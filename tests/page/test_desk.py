"""What the desk does with a visitor's deeds, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from assistant.page.controller import Desk
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from tests.page.browser import ARTICLES
from tests.page.stand_in import StandIn

READER = Visitor("reader", "fr", "reader")
MERELLE = "Que dit Auguste Mérelle de la météo ?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace = StandIn(tmp_path, ARTICLES)
    desk = Desk(workspace, Rates(ask="600/minute", add="600/minute"))  # type: ignore[arg-type]
    yield desk
    desk.intake.close()
    workspace.catalog.close()


def understood(desk: Desk) -> list[str | None]:
    return [said.answer.understood for said in desk.conversations.of(READER.id) if said.answer]


def test_a_clicked_question_leans_on_nothing_that_was_asked_before(desk: Desk) -> None:
    list(desk.ask(MERELLE, READER))
    list(desk.ask("Et Dorothy Quill ?", READER))
    list(desk.ask_clicked({"question": "Et Dorothy Quill ?"}, READER))
    assert understood(desk) == [None, f"Et Dorothy Quill ? ({MERELLE})", None]
    list(desk.retry({"number": "2"}, READER))
    assert understood(desk)[2:] == [None]
    list(desk.ask("Et Yolande Perchat ?", READER))
    assert understood(desk)[3:] == ["Et Yolande Perchat ? (Et Dorothy Quill ?)"]


@pytest.mark.parametrize(
    ("lang", "told"),
    [("fr", "Une question a 2\u202f000 caractères au plus."), ("en", "A question has at most 2,000 characters.")],
)
def test_a_question_that_nobody_asks_is_refused_in_a_line(desk: Desk, lang: str, told: str) -> None:
    *_, (shown, _) = desk.ask("Que dit " + "x" * 5_000_000, replace(READER, lang=lang))
    assert told in unescape(shown[-1]["content"])
    assert len(str(shown)) < 20_000
    assert not desk.conversations.of(READER.id)
    assert not desk.answering(READER)


def test_a_refusal_of_somebody_unknown_offers_questions_that_have_an_answer(desk: Desk) -> None:
    list(desk.ask("Que dit Zébulon Quark ?", READER))
    first, *_ = desk.workspace.suggestions("fr")
    assert first in desk.talk(READER)[1]
    list(desk.ask_clicked({"question": first}, READER))
    list(desk.ask("Que dit Zébulon Quark ?", READER))
    assert first not in desk.talk(READER)[1]


def test_adding_goes_on_when_its_page_is_closed(desk: Desk, tmp_path: Path) -> None:
    paths = [tmp_path / f"article-{number}.txt" for number in range(5)]
    for path in paths:
        path.write_text(f"« C’est {path.stem} », a dit Paul Roux Vidal.", encoding="utf-8")
    next(iter(desk.intake.add_files(list(map(str, paths)), READER)))
    list(desk.intake.follow(READER))
    assert [result.outcome for result in desk.intake.added.of(READER.id)] == ["added"] * 5
