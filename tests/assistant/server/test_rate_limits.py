from __future__ import annotations

import pytest

from assistant.server.rate_limits import Rates, TooOften
from index.errors import SettingsError


def test_what_is_done_too_often_is_refused_for_that_person_and_that_deed_alone() -> None:
    rates = Rates(ask="2/minute", add="1/hour")
    rates.count("ask", "ana")
    rates.count("ask", "ana")
    with pytest.raises(TooOften, match="Try again in [1-6]?[0-9] seconds.") as refused:
        rates.count("ask", "ana")
    assert 1 <= refused.value.seconds <= 60
    rates.count("ask", "ben")
    rates.count("add", "ana")


def test_a_look_is_not_counted() -> None:
    rates = Rates(ask="1/minute")
    for _ in range(3):
        rates.check("ask", "ana")
    rates.count("ask", "ana")
    with pytest.raises(TooOften):
        rates.check("ask", "ana")
    rates.forget("ask", "ana")
    rates.check("ask", "ana")


@pytest.mark.parametrize("written", ["", "often", "60", "60/fortnight", "-1/minute"])
def test_what_is_no_rate_is_refused(written: str) -> None:
    with pytest.raises(SettingsError, match="is no rate. Write it as 60/minute."):
        Rates(ask=written)


def test_who_was_refused_may_go_on_once_the_oldest_deed_is_out_of_the_window() -> None:
    now = [1000.0]
    rates = Rates(lambda: now[0], ask="2/minute")
    rates.count("ask", "ana")
    now[0] += 20
    rates.count("ask", "ana")
    with pytest.raises(TooOften) as refused:
        rates.count("ask", "ana")
    assert refused.value.seconds == 40
    now[0] += 40
    rates.count("ask", "ana")
    with pytest.raises(TooOften):
        rates.count("ask", "ana")


def test_whoever_did_nothing_of_late_is_forgotten() -> None:
    now = [0.0]
    rates = Rates(lambda: now[0], ask="1/minute")
    for number in range(1000):
        rates.count("ask", f"machine {number}")
    now[0] += 121
    rates.count("ask", "ana")
    assert len(rates._done) == 1
