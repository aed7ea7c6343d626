"""Pictures: equal to the official renderer's, independent of what was drawn before, honest about gaps."""

import re
import subprocess
import sys

import pytest
from chart_examples import SERIES, SERIES_SETS, SETS

from pipelines.charts.forms import FORMS, Point, distribution, multiples, peers, rows
from pipelines.charts.palette import COLOURS


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


def test_drawing_loads_neither_altair_nor_a_second_engine():
    code = (
        "import sys; from pipelines.charts.renderer import ReusedViews;"
        "from tests.pipelines.chart_examples import SETS;"
        "views = ReusedViews(); shown = views.draw('share', SETS['share']); views.give_back();"
        "assert views.draw('share', SETS['share']) == shown;"
        "print([m for m in ('altair', 'vl_convert', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("form", FORMS)
def test_pictures_equal_the_official_renderer(fast, form):
    from pipelines.charts.renderer import Official

    assert fast.draw(form, SETS[form], "en") == Official().draw(form, SETS[form], "en")


@pytest.mark.parametrize("form", FORMS)
def test_every_colour_of_a_picture_has_a_counterpart_in_the_dark(fast, form):
    known = {colour.light for colour in COLOURS.values()} | {"transparent", "none"}
    for svg in fast.draw(form, SETS[form]):
        assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) <= known


def test_a_negative_value_is_drawn_as_the_official_renderer_draws_it(fast):
    from pipelines.charts.renderer import Official

    data = [rows([Point(year=2015, value=-0.4, label="−0,40"), Point(year=2016, value=0.4, label="0,40")])]
    for form in ("amount", "share"):
        assert fast.draw(form, [SERIES_SETS[0], *data])[1:] == Official().draw(form, data)


def test_a_picture_does_not_depend_on_what_was_drawn_before(fast):
    below = [
        Point(year=2015 + i, value=value, label="", anew=i == 2) for i, value in enumerate((3.0, -7.0, 1.0))
    ]
    sets = [rows(points) for points in (*SERIES.values(), below)]
    order = [2, 0, 5, 3, 3, 1, 5, 2, 1, 4, 0, 0, 5, 3, 4, 2, 1]
    for form in ("amount", "count", "share"):
        first = [fast.draw(form, [one])[0] for one in sets]
        assert fast.draw(form, [sets[i] for i in order]) == [first[i] for i in order]


def test_missing_years_keep_their_place_and_are_marked(fast):
    svg = fast.draw("amount", [rows(SERIES["gap_plan_flag_and_zero"])])[0]
    assert svg.count("k. A.") == 1, "2014 has neither value nor plan, 2017 has a plan"
    assert all(f">{year}<" in svg for year in range(2014, 2019))


def test_an_unknown_value_is_never_labelled(fast):
    data = rows([Point(year=2015, value=None, label=""), Point(year=2016, value=None, label="")])
    for form in ("amount", "count", "share", "binary"):
        svg = fast.draw(form, [data])[0]
        assert svg.count("k. A.") == 2
        assert ">0,00<" not in svg and ">nein<" not in svg


@pytest.mark.parametrize("form", FORMS)
def test_pictures_fit_a_strict_content_security_policy_and_are_small(fast, form):
    for svg in fast.draw(form, SETS[form]):
        assert "style=" not in svg and "<b>" not in svg and " id=" not in svg
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


def test_where_too_few_report_the_strip_says_so_and_draws_no_band(fast):
    drawn, without = fast.draw("peers", [SETS["peers"][0], SETS["peers"][2]])
    band = COLOURS["band"].light
    assert band in drawn and "(n = 23)" in drawn
    assert band not in without and "n zu klein (n = 3)" in without and "Median" not in without


def test_an_unknown_own_value_is_no_point_on_the_strip(fast):
    known, unknown = fast.draw("peers", [SETS["peers"][0], SETS["peers"][3]])
    own = COLOURS["actual"].light
    assert own in known and own not in unknown and "k. A." in unknown


def test_every_value_is_in_exactly_one_step_and_units_without_one_are_in_none():
    for values in ([0.2, 0.4, 0.4, 1.9], [3.0], [0.0, 0.0], [-2.0, 5.0], [0.1] * 200 + [900.0], [30.0] * 5):
        steps = [row for row in distribution.rows(values, without=7) if row["k"] in ("step", "open")]
        assert sum(step["n"] for step in steps) == len(values)
        assert all(step["v"] < step["w"] for step in steps) and len(steps) < 30


def test_a_count_stands_in_the_middle_of_its_own_step():
    steps = [row for row in distribution.rows([0, 0, 1, 2], without=0, whole=True) if row["k"] == "step"]
    assert [((s["v"] + s["w"]) / 2, s["n"]) for s in steps] == [(0, 2), (1, 1), (2, 1)]


def test_the_own_value_is_marked_only_where_one_is_given(fast):
    marked, plain = [
        distribution.rows([1.0, 2.0], without=3, own=own, own_label="Hier") for own in (1.5, None)
    ]
    drawn = fast.draw("distribution", [marked, plain])
    assert ["Hier" in svg for svg in drawn] == [True, False]
    assert all("ohne Wert: 3" in svg for svg in drawn)


def test_small_multiples_share_one_scale_and_refuse_a_sixth_unit():
    point = Point(year=2020, value=1.0, label="1"), Point(year=2020, value=4.0, label="4")
    made = multiples.rows([("a", [point[0]]), ("b", [point[1]])])
    heights = [row["t"] - row["b"] for row in made if row["k"] == "actual"]
    assert heights[1] == pytest.approx(4 * heights[0])
    with pytest.raises(ValueError, match="at most 5"):
        multiples.rows([("a", [point[0]])] * 6)


def test_a_picture_writes_numbers_in_the_language_of_its_page(fast):
    data = [peers.rows(own=None, own_label="", band=None, median_label="", reporting=1000, language="en")]
    assert "n too small" in fast.draw("peers", data, "en")[0]
    assert ">1,000<" in fast.draw("amount", [rows([Point(year=2015, value=1234.5, label="")])], "en")[0]


def test_a_line_drawn_upon_itself_is_drawn_once_unless_it_is_transparent():
    from pipelines.charts.renderer import slim

    line, faint = '<line x2="9" stroke="#000"/>', '<line x2="9" stroke-opacity="0.5"/>'
    assert slim(f"<svg>{line * 3}{faint * 2}</svg>").count("<line") == 1 + 2
