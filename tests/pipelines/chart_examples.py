"""Made-up data, one list of data sets per chart form; a new form adds its own entry. Nothing here is real."""

from pipelines.charts.forms import choropleth, distribution, multiples, peers, world
from pipelines.charts.outlines import outlines
from pipelines.charts.series import Point, rows

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

SERIES_SETS = [rows(points) for points in SERIES.values()]

BAND = peers.Band(lowest=0.0, lower=0.3, median=0.52, upper=0.9, highest=2.4)


def _strip(own, band, reporting, language="de"):
    return peers.rows(
        own=own,
        own_label="Musterstadt <b>",
        band=band,
        median_label="0,52",
        reporting=reporting,
        language=language,
    )


def _square(x, y, size=100):
    return [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]


ISLAND = _square(340, 140, 20)
COUNTRY = outlines(
    [
        ("01001001", [_square(100, 100)]),
        ("01001002", [_square(200, 100)]),
        ("02002001", [_square(300, 100), ISLAND]),
        ("02002002", [ISLAND]),
        ("02002002", [_square(500, 500, 3)]),
    ],
    tolerance=1.0,
)
"""Four made-up units: three squares in a row, one lying within the third and owning a far islet."""


def _map(values, digits=8, language="de"):
    return choropleth.rows(
        COUNTRY, values, without=2, write=lambda value: f"{value:g}", digits=digits, language=language
    )


PLANET = outlines([("AAA", [_square(100, 100)]), ("BBB", [_square(200, 100)])], tolerance=1.0)


def _partner(country, longitude=None, latitude=None):
    return {"partner_country": country, "partner_longitude": longitude, "partner_latitude": latitude}


SETS = {
    "amount": SERIES_SETS,
    "count": SERIES_SETS,
    "share": SERIES_SETS,
    "binary": SERIES_SETS,
    "peers": [
        _strip(0.85, BAND, 23),
        _strip(2.4, BAND, 23),
        _strip(0.0, None, 3),
        _strip(None, BAND, 23),
        _strip(0.0, peers.Band(lowest=0, lower=0, median=0, upper=0, highest=0), 9, "en"),
    ],
    "distribution": [
        distribution.rows([0.2, 0.4, 0.4, 1.9, 2.2], without=10_000, own=0.4, own_label="Musterstadt 0,40"),
        distribution.rows(
            [0] * 90 + [1] * 40 + [2] * 9 + [17], without=5, own=17, own_label="17", whole=True
        ),
        distribution.rows([-5.0, 3.0, 10.0], without=1),
        distribution.rows([0.0, 0.0], without=0),
    ],
    "choropleth": [
        _map({"01001001": 0.0, "01001002": 3.0}),
        _map({f"0{n}00{n}00{m}": float(10 * n + m) for n in (1, 2) for m in (1, 2)} | {"09999999": 7.5}),
        _map({"01001": 4.0}, digits=5, language="en"),
        _map({}),
    ],
    "multiples": [
        multiples.rows(
            [("Musterstadt", SERIES["gap_plan_flag_and_zero"]), ("Beispieldorf", SERIES["break"])]
        ),
        multiples.rows([(f"Ort {i}", SERIES["break"]) for i in range(5)]),
        multiples.rows([("Ohne alles", [Point(year=2020, value=None, label="")])]),
    ],
    "world": [
        world.rows(PLANET, [_partner("AAA"), _partner("BBB", 20.0, -10.0), _partner("ZZZ")]),
        world.rows(PLANET, [_partner("ZZZ", 20.0, -10.0)]),
    ],
}
