"""The trees that weigh the evidence: read as they were fitted, and what they answer."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotations.attribution.scorer import WEIGHTS, bars
from index.quotations.forest import fitted_forest, forest

# One tree: somebody who is the subject (as_subject > 0.5) by 2.0 more, else by -1.0; what cannot be told goes left.
STUMP = [[0, 0.5, 1, 2, 1, 0], [-1, 0, 0, 0, 0, -1.0], [-1, 0, 0, 0, 0, 2.0]]
DEEPER = [
    [1, 3.0, 1, 4, 0, 0],
    [0, 0.5, 2, 3, 1, 0],
    [-1, 0, 0, 0, 0, 0.5],
    [-1, 0, 0, 0, 0, 1.0],
    [-1, 0, 0, 0, 0, -0.5],
]
TWO = {"evidence": ["as_subject", "distance"], "base": 0.0, "trees": [STUMP, DEEPER]}


@pytest.mark.parametrize(
    ("as_subject", "distance", "log_odds"),
    [
        (1.0, 1.0, 2.0 + 1.0),
        (0.0, 1.0, -1.0 + 0.5),
        (0.5, 3.0, -1.0 + 0.5),  # the threshold itself goes left
        (1.0, 9.0, 2.0 - 0.5),
        (nan, 1.0, -1.0 + 0.5),
        (1.0, nan, 2.0 - 0.5),  # this tree sends it right
    ],
)
def test_trees_add_up_their_log_odds(as_subject: float, distance: float, log_odds: float) -> None:
    (found,) = forest(TWO).probabilities([{"as_subject": as_subject, "distance": distance}])
    assert found == pytest.approx(1 / (1 + 2.718281828**-log_odds))


def test_no_candidate_has_no_probability() -> None:
    assert forest(TWO).probabilities([]) == []


def test_evidence_that_lacks_a_name_is_refused() -> None:
    with pytest.raises(KeyError, match="distance"):
        forest(TWO).probabilities([{"as_subject": 1.0}])


@given(st.lists(st.floats(-100, 100) | st.just(nan), min_size=1, max_size=400))
def test_the_fitted_trees_always_answer_a_probability(values: list[float]) -> None:
    names = fitted_forest(WEIGHTS).names
    evidence = {name: values[at % len(values)] for at, name in enumerate(names)}
    (found,) = fitted_forest(WEIGHTS).probabilities([evidence])
    assert 0 <= found <= 1


def test_to_be_sure_of_a_speaker_takes_more_than_to_name_one() -> None:
    assert 0 < bars().named <= bars().sure <= 1
