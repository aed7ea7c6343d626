"""Pictures: equal to the official renderer's, independent of what was drawn before, honest about gaps."""

import re
import subprocess
import sys

import pytest

from pipelines.charts.forms import FORMS, Point, rows

SERIES = {
    "gap_plan_flag_and_zero": [
        Point(year=2014, value=None, label=""),
        Point(year=2015, value=1.014, label="1,01", plan=1.2, plan_label="1,20"),
        Point(year=2016, value=0.57, label="0,57", flagged=True),
        Point(year=2017, value=None, label="", plan=0.9, plan_label="0,90"),
        Point(year=2018, value=0.0, label="0,00"),
    ],
    "break": [
        Point(year=2020, value=1.0, label="1,00"),
        Point(year=2021, value=1.2, label="1,20"),
        Point(year=2022, value=1.4, label="1,40", anew=True),
        Point(year=2023, value=1.5, label="1,50"),
    ],
    "one_year": [Point(year=2015, value=1.0, label="1,00")],
    "only_zero": [Point(year=2015, value=0.0, label="0"), Point(year=2016, value=0.0, label="0")],
    "long": [Point(year=2000 + i, value=float(i % 7), label=str(i % 7)) for i in range(22)],
}


@pytest.fixture(scope="module")
def fast():
    from pipelines.charts.renderer import ReusedViews

    return ReusedViews()


def test_importing_forms_and_renderer_loads_neither_altair_nor_vega():
    code = (
        "import sys, pipelines.charts.forms, pipelines.charts.renderer, pipelines.site.build;"
        "print([m for m in ('altair', 'vl_convert', 'py_mini_racer', 'pandas') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("form", FORMS)
def test_pictures_equal_the_official_renderer(fast, form):
    from pipelines.charts.renderer import Official

    sets = [rows(points) for points in SERIES.values()]
    assert fast.draw(form, sets) == Official().draw(form, sets)


def test_a_negative_value_has_the_same_marks_in_another_order(fast):
    from pipelines.charts.renderer import Official

    data = [rows([Point(year=2015, value=-0.4, label="−0,40"), Point(year=2016, value=0.4, label="0,40")])]
    own, official = fast.draw("amount", data)[0], Official().draw("amount", data)[0]
    assert own.count("<") == official.count("<")
    assert sorted(re.findall("<[^>]*>", own)) == sorted(re.findall("<[^>]*>", official))


def test_a_picture_does_not_depend_on_what_was_drawn_before(fast):
    sets = [rows(points) for points in SERIES.values()]
    first = fast.draw("amount", sets)
    order = [2, 0, 3, 3, 1, 2, 1, 0, 0, 3, 2, 1]
    assert [fast.draw("amount", [sets[i]])[0] for i in order] == [first[i] for i in order]


def test_missing_years_keep_their_place_and_are_marked(fast):
    svg = fast.draw("amount", [rows(SERIES["gap_plan_flag_and_zero"])])[0]
    assert svg.count("k. A.") == 1, "2014 has neither value nor plan, 2017 has a plan"
    assert all(f">{year}<" in svg for year in range(2014, 2019))


def test_an_unknown_value_is_never_labelled(fast):
    data = rows([Point(year=2015, value=None, label=""), Point(year=2016, value=None, label="")])
    for form in FORMS:
        svg = fast.draw(form, [data])[0]
        assert svg.count("k. A.") == 2
        assert ">0,00<" not in svg and ">nein<" not in svg


@pytest.mark.parametrize("form", FORMS)
def test_pictures_fit_a_strict_content_security_policy_and_are_small(fast, form):
    for svg in fast.draw(form, [rows(points) for points in SERIES.values()]):
        assert "style=" not in svg
        assert "http" not in svg and "href" not in svg
        assert len(svg) < 20_000


def test_numbers_on_axes_are_german(fast):
    svg = fast.draw("amount", [rows([Point(year=2015, value=1234.5, label="1.234,50")])])[0]
    assert ">1.000<" in svg and ">1.234,50<" in svg


def test_counts_have_whole_steps(fast):
    svg = fast.draw("count", [rows([Point(year=2015, value=2.0, label="2")])])[0]
    assert re.findall(r'text-anchor="end"[^>]*>([^<]*)<', svg) == ["0", "1", "2"]


def test_when_space_is_short_only_highest_and_newest_are_written():
    points = [Point(year=2000 + i, value=float(20 - i), label=f"1.000,{i:02}") for i in range(20)]
    written = [row["y"] for row in rows(points) if row["l"]]
    assert written == ["2000", "2019"]


def whole(points: list[Point]) -> list[Point]:
    return [Point(year=p.year, value=p.value, label=p.label) for p in points]


def test_no_line_runs_over_a_break(fast):
    """Made up: two years on one census base, two on another; two lines instead of one, and a rule."""
    broken, joined = fast.draw("share", [rows(SERIES["break"]), rows(whole(SERIES["break"]))])
    paths = [re.findall(r'<path [^>]*d="M[^aA"]*L[^aA"]*"', svg) for svg in (broken, joined)]
    assert [len(found) for found in paths] == [2, 1]
    assert broken.count('stroke-dasharray="5,4"') == 1 and "5,4" not in joined


def test_between_bars_a_break_is_a_rule_in_the_space_before_its_year(fast):
    svg = fast.draw("amount", [rows(SERIES["break"])])[0]
    (place,) = re.findall(r'<line[^>]*transform="translate\(([\d.]+),[^>]*stroke-dasharray="5,4"', svg)
    step = (360 - 78) / 4
    assert 1.9 * step < float(place) < 2.1 * step
