"""Pictures beside the series of a unit: shown where there is a band or an outline, absent otherwise."""

from dataclasses import replace

import orjson
import polars as pl
import pytest

from pipelines.council.reading import read
from pipelines.site.illustrations import partner_map, pictures_of, strip
from pipelines.site.language import ENGLISH, GERMAN
from quality.contracts import CONTRACTS

AACHEN, RATE, COUNT = "05334002", "pt_gs_100k", "pt_gs_n"


@pytest.fixture(scope="module")
def edition(archive_release):
    return read(archive_release.settings, AACHEN, GERMAN).edition


def with_outlines(edition):
    """The edition with a made-up square in place of France."""
    square = {"type": "Polygon", "coordinates": [[[0, 40], [9, 40], [9, 50], [0, 50], [0, 40]]]}
    row = {"country": "FRA", "geometry": orjson.dumps(square).decode(), "points": 5}
    schema = CONTRACTS["country_outline"].schema
    outlines = pl.DataFrame([{**dict.fromkeys(schema, "made up"), **row}], schema=schema)
    library = replace(edition.library, tables={**edition.library.tables, "country_outline": outlines})
    return replace(edition, library=library)


def test_partners_are_mapped_where_there_are_outlines(edition):
    assert partner_map(edition) is None, "the published file has no outlines, so there is a list only"
    card = partner_map(with_outlines(edition))
    kinds = [row["k"] for row in card["picture"]["rows"]]
    assert kinds[:2] == ["land", "partner"] and "place" in kinds
    assert "Frankreich" in card["alternative"]


def test_a_map_without_words_is_the_same_picture_in_both_languages(edition):
    german = with_outlines(edition)
    pictures = [partner_map(replace(german, language=language))["picture"] for language in (GERMAN, ENGLISH)]
    assert pictures[0] == pictures[1]


def test_the_strip_shows_the_published_band_and_value(edition, archive_release):
    positions = edition.dossier.positions[RATE]
    card = strip(edition, RATE, positions)
    rows = {row["k"]: row for row in card["picture"]["rows"]}
    placed = next(row for row in positions if row["band"] is not None)
    with archive_release.database() as connection:
        low, median, high, own = connection.execute(
            "SELECT lower_quartile, median, upper_quartile, value FROM peer_statistic JOIN observation "
            "USING (indicator_id, year) WHERE indicator_id = ? AND year = ? AND group_id = ? AND ags = ?",
            [RATE, placed["year"], placed["group_id"], AACHEN],
        ).fetchone()
    assert (rows["band"]["v"], rows["band"]["w"], rows["median"]["v"]) == (low, high, median)
    assert rows["own"]["v"] == own


def test_counts_and_units_without_a_band_have_no_strip(edition):
    assert strip(edition, COUNT, edition.dossier.positions[COUNT]) is None
    bare = [{**row, "band": None} for row in edition.dossier.positions[RATE]]
    assert strip(edition, RATE, bare) is None


def test_every_picture_of_a_page_is_drawn(edition):
    shown = {"picture": {"form": "peers", "rows": [1]}}
    series = {"form": "amount", "rows": [2]}
    theme = {
        "cards": [{"picture": series, "peers": {"strip": shown}}, {"picture": series, "peers": None}],
        "partnerships": {"rows": [], "map": shown},
    }
    assert pictures_of({"themes": [theme]}) == [series, shown["picture"], series, shown["picture"]]
    assert pictures_of({}) == []
