"""Ten numbers of ten kinds: each can be done again from its own explanation, down to the bytes."""

from __future__ import annotations

import gzip
import hashlib
import re
from typing import Any

import duckdb
import pytest

from pipelines.explain import explanation
from tests.built_release import Built
from tests.handbook.pages import HANDBOOK, answer, queries

pytestmark = pytest.mark.xdist_group("archive")
ASKED = re.compile(
    r"FROM (?P<macro>explain(?:_plan)?)\('(?P<ags>\d+)', '(?P<indicator>\w+)', (?P<year>\d+)\)"
)
KINDS = {
    ("09188121", "pt_ausg_ew", 2015): ("money actual", "E", None),
    ("09178143", "fair_ausg_ew", 2024): ("money planned", "E", None),
    ("05334002", "pt_gs_anteil", 2017): ("share", "E", None),
    ("05170048", "pt_gs_n", 2025): ("count", "E", "lower_bound"),
    ("05334036", "pt_gs_100k", 2025): ("rate", "E", "lower_bound"),
    ("05334002", "fairtrade_town", 2013): ("title", "E", "title_not_confirmed"),
    ("05334002", "ep_konzept", 2024): ("document", "A", None),
    ("05314000", "ez_ausg_ew", 2016): ("missing", "O", "not_separable"),
    ("04011000", "pt_gs_n", 2022): ("lower bound", "U", "lower_bound"),
    ("05334002", "daten_verf", 2025): ("availability", "A", None),
}
"""What is explained on the page: kind, status, and the reason where one must be given."""
NUMBERED = re.compile(r"line (\d+)$")


def asked() -> list[dict[str, str]]:
    page = (HANDBOOK / "explain.md").read_text("utf-8")
    found = [ASKED.search(query.sql) for query in queries(page) if not query.is_synthetic]
    return [each.groupdict() for each in found if each]


def test_the_page_explains_each_of_them_once() -> None:
    assert [(each["ags"], each["indicator"], int(each["year"])) for each in asked()] == list(KINDS)


@pytest.mark.parametrize("question", asked(), ids=lambda each: f"{each['indicator']}-{each['year']}")
def test_a_number_can_be_done_again_from_its_explanation(
    question: dict[str, str], archive_release: Built
) -> None:
    key = (question["ags"], question["indicator"], int(question["year"]))
    found = explanation(archive_release.settings, *key, plan=question["macro"] == "explain_plan")
    _, status, reason = KINDS[key]
    assert found["observation"]["obs_status"] == status
    assert reason in (None, found["observation"]["reason"])
    measures = {step["name"]: step for step in found["steps"] if step["kind"] == "measure"}
    inputs = [step for step in found["steps"] if step["kind"] == "input"]
    assert measures and inputs
    for name, measure in measures.items():
        parts = [step["value"] for step in inputs if step["name"] == name]
        assert measure["value"] == (None if None in parts else sum(parts)), f"{name} is the sum of its rows"
    assert found["observation"]["value"] == calculated(found["indicator"]["formula"], measures)
    for step in inputs:
        if step["file"]:
            holds_the_line(archive_release, step)
    assert (
        found["observation"]["value"] is None
        or key[1] == "daten_verf"
        or any(step["file"] for step in inputs)
    )


def calculated(formula: str, measures: dict[str, dict[str, Any]]) -> float | None:
    values = ", ".join(
        f"CAST({'NULL' if step['value'] is None else int(step['value'])} AS BIGINT) AS {name}"
        for name, step in measures.items()
    )
    row = duckdb.sql(f"SELECT CAST({formula} AS DOUBLE) FROM (SELECT {values})").fetchone()  # noqa: S608
    return row[0] if row else None


def holds_the_line(release: Built, step: dict[str, Any]) -> None:
    """The bytes have the hash they are kept under and, where they are lines, the line that is named."""
    content = release.snapshot(step["snapshot_id"])
    assert hashlib.sha256(content).hexdigest() == step["snapshot_id"]
    place = NUMBERED.match(step["locator"])
    if place is None:
        return
    plain = gzip.decompress(content) if step["file"].endswith(".gz") else content
    encoding = "cp1252" if "gilching" in step["file"] else "utf-8"
    lines = plain.decode(encoding).split("\n")
    assert lines[int(place[1]) - 1].strip() == step["text"].strip()


def test_an_unknown_number_prints_as_unknown(archive_release: Built) -> None:
    with archive_release.database() as connection:
        printed = answer(connection, "SELECT value FROM explain('05314000', 'ez_ausg_ew', 2016) LIMIT 1")
    assert printed.split() == ["value", "NULL"], "never 0"
