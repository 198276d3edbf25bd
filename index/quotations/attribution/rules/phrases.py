"""A quotation in its sentence -> the phrase that names who speaks where no cue governs the words."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.cues.analysed_sentences import QuotedTokens, main_subject
from index.quotations.cues.passed_on import is_told
from index.quotations.cues.subjects import can_speak, phrase_speaks, subject_before_verb
from index.quotations.syntax.noun_phrases import Phrase, Sentence, bare_phrases, is_nominal, phrase_around, phrase_at

_HANDLE = "@"
_PERSON = ("PER", "PERSON")
_SIGNED = 3  # words of marks behind which a dash and a name stand


def colon_source(s: Sentence, q: QuotedTokens) -> Phrase | None:
    """Return the phrase that stands before a colon and a quotation, when no verb does: "Achterhof: ..."."""
    i = q.first - 1
    if i < s.first or s.tokens[i].low != ":":
        return None
    phrase = _beside_colon(s, i)
    if _is_spoken_of(s, phrase, i):
        return None
    if phrase is not None and can_speak(s, phrase):
        return phrase
    return _belongs_to(s, i) or phrase


def _beside_colon(s: Sentence, colon: int) -> Phrase | None:
    """Return the phrase that may speak at an end of what comes before a colon."""
    phrases = bare_phrases(s.tokens, _first_word(s, colon), colon, s.lex)
    words = [p for p in phrases if not s.tokens[p.first].text[:1].isdigit()]
    return _at_an_end(s, colon, [p for p in words if _may_speak(s, p, colon)])


def _is_spoken_of(s: Sentence, phrase: Phrase | None, colon: int) -> bool:
    """Tell whether what stands before a colon is only what its subject does: "Le maire n'a pas baissé les yeux : "."""
    subject = main_subject(s)
    if subject is None or subject.last > colon or subject.pronoun or not can_speak(s, subject):
        return False
    if any(is_told(s, subject.last, j) for j in range(subject.last, colon)):
        return True  # "Tom Reed was told: “You lied.”"
    if phrase is None or phrase.last <= subject.first:
        return _acts(s, subject, colon)
    return phrase.first >= subject.last and _acts(s, subject, phrase.first)


def _acts(s: Sentence, subject: Phrase, stop: int) -> bool:
    """Tell whether a finite verb follows a subject before a position."""
    return any(s.is_finite(j) for j in range(subject.last, stop))


def _at_an_end(s: Sentence, colon: int, phrases: Sequence[Phrase]) -> Phrase | None:
    """Return the phrase that begins a sentence, else the one that ends right before its colon."""
    if phrases and phrases[0].first == _first_word(s, colon):
        return phrases[0]
    return phrases[-1] if phrases and phrases[-1].last == colon else None


def _first_word(s: Sentence, stop: int) -> int:
    """Return the first word of a sentence before a position, behind the bullet of a list."""
    return next((i for i in range(s.first, stop) if s.tokens[i].pos != "PUNCT"), s.first)


def _may_speak(s: Sentence, phrase: Phrase, colon: int) -> bool:
    """Tell whether a phrase before a colon may be who speaks.

    "plus bas : « ... »", "5.02pm: ..." name nobody, nor does "Grève à l'hôpital : « ... »", where the capital is the
    sentence's.
    """
    words = s.tokens[phrase.first : phrase.last]
    topic = phrase.first == _first_word(s, colon) and words[0].pos == "NOUN" and (len(words) > 1 or phrase.last < colon)
    named = any(t.capital or t.pos == "DET" for t in words[topic:])
    return phrase.pronoun or can_speak(s, phrase) or named


def _belongs_to(s: Sentence, colon: int) -> Phrase | None:
    """Return the person named last before a colon: "The last word belongs to Chief Marisol Okafor: ..."."""
    for i in range(max(s.first, colon - 10), colon - 1):
        if s.has(i, "joining.belongs_to") and s.tokens[i].quote < 0:
            phrase = phrase_around(s.tokens, i + 1, i + 1, colon, s.lex)
            if phrase is not None and phrase.last == colon and _is_person(s, phrase):
                return phrase
    return None


def _is_person(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether the parser sees a person's name in a phrase: "Chief Marisol Okafor"."""
    return any(t.ent in _PERSON for t in s.tokens[phrase.first : phrase.last])


def turns_to_others(s: Sentence, q: QuotedTokens) -> bool:
    """Tell whether a sentence turns to others before a colon and marks: "Côté syndical, colère : ...", "@name: ..."."""
    before = q.first - 1
    opens = s.has(s.first, "joining.turns_to") or s.tokens[s.first].text[:1] == _HANDLE
    named = any(t.ent in _PERSON for t in s.tokens[s.first : before])
    return opens and not named and before > s.first and s.tokens[before].low == ":"


def signed_by(s: Sentence, q: QuotedTokens, inside: str) -> Phrase | None:
    """Return whose name a dash or a bracket parts from words that open a sentence.

    Examples: "“We were robbed” - Ada Pike on the final", "« On nous a volés » (Jeanne Morel)".
    """
    if q.last + 1 >= s.last or s.tokens[q.last].low not in ("-", "--", "(") or len(inside.split()) < _SIGNED:
        return None
    phrase = phrase_at(s.tokens, q.last + 1, s.last, s.lex)
    if phrase is None or not _is_name(s, phrase) or s.has(phrase.last, "determiners.genitive"):
        return None
    if s.low(q.last) == "(" and not (s.low(phrase.last) == ")" and phrase.last + 2 >= s.last):
        return None  # a film in marks and who made it: "« ... » (Marcel Carné, 1945) reste"
    return phrase


def _is_name(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase begins with a person's first name or with what the parser takes for a person's name."""
    first = s.tokens[phrase.first]
    return first.capital and (first.ent in _PERSON or s.lex.is_first_name(first.text))


def subject_before(s: Sentence, q: QuotedTokens, inside: str) -> Phrase | None:
    """Return the phrase whose verb the marks hold.

    Examples: "Son cabinet « ne commente pas »", "le Conseil a « enjoint au ministre »".
    """
    head = q.first - 1
    if head < s.first:
        return None
    if _is_felt(inside, s.lex) and s.has(head, "forms.be"):
        return subject_before_verb(s, head, head)  # "X est « agréablement surpris »"
    verb = _finite_verb(s, q.first + 1, min(q.first + 4, q.last))
    if verb is not None and _leads_to_verb(s, head):
        return subject_before_verb(s, q.first, verb)  # "La ministre, X, « félicite »"; "X gagne et « remercie »"
    return _subject_of_auxiliary(s, head) or _subject_beside(s, q, inside)


def _is_felt(inside: str, lex: Lexicon) -> bool:
    """Tell whether marks hold what only one oneself can say: « agréablement surpris »."""
    return any(lex.has("grammar.feelings", word) for word in inside.split()[:3])


def _finite_verb(s: Sentence, start: int, stop: int) -> int | None:
    """Return the first verb with a person between two positions."""
    return next((i for i in range(start, stop) if s.tokens[i].form == "Fin"), None)


def _leads_to_verb(s: Sentence, i: int) -> bool:
    """Tell whether a word parts a subject from its verb: a comma, "et", "qui"."""
    return s.tokens[i].low == "," or s.has(i, "joining.and") or s.has(i, "joining.who")


def _subject_of_auxiliary(s: Sentence, head: int) -> Phrase | None:
    """Return the subject of a French auxiliary whose participle the marks hold: "X n'a « rien entendu »"."""
    if not s.has(head, "forms.has_now") or s.tokens[head].pos not in ("AUX", "VERB"):
        return None
    return subject_before_verb(s, head - s.has(head - 1, "forms.negating"), head)


def _subject_beside(s: Sentence, q: QuotedTokens, inside: str) -> Phrase | None:
    """Return the noun phrase right before marks that hold its verb, or before the auxiliary of that verb."""
    head = q.first - 1
    if s.has(head, "forms.leads_to_participle") and s.tokens[head].pos == "AUX":
        head -= 1
    elif not _opens_with_verb(s, q, inside):
        return None
    if head < s.first or not is_nominal(s.tokens[head]) or s.has(head, "forms.been"):
        return None
    return phrase_around(s.tokens, head, s.first, head + 1, s.lex)


def _opens_with_verb(s: Sentence, q: QuotedTokens, inside: str) -> bool:
    """Tell whether marks begin with a verb without its subject: « ne commente pas », “will not comment”."""
    low = inside.lower().replace("’", "'")
    openings = (word if word.endswith("'") else f"{word} " for word in s.lex.words["forms.opens_predicate"])
    return low.startswith(tuple(openings)) or _finite_verb(s, q.first + 1, min(q.first + 2, len(s.tokens))) is not None


def agent_of(s: Sentence, q: QuotedTokens) -> Phrase | None:
    """Return by whom somebody is called what the marks hold: "décrit comme « ... » par une voisine"."""
    called = _participle_before(s, q) if s.lex.has("naming.traits", "agents") else None
    if called is None or _is_active(s, called):
        return None
    if q.last < s.last and s.has(q.last, "joining.by"):
        return _agent(s, q.last)
    by = next((i for i in range(q.first - 1, called, -1) if s.has(i, "joining.by")), None)
    return _agent(s, by) if by is not None else None


def has_no_agent(s: Sentence, q: QuotedTokens) -> bool:
    """Tell whether somebody is only said to be called what the marks hold, by nobody: "Reed, described as “shy”"."""
    called = _participle_before(s, q)
    if called is None or s.low(called - 1) != "," or s.tokens[called].form != "Part":
        return False
    return s.has(called + 1, "clauses.as") and not any(s.has(i, "joining.by") for i in range(called, s.last))


def _participle_before(s: Sentence, q: QuotedTokens) -> int | None:
    """Return the participle that says what somebody is called, when only small words part it from the marks."""
    for i in range(q.first - 1, max(s.first, q.first - 10) - 1, -1):
        t = s.tokens[i]
        if t.quote >= 0 or t.form == "Fin" or t.pos == "PUNCT":
            return None
        if _calls(s, i):
            return i
    return None


def _calls(s: Sentence, i: int) -> bool:
    """Tell whether the word at i is a participle that says what somebody is called: "décrit", "qualifié"."""
    verb = s.lex.verbs.get(s.tokens[i].low)
    past = s.tokens[i].form == "Part" and not s.lex.ends("suffixes.present_participle", s.tokens[i].low)
    return verb is not None and past and bool(verb.groups & {"object", "think"})


def _agent(s: Sentence, by: int) -> Phrase | None:
    """Return the phrase behind "par", when it can speak."""
    phrase = phrase_at(s.tokens, by + 1, s.last, s.lex)
    return phrase if phrase is not None and (phrase_speaks(s, phrase) or _are_people(s, phrase)) else None


def _are_people(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a noun in the plural is of people: "friends", « ses proches »."""
    forms = s.lex.singulars(s.low(phrase.head))
    return any(s.lex.has(key, form) for form in forms for key in ("roles.speaking", "kin.all", "nouns.several"))


def _is_active(s: Sentence, participle: int) -> bool:
    """Tell whether "a", without "été", makes a participle a verb of its own: "a qualifié", not "a été qualifié"."""
    before = range(max(s.first, participle - 4), participle)
    return any(s.has(i, "forms.have") for i in before) and not any(s.has(i, "forms.been") for i in before)


def answer_of(s: Sentence, q: QuotedTokens) -> Phrase | None:
    """Return whose words a sentence says they are.

    Examples: "“We stand by it” was the firm's reply", "“A mess” is how Pike put it", "« Une honte » : le mot est de X".
    """
    if q.last + 2 >= s.last:
        return None
    if s.low(q.last) == ":":
        return _whose_word(s, q.last + 1)
    verb = _copula(s, q.last + (s.low(q.last) == ","))
    if verb is None:
        return None
    if not s.has(verb + 1, "joining.how"):
        return _whose_answer(s, verb)
    phrase = phrase_at(s.tokens, verb + 2, s.last, s.lex)
    return phrase if phrase is not None and _tells(s, phrase.last) else None


def _tells(s: Sentence, i: int) -> bool:
    """Tell whether a verb of telling stands at i or right behind it: "described", "would say", "put it"."""
    behind = range(i, min(i + 3, s.last))
    passive = any(s.has(j, "verb_groups.be") for j in behind)
    return not passive and any(s.low(j) in s.lex.verbs or s.has(j, "joining.puts") for j in behind)


def _copula(s: Sentence, i: int) -> int | None:
    """Return the last word of the copula that begins at i: "is", "a | été"."""
    if s.has_pair(i, "forms.has_been"):
        return i + 1
    return i if s.has(i, "forms.is") or s.has(i, "forms.has_been") else None


def _whose_answer(s: Sentence, verb: int) -> Phrase | None:
    """Return whose the answer is behind the verb at a place: "was | the firm | 's reply"; "was | the firm's view"."""
    for i in range(verb + 1, min(verb + 8, s.last - 1)):
        if s.has(i, "determiners.genitive") and s.has(i + 1, "nouns.words"):
            return phrase_at(s.tokens, verb + 1, i, s.lex)
    phrase = phrase_at(s.tokens, verb + 1, s.last, s.lex)
    return phrase if phrase is not None and s.has(phrase.head, "nouns.utterances") else None


def _whose_word(s: Sentence, i: int) -> Phrase | None:
    """Return whose a word is said to be at i: "le mot est de | Paul Morel"."""
    word = phrase_at(s.tokens, i, s.last, s.lex)
    if word is None or not s.has(word.head, "nouns.utterances") or not s.has(word.last, "forms.is"):
        return None
    of = s.has(word.last + 1, "joining.words_of")
    return phrase_at(s.tokens, word.last + 2, s.last, s.lex) if of else None


def is_reason(s: Sentence, q: QuotedTokens) -> bool:
    """Tell whether French marks only say what something was done for, in nobody's words: "primé pour ses « ... »"."""
    i = q.first - 1
    while i > s.first and s.tokens[i].pos in ("DET", "ADJ") and s.tokens[i].quote < 0:
        i -= 1
    return i >= s.first and s.has(i, "joining.for_reason") and s.tokens[i].quote < 0
