from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.loaders.dates import parse_day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-03-04", date(2025, 3, 4)),
        ("2025-03-04T23:30:00-05:00", date(2025, 3, 4)),
        ("20250304", date(2025, 3, 4)),
        ("Tue, 04 Mar 2025 10:00:00 GMT", date(2025, 3, 4)),
        ("March 4, 2025", date(2025, 3, 4)),
        ("19/03/2025", date(2025, 3, 19)),
        ("03/04/2025", None),  # April in Paris, March in New York
        ("March 2025", None),
        ("2025", None),
        ("2025-03", None),
        ("2025-13-45", None),
        ("yesterday", None),
        ("10", None),
        ("", None),
        ("1" * 10_000, None),
    ],
)
def test_day_of_a_date(written: str, day: date | None) -> None:
    assert parse_day(written) == day


@settings(deadline=None)
@given(st.text() | st.text("0123456789-/:T .Zam"))
def test_any_text_is_a_day_or_none(written: str) -> None:
    assert parse_day(written) is None or isinstance(parse_day(written), date)
