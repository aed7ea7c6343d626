"""Texts of the pages: every key is used and exists, and says in English what it says in German."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from indicators import load_indicators
from indicators.reference_metadata import concepts
from pipelines.site.language import LANGUAGES
from pipelines.site.texts import DE, EN, TEXTS

PIPELINES = Path(__file__).parents[2] / "pipelines"
TEMPLATES = PIPELINES / "site" / "templates"
SAME_IN_BOTH = frozenset(
    {
        "Definition",
        "Median",
        "Name",
        "Partner",
        "Plan",
        "Status",
        "Trend",
        "Version {version}",
        ". Plan: {years}.",
    }
)
"""Words that are the same in German and English."""
NAMES_OF_LANGUAGES = frozenset({"other_language"})
GERMAN_WORDS = re.compile(r"\b(der|die|das|und|oder|nicht|keine?|für|mit|von|ist|sind)\b")
ENGLISH_WORDS = re.compile(r"\b(the|and|or|not|no|for|with|of|are)\b")


@cache
def _templates() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html"))}


@cache
def _program() -> str:
    texts = PIPELINES / "site" / "texts"
    found = [path for path in sorted(PIPELINES.rglob("*.py")) if texts not in path.parents]
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def _named_whole() -> set[str]:
    """Keys that templates and program name as they are."""
    html = "\n".join(_templates().values())
    keys = set(re.findall(r"\bt\.(\w+)", html)) | set(re.findall(r"""\bt\[["'](\w+)["']\]""", html))
    return keys - {"get"}


def test_templates_name_only_texts_that_exist():
    assert _named_whole() <= set(TEXTS)


def test_every_text_is_used():
    quoted = set(re.findall(r"""["'](\w+)["']""", _program()))
    counted = {f"{key}_{number}" for key in quoted for number in ("one", "many")}
    kinds = set(re.findall(r"""\.word\(\s*["'](\w+)["']""", _program() + "\n".join(_templates().values())))
    parts = set(re.findall(r"""f?["'](\w+_)(?:\{|["'] \+)""", _program() + "\n".join(_templates().values())))
    families = {f"{kind}_" for kind in kinds} | parts
    unused = [
        key
        for key in TEXTS
        if key not in quoted | counted | _named_whole()
        and not any(key.startswith(family) for family in families)
    ]
    assert unused == []


def test_templates_hold_no_words_of_their_own():
    for name, html in _templates().items():
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>|&\w+;|<!--.*?-->", " ", html, flags=re.S)
        assert re.findall(r"[^\W\d_]{2,}", bare) == [], name
        for value in re.findall(r'(?:aria-label|title|alt|placeholder|data-label)="([^"]*)"', html):
            assert re.sub(r"\{\{.*?\}\}|\W", "", value) == "", f"{name}: {value}"


def test_every_text_is_translated():
    wrong = {key: problem for key in TEXTS if (problem := _untranslated(key, DE[key], EN[key]))}
    assert wrong == {}


def _untranslated(key: str, german: str, english: str) -> str:
    if not german.strip() or not english.strip():
        return "empty"
    if sorted(set(re.findall(r"\{(\w+)\}", german))) != sorted(set(re.findall(r"\{(\w+)\}", english))):
        return "other values are filled in"
    words = re.sub(r"\{\w+\}|[\W\d]", "", german)
    if german == english and words and german not in SAME_IN_BOTH:
        return "the same in both languages"
    if key not in NAMES_OF_LANGUAGES and (GERMAN_WORDS.search(english) or ENGLISH_WORDS.search(german)):
        return "words of the other language"
    return ""


def test_languages_are_told_apart_by_folder_and_code():
    assert [language.prefix for language in LANGUAGES] == ["", "en/"]
    assert len({language.code for language in LANGUAGES}) == len(LANGUAGES)


def test_every_concept_of_an_indicator_has_a_name_for_readers():
    told = {concept for each in load_indicators().values() for concept in concepts(each)} | {"STANDARDS"}
    assert {concept for concept in told if f"concept_{concept}" not in TEXTS} == set()
