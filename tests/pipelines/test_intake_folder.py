"""The drop folder: each file taken, answered, put away; nothing wrong stops a night. Files are made up."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Mapping
from pathlib import Path

import html5lib
import orjson
import polars as pl
import pytest
from click.testing import CliRunner

from pipelines import intake_folder
from pipelines.cli import main
from pipelines.fingerprints import fingerprint
from pipelines.intake import take_in
from pipelines.intake_folder import Handled, accept_inbox
from pipelines.settings import Settings, load_settings
from sources.self_report import SOURCE
from sources.self_report_file import FILE_LIMIT
from tests.sources.test_self_report import AGS, AWARDS, CONCEPT, GOOD, csv_of, workbook

OTHER = "05315000"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    (tmp_path / "home" / "intake" / "inbox").mkdir(parents=True)
    return load_settings(home=tmp_path / "home", now="2026-11-22T02:00:00+01:00")


def later(settings: Settings, time: str) -> Settings:
    return load_settings(home=settings.home, now=time)


def hand_in(settings: Settings, name: str, content: bytes) -> Path:
    path = settings.home / "intake" / "inbox" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def answered(settings: Settings, handled: Handled) -> tuple[str, list[list[str]]]:
    """The page and the rows of the table; the page is valid and does nothing."""
    page = settings.home / "intake" / handled.answer
    content = page.read_bytes()
    html5lib.HTMLParser(strict=True).parse(content)
    tree = html5lib.parse(content, namespaceHTMLElements=False)
    active = {"script", "img", "a", "iframe", "object", "embed", "link", "form", "svg", "base", "input"}
    assert not active & {str(element.tag) for element in tree.iter()}
    names = {name for element in tree.iter() for name in element.attrib}
    assert not {
        name for name in names if name.startswith("on") or name in {"href", "src", "style", "http-equiv"}
    }
    table = page.with_suffix(".csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    return content.decode(), rows


def tables(settings: Settings) -> Mapping[str, pl.DataFrame]:
    return take_in(
        SOURCE,
        kind="embedded",
        archive=None,
        snapshots=settings.snapshots,
        now=settings.clock(),
        needs={},
        home=settings.home,
    ).tables


def test_a_good_file_is_accepted_and_answered(home: Settings) -> None:
    content = csv_of(GOOD, CONCEPT)
    path = hand_in(home, f"{AGS}_meldung.csv", content)
    (handled,), failures = accept_inbox(home)
    assert failures == []
    assert (handled.accepted, handled.rows, handled.problems, path.exists()) == (True, 2, 0, False)
    digest = fingerprint(content, home.snapshots, keyed=True)
    placed = home.home / "intake" / handled.placed
    assert placed.name == f"{AGS}_20261122T010000Z_{digest[:8]}_{AGS}_meldung.csv"
    assert placed.read_bytes() == content
    assert (home.snapshots / digest[:2] / digest).read_bytes() == content
    page, rows = answered(home, handled)
    assert "Meldebogen SDG 17: angenommen" in page
    assert "2 Zeilen übernommen." in page
    assert rows[1][:4] == ["2", "ausgaben_fair", "1.250,50 EUR (Ist)", "übernommen"]
    table = tables(home)["self_report"]
    assert set(table["item"]) == {"fair_trade_spending", "development_policy_concept"}


def test_nobody_can_confirm_a_guess_at_a_small_number_by_a_hash(home: Settings) -> None:
    """All of a form is published but one number below three: trying all of them must lead nowhere."""
    staff = CONCEPT | {"merkmal": "personal_kepol", "einheit": "VZÄ", "wert": "2,37"}
    hand_in(home, f"{AGS}_meldung.csv", csv_of(CONCEPT, staff))
    (handled,), _ = accept_inbox(home)
    taken = take_in(
        SOURCE,
        kind=home.origin_kind,
        archive=None,
        snapshots=home.snapshots,
        now=home.clock(),
        needs={},
        home=home.home,
    )
    published = taken.snapshots.write_csv() + taken.tables["self_report"].write_csv()
    assert handled.accepted and taken.tables["self_report_sealed"]["quantity"].to_list() == [237]
    for hundredths in range(1, 300):
        guess = f"{hundredths / 100:.2f}".replace(".", ",")
        digest = hashlib.sha256(csv_of(CONCEPT, staff | {"wert": guess})).hexdigest()
        assert digest[:8] not in published
    assert (home.snapshots / "fingerprint.key").stat().st_mode & 0o077 == 0
    assert taken.snapshots["size_bytes"].to_list() == [1_000]


def test_a_mixed_file_says_row_field_problem_and_remedy(home: Settings) -> None:
    hand_in(
        home, f"{AGS}.csv", csv_of(AWARDS, CONCEPT | {"wert": "=cmd|' /C calc'!A0", "melder_stelle": HOSTILE})
    )
    (handled,), _ = accept_inbox(home)
    assert (handled.accepted, handled.rows) == (True, 1)
    page, rows = answered(home, handled)
    wrong = {row[1]: row for row in rows if row[3] == "nicht übernommen"}
    assert wrong["wert"][0] == "3"
    assert "Formel" in wrong["wert"][4] and wrong["wert"][5]
    assert wrong["wert"][2].startswith("'=")
    assert "1 Zeile übernommen, 1 nicht übernommen" in page


def test_hostile_names_and_cells_stay_text(home: Settings) -> None:
    name = f"{AGS}_<img src=x onerror=alert(1)>\u202e\udcff.csv".encode("utf-8", "surrogateescape")
    row = CONCEPT | {"melder_stelle": HOSTILE + "@", "merkmal": HOSTILE, "beleg_url": "javascript:alert(1)"}
    folder = home.home / "intake" / "inbox"
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(csv_of(row))
    (handled,), failures = accept_inbox(home)
    assert failures == []
    assert not handled.accepted
    page, _ = answered(home, handled)
    assert "&lt;script&gt;" in page
    assert Path(handled.placed).name.isascii()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("meldung.csv", csv_of(GOOD), "keiner Gebietseinheit"),
        (f"{OTHER}/{AGS}_meldung.csv", csv_of(GOOD), "verschiedene Gebietseinheiten"),
        (f"{OTHER}/meldung.csv", csv_of(GOOD), f"Zeile 2 nennt den Schlüssel {AGS}"),
        (f"{AGS}_leer.csv", b"", "leer"),
        (f"{AGS}_gross.csv", b"x" * (FILE_LIMIT + 1), "größer als"),
        (f"{AGS}_makro.xlsm", b"x", "Makros"),
        (f"{AGS}_kaputt.xlsx", b"PK", "beschädigt"),
    ],
)
def test_a_wrong_file_is_rejected_whole_and_answered(
    home: Settings, name: str, content: bytes, problem: str
) -> None:
    hand_in(home, name, content)
    (handled,), failures = accept_inbox(home)
    assert failures == []
    assert (handled.accepted, handled.rows) == (False, 0)
    page, rows = answered(home, handled)
    assert "nicht angenommen" in page
    assert any(problem in row[4] and row[5] for row in rows)
    assert (home.home / "intake" / handled.placed).read_bytes() == content
    assert all(table.is_empty() for table in tables(home).values())


def test_a_folder_says_whose_file_it_is_and_workbooks_are_taken(home: Settings) -> None:
    from sources.self_report_form import COLUMNS

    row = [AWARDS[name] for name in COLUMNS]
    hand_in(home, f"{AGS}/20250301_meldung.xlsx", workbook([list(COLUMNS), row]))
    (handled,), _ = accept_inbox(home)
    assert (handled.accepted, handled.ags) == (True, AGS)
    answered(home, handled)
    assert tables(home)["self_report"].select("ags", "item").rows() == [(AGS, "awards")]


def test_versions_and_the_same_file_twice(home: Settings) -> None:
    hand_in(home, f"{AGS}_a.csv", csv_of(AWARDS))
    accept_inbox(home)
    hand_in(home, f"{AGS}_b.csv", csv_of(AWARDS))
    (again,), _ = accept_inbox(later(home, "2026-11-23T02:00:00+01:00"))
    assert not again.accepted
    assert "schon angenommen" in answered(home, again)[0]
    hand_in(home, f"{AGS}_c.csv", csv_of(AWARDS | {"wert": "3"}))
    accept_inbox(later(home, "2026-11-24T02:00:00+01:00"))
    versions = tables(home)["self_report"].sort("version")
    assert versions["value"].to_list() == [2.0, 3.0]
    assert versions["superseded_by"].to_list() == [versions["report_id"][1], None]


def test_one_file_never_stops_the_next(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(home, f"{AGS}_a.csv", csv_of(AWARDS))
    hand_in(home, f"{AGS}_b.csv", csv_of(CONCEPT))
    sound = intake_folder._put_away

    def full_disk(path: Path, placed: Path) -> None:
        if path.name.endswith("_a.csv"):
            raise OSError(28, "No space left on device")
        sound(path, placed)

    monkeypatch.setattr(intake_folder, "_put_away", full_disk)
    handled, failures = accept_inbox(home)
    assert [each.accepted for each in handled] == [True]
    assert failures == [f"{AGS}_a.csv: No space left on device"]
    monkeypatch.undo()
    assert [each.accepted for each in accept_inbox(home)[0]] == [True], "it is taken the next time"


def test_links_are_not_followed_and_unfinished_files_are_left_alone(home: Settings, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_bytes(csv_of(AWARDS))
    inbox = home.home / "intake" / "inbox"
    (inbox / f"{AGS}_link.csv").symlink_to(secret)
    hand_in(home, f"{AGS}_b.csv.part", csv_of(AWARDS))
    hand_in(home, f".{AGS}_c.csv", csv_of(AWARDS))
    (handled,), _ = accept_inbox(home)
    assert "nur ein Verweis" in answered(home, handled)[0]
    assert secret.exists()
    assert sorted(path.name for path in inbox.iterdir()) == [f".{AGS}_c.csv", f"{AGS}_b.csv.part"]


def test_what_lies_in_accepted_is_judged_again(home: Settings) -> None:
    folder = home.home / "intake" / "accepted"
    folder.mkdir()
    (folder / f"{OTHER}_20261122T010000Z_00000000_x.csv").write_bytes(csv_of(AWARDS))
    (folder / "anything.csv").write_bytes(csv_of(AWARDS))
    (folder / "noise.xlsx").write_bytes(b"PK\x03\x04")
    assert tables(home)["self_report"].is_empty()


def sdg17(settings: Settings, *words: str, code: int = 0) -> str:
    home_of = ["--home", str(settings.home)] if words[1] in {"accept", "list"} else []
    done = CliRunner().invoke(main, [*words, *home_of])
    assert done.exit_code == code, done.output
    return done.output


def test_the_commands(home: Settings, tmp_path: Path) -> None:
    form = tmp_path / "meldung.csv"
    sdg17(home, "intake", "template", AGS, "2024", "-o", str(form))
    assert form.read_bytes().startswith(b"\xef\xbb\xbfags;jahr;merkmal")
    assert "nicht ausgefüllt" in sdg17(home, "intake", "check", str(form), "--ags", AGS, code=1)
    assert "--ags" in sdg17(home, "intake", "check", str(form), code=2)
    assert "8 digits" in sdg17(home, "intake", "template", "5334002", "2024", code=2)
    form.write_bytes(csv_of(AWARDS))
    assert "1 Zeilen in Ordnung" in sdg17(home, "intake", "check", str(form), "--ags", AGS)
    assert "Nothing waits" in sdg17(home, "intake", "accept")
    hand_in(home, f"{AGS}_a.csv", csv_of(AWARDS))
    hand_in(home, "b.csv", csv_of(AWARDS))
    taken = orjson.loads(sdg17(home, "intake", "accept", "--json", code=1))
    assert sorted(each["accepted"] for each in taken["files"]) == [False, True]
    listed = orjson.loads(sdg17(home, "intake", "list", "--json"))
    assert sorted(each["state"] for each in listed) == ["accepted", "rejected"]
