from __future__ import annotations

import pytest

from assistant.server.visitor import visitor

ID = "0f" * 16


@pytest.mark.parametrize(
    ("cookie", "accepts", "expected"),
    [
        (f"dixit={ID}; dixit_lang=fr", "en-GB,en", (ID, "fr")),
        (f"a=b; dixit={ID}", "fr-FR,fr;q=0.9,en;q=0.8", (ID, "fr")),
        ("dixit=../../x; dixit_lang=<b>", "de-DE", ("session", "en")),
        ("dixit_lang=de", "fr", ("session", "fr")),
        ("\x00=;;[]", None, ("session", "en")),
        (None, None, ("session", "en")),
    ],
)
def test_a_visitor_is_known_by_a_cookie_and_spoken_to_in_the_chosen_language(
    cookie: str | None, accepts: str | None, expected: tuple[str, str]
) -> None:
    found = visitor(cookie, accepts, "session")
    assert (found.id, found.lang) == expected
