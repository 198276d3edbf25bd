"""Days, months and other words of time: they name nobody, and stand between a verb and its subject."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotations.parse import Token

DATES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
        "yesterday",
        "today",
        "tomorrow",
        "hier",
        "aujourd'hui",
        "demain",
        "semaine",
        "mois",
        "année",
        "soir",
        "matin",
        "après-midi",
        "nuit",
        "jours",
        "jour",
        "heures",
        "heure",
        "ans",
        "minutes",
        "days",
        "day",
        "hours",
        "years",
        "minutes",
        "week",
        "month",
        "year",
        "morning",
        "evening",
        "night",
        "weekend",
        "week-end",
        "lendemain",
        "surlendemain",
        "veille",
        "soirée",
        "matinée",
        "journée",
    ]
)


def is_date(token: Token) -> bool:
    """Tell whether a token is a day, a month or another word of time, not the surname "May"."""
    return token.low in DATES and not (token.capital and token.ent in ("PER", "PERSON"))


def after_dates(tokens: Sequence[Token], i: int, stop: int) -> int:
    """Return the position after the adverbs and dates at i: "a annoncé | ce mardi 8 mars | sa famille"."""
    while i < stop and tokens[i].quote < 0:
        small = tokens[i].pos in ("DET", "ADP", "NUM", "ADJ") and not tokens[i].capital
        dated = small and any(t.low in DATES for t in tokens[i + 1 : min(i + 3, stop)])
        if tokens[i].low not in DATES and tokens[i].pos != "ADV" and not dated:
            break
        i += 1
    return i
