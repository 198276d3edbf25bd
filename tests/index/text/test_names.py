import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models import Article, content_id
from index.text.names import name_spans, names


def _names(text: str) -> list[str]:
    return names(Article(content_id(text), "key", text.split("\n")[0], "fr", text=text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le maire, Marc Delatour, habite Morvillac.", ["Marc Delatour", "Morvillac"]),
        ("Mme Solène Kervadec a parlé. Kervadec est biologiste.", ["Solène Kervadec"]),
        ("Selon M. de Livois, rien ne presse.", ["Livois"]),
        ("Hier, Augustin de Livois était à La Rochelle.", ["Augustin de Livois", "La Rochelle"]),
        ("Le premier ministre Haïder al-Abadi et Park Geun-hye", ["Haïder al-Abadi", "Park Geun-hye"]),
        ("On entendit Miguel de la Vega et Jan van der Meer.", ["Miguel de la Vega", "Jan van der Meer"]),
        ("L’Assemblée nationale et les Nations unies ont voté.", ["Assemblée nationale", "Nations unies"]),
        ("D’après l’ONU, Étienne Lacombrade attend.", ["ONU", "Étienne Lacombrade"]),
        ("La ligne Tarvelle–Port-Guéran ferme.", ["Tarvelle", "Port-Guéran"]),
        ("On Tuesday, Prime Minister Nadine Corwell's brother met Liam O'Brien.", ["Nadine Corwell", "Liam O'Brien"]),
        ("The spokesman of K.C. Maurer left the U.S. Navy.", ["K.C. Maurer", "U.S. Navy"]),
        ("The Ministry of Fisheries wrote to Lord Ian McAllister.", ["Ministry of Fisheries", "Ian McAllister"]),
        ("Rien. Demain, peut-être. Aucun nom ici.", []),
        ("Mayor Calls Tram Delay A Promise Broken\n\nNadine Corwell spoke.", ["Nadine Corwell"]),
        ("« Alors porte plainte », a dit Marc Delatour lundi 3 Mars.", ["Marc Delatour"]),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert _names(text) == expected


def test_a_surname_alone_is_kept_when_no_longer_form_is_there() -> None:
    assert _names("Puis Delatour est sorti, et Delatour est rentré.") == ["Delatour"]


def test_typography_makes_no_difference() -> None:
    assert _names("vu avec Liam O’Brien\u00a0et Anne\u202fRoux") == _names("vu avec Liam O'Brien et Anne Roux")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Que dit Bertrand Quémard de la cantine ?", ["Bertrand Quémard"]),
        ("Did Mayor Nadine Corwell speak to Haïder al-Abadi?", ["Nadine Corwell", "Haïder al-Abadi"]),
        ("que dit le maire", []),
    ],
)
def test_name_spans(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in name_spans(text)] == expected


_TEXTS = st.text(alphabet=st.sampled_from("AaÉé Mm.Dd'’-–«»\nO1") | st.characters(), max_size=200)


@given(_TEXTS)
def test_any_text_has_names_or_none(text: str) -> None:
    found = _names(text)
    assert all(found) and len(found) == len(set(found))


@given(_TEXTS)
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    spans = name_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
