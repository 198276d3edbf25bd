"""The forms of one body's name in an article: "WHO", "World Health Organization"; "Ardax", "Ardax Motor Company"."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import text_of

_STEM = 6  # letters that "emergencies" and "emergency" share
_LONGEST_GLOSS = 9  # tokens


def fullest_name(name: str, entity_table: EntityTable, lex: Lexicon) -> str:
    """Return the longest form that the article gives a body's name, the name itself when it gives no other."""
    short = name.replace(".", "")
    if short in entity_table.acronyms:
        return entity_table.acronyms[short]
    others = [e for e in entity_table.entities if e.kind != "person" and len(e.parts) > len(name.split())]
    for is_longer in (_is_spelt_out, _is_company, _is_paraphrased):
        found = {e.name for e in others if is_longer(short, e, lex)}
        if len(found) == 1:
            return found.pop()
    return name


def _is_spelt_out(short: str, longer: Entity, lex: Lexicon) -> bool:
    """Tell whether a name's capitals are those of a longer one: "WHO"."""
    capitals = [word[0] for word in longer.name.replace("-", " ").split() if word[0].isupper()]
    return short.isupper() and len(short) > 1 and "".join(capitals) == short


def _is_company(short: str, longer: Entity, lex: Lexicon) -> bool:
    """Tell whether a longer name is a company's that begins with a shorter one: "Ardax Motor Company"."""
    return longer.name.startswith(f"{short} ") and lex.has("roles.companies", longer.name.split()[-1])


def _is_paraphrased(short: str, longer: Entity, lex: Lexicon) -> bool:
    """Tell whether two names of one kind of body share their words' stems: "Emergencies", "Emergency Situations"."""
    *words, kind = short.lower().split() or [""]
    if not words or kind != longer.parts[-1] or not lex.has("roles.bodies", kind):
        return False
    stems = {word[:_STEM] for word in longer.parts[:-1] if len(word) > _STEM}
    return all(word[:_STEM] in stems for word in words)


def note_glosses(entity_table: EntityTable, paragraphs: Sequence[Paragraph]) -> None:
    """Note what brackets say that letters stand for: "le YSK (Haut-Conseil électoral)"."""
    for paragraph in paragraphs:
        for i, t in enumerate(paragraph.tokens[:-3]):
            gloss = _gloss(paragraph.tokens, i + 1) if t.text.isupper() and len(t.text) > 1 and t.quote < 0 else None
            if gloss is not None:
                entity_table.acronyms.setdefault(t.text, gloss)


def _gloss(tokens: Sequence[Token], at: int) -> str | None:
    """Return the name of several words that stands in the brackets that open at a position."""
    first = tokens[at + 1]
    if tokens[at].low != "(" or not first.capital or first.text.isupper():
        return None
    end = next((j for j in range(at + 2, min(at + _LONGEST_GLOSS, len(tokens))) if tokens[j].low == ")"), at)
    inside = tokens[at + 1 : end]
    plain = len(inside) > 1 and all(t.pos != "NUM" and t.low not in (",", ";") for t in inside)
    return text_of(tokens, at + 1, end) if plain else None
