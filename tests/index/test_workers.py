"""Several processes find what one finds, in the same order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from functools import partial

import pytest

from index.embedding.token_states import open_token_states
from index.models import Article, Quotation, content_id
from index.quotations.extractor import extract_quotations
from index.settings import IndexSettings
from index.workers import FEW, MOST_HELD, Workers


def article(number: int) -> Article:
    text = f"Conseil {number}\n\n« Le pont {number} tiendra », a déclaré Nadia Belkacemi. Elle a promis d'y passer."
    return Article(content_id(text), f"a{number}", f"Conseil {number}", "fr", text=text)


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers[Article, list[Quotation]]]:
    with Workers(extract_quotations, processes=2) as pool:
        yield pool


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 3 * FEW])
def test_processes_find_what_one_finds_each_time(pool: Workers[Article, list[Quotation]], count: int) -> None:
    articles = [article(number) for number in range(count)]
    found = list(pool.map(articles))
    assert [read for read, _ in found] == articles
    assert [quotations for _, quotations in found] == [extract_quotations(one) for one in articles]


def test_what_is_not_wanted_is_passed_in_its_place(pool: Workers[Article, list[Quotation]]) -> None:
    articles = [article(number) for number in range(3 * FEW)]
    found = list(pool.map(articles, lambda one: one.key.endswith("7")))
    assert [read for read, _ in found] == articles
    assert [read.key for read, made in found if made is not None] == ["a7", "a17", "a27"]


def test_what_is_wanted_by_nobody_is_told_at_once_and_of_the_rest_no_more_than_some_is_held() -> None:
    taken: list[int] = []

    def given() -> Iterator[int]:
        for number in range(200):
            taken.append(number)
            yield number

    with Workers(half, 2) as workers:
        for number, made in workers.map(given(), lambda one: one == 100):
            assert len(taken) - number <= (1 if number < 100 else MOST_HELD + 1)
            assert made == (50 if number == 100 else None)


def place(number: int) -> tuple[int, int]:
    return number, os.getpid()


@pytest.mark.parametrize("is_ready", [False, True])
def test_the_first_few_of_many_are_done_here_if_this_process_is_ready(is_ready: bool) -> None:
    with Workers(place, 2, is_ready=is_ready) as workers:
        found = list(workers.map(range(3 * FEW)))
    assert [(one, made and made[0]) for one, made in found] == [(n, n) for n in range(3 * FEW)]
    here = [one for one, made in found if made is not None and made[1] == os.getpid()]
    assert here == list(range(FEW + 1 if is_ready else 0))


def half(number: int) -> int:
    if number in (15, 20):
        os._exit(1)
    return number // 2


def test_what_ends_its_process_takes_nothing_else_with_it() -> None:
    with Workers(half, 2) as workers:
        found = list(workers.map(range(30)))
    assert found == [(n, None if n in (15, 20) else n // 2) for n in range(30)]


def test_what_is_left_half_way_ends_the_processes() -> None:
    before = multiprocessing.active_children()
    with Workers(half, 2) as workers:
        made = workers.map(iter(range(14)))
        assert [next(made) for _ in range(13)][-1] == (12, 6)
        assert len(multiprocessing.active_children()) > len(before)
    assert multiprocessing.active_children() == before


def test_processes_read_with_the_embedding_model_as_one_does() -> None:
    model = open_token_states(IndexSettings(), lambda _: None)
    articles = [article(number) for number in range(2 * FEW)]
    with Workers(partial(extract_quotations, model=model), 2) as reading:
        found = [quotations for _, quotations in reading.map(articles)]
    assert found == [extract_quotations(one, model) for one in articles]
    assert found[0][0].confidence != extract_quotations(articles[0])[0].confidence
