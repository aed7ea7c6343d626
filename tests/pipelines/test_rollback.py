"""Taking a release back: what is shown, what later nights do, and how they are let go again."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import orjson
import polars as pl
import pytest
from click.testing import CliRunner, Result

from pipelines import night_audit, release
from pipelines.cli import main
from pipelines.database import build
from pipelines.kept_releases import listed
from pipelines.night import Night
from pipelines.operations.health import health
from pipelines.settings import Settings, load_settings
from pipelines.store import Store
from pipelines.withdrawal import CHECK, holding, in_force, kept_releases
from quality.contracts import CONTRACTS

COUNTRY = CONTRACTS["country"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with three tiny releases, their one country made up."""
    found = load_settings(home=tmp_path / "home", origin="embedded")
    store = Store(folder=found.tables)
    for name in ("AAA", "BBB", "CCC"):
        building = release.begin(found)
        row = {"country": name, "iso2": None, "name_de": "Prüfland", "name_en": "Test"}
        store.write("house", "country", pl.DataFrame([row], schema=COUNTRY.schema))
        build(building.database, {"country": store.path("house", "country")}, CONTRACTS)
        building.site.mkdir()
        (building.site / "index.html").write_text(name)
        facts = {"checks": {"run": 3, "failed": 1}}
        release.publish(building, found, release.manifest(building, tables={}, facts=facts))
    return found


def sdg17(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--home", str(settings.home)])


def shown(settings: Settings) -> tuple[str, str]:
    """Country of the database and text of the page that are current."""
    with duckdb.connect(str(settings.current / release.DATABASE), read_only=True) as connection:
        country = connection.execute("SELECT country FROM country").fetchall()[0][0]
    return country, (settings.current / "site" / "index.html").read_text()


def test_the_release_before_is_shown_again_and_the_reason_kept(settings: Settings) -> None:
    release.write_status(settings, {"state": "published", "last_success": "then"})
    done = sdg17(settings, "rollback", "--reason", "counted twice")
    assert done.exit_code == 0, done.output
    assert shown(settings) == ("BBB", "BBB")
    status = release.read_status(settings)
    assert (status["state"], status["release_id"]) == ("rolled back", settings.current.resolve().name)
    assert status["last_success"] == "then", "a rollback is no successful night"
    assert status["rolled_back"]["reason"] == "counted twice"
    listed = sdg17(settings, "releases", "--json")
    found = {each["release_id"]: each for each in orjson.loads(listed.output)}
    newest, before, oldest = sorted(found, reverse=True)
    assert found[newest]["withdrawn_because"] == "counted twice"
    assert [found[each]["current"] for each in (newest, before, oldest)] == [False, True, False]
    assert (found[before]["checks_run"], found[before]["checks_failed"]) == (3, 1)
    assert found[before]["bytes"] > found[before]["files"] > 0


def test_a_content_counts_once_and_as_own_where_no_other_release_has_it(settings: Settings) -> None:
    newest, before, _ = (settings.releases / name for name in kept_releases(settings))
    (newest / "own").write_bytes(bytes(1000))
    (newest / "own again").hardlink_to(newest / "own")
    (before / "shared").write_bytes(bytes(300))
    sizes = [(each.bytes, each.own_bytes) for each in listed(settings)]
    (newest / "shared").hardlink_to(before / "shared")
    after = [(each.bytes, each.own_bytes) for each in listed(settings)]
    assert (after[0][0] - sizes[0][0], after[0][1] - sizes[0][1]) == (300, 0)
    assert (after[1][0] - sizes[1][0], after[1][1] - sizes[1][1]) == (0, -300)
    (newest / "own again").unlink()
    assert [(each.bytes, each.own_bytes) for each in listed(settings)] == after


def test_nights_are_held_until_somebody_lets_them_go(settings: Settings) -> None:
    assert holding(settings).is_empty()
    sdg17(settings, "rollback", "--reason", "counted twice")
    finding = holding(settings).row(0, named=True)
    assert (finding["check_id"], finding["severity"], finding["passed"]) == (CHECK, "stop", False)
    assert "counted twice" in finding["observed"]
    assert "Nights publish nothing" in sdg17(settings, "releases").output
    release.write_status(settings, {**release.read_status(settings), "state": "unchanged"})
    assert "release_held" in {each.check for each in health(settings)}, "also after a night confirmed it"
    assert sdg17(settings, "rollback", "--resume").exit_code == 0
    assert holding(settings).is_empty()
    assert "No rollback holds" in sdg17(settings, "rollback", "--resume").output


@pytest.mark.parametrize("others", [[], ["revision.no_sign_flipped"]])
def test_what_held_a_night_is_told_until_it_is_lifted_and_no_longer(
    settings: Settings, others: list[str]
) -> None:
    sdg17(settings, "rollback", "--reason", "counted twice")
    words = dict.fromkeys(("observed", "expected", "remedy"), "made up")
    findings = [{"check_id": each, **words} for each in (CHECK, *others)]
    status = {**release.read_status(settings), "state": "audit failed", "findings": findings}
    release.write_status(settings, status)
    assert f"audit_failed:{CHECK}" in {each.key for each in health(settings)}
    sdg17(settings, "rollback", "--resume")
    left = [each.key for each in health(settings) if each.check == "audit_failed"]
    assert left == [f"audit_failed:{each}" for each in others]
    assert sdg17(settings, "status").exit_code == (1 if others else 0)


def test_one_may_go_back_further_and_then_let_all_go(settings: Settings) -> None:
    oldest = kept_releases(settings)[-1]
    sdg17(settings, "rollback", "--reason", "first")
    assert sdg17(settings, "rollback", oldest, "--reason", "second").exit_code == 0
    assert shown(settings) == ("AAA", "AAA")
    held = in_force(settings)
    assert held is not None and held.reason == "second"
    sdg17(settings, "rollback", "--resume")
    assert in_force(settings) is None
    assert sdg17(settings, "rollback", "--reason", "third").exit_code == 2, "none is kept before the oldest"


def test_what_cannot_be_shown_is_refused_and_nothing_changes(settings: Settings) -> None:
    before = settings.current.resolve()
    earlier = settings.releases / kept_releases(settings)[1]
    for words, said in (
        (("rollback",), "Say why"),
        (("rollback", "20200101T000000Z", "--reason", "x"), "is not kept"),
        (("rollback", before.name, "--reason", "x"), "is the current one"),
        (("rollback", "--resume", "--reason", "x"), "stands alone"),
    ):
        done = sdg17(settings, *words)
        assert (done.exit_code, said in done.output) == (2, True), done.output
    (earlier / "site" / "index.html").write_text("tampered with")
    done = sdg17(settings, "rollback", "--reason", "x")
    assert done.exit_code == 2
    assert "no longer what its manifest says: pages" in " ".join(done.output.split())
    shutil.rmtree(earlier / "site")
    (earlier / release.DATABASE).unlink()
    assert "is not there" in sdg17(settings, "rollback", "--reason", "x").output
    with release.only_run(settings):
        assert sdg17(settings, "rollback", "--reason", "x").exit_code == 1, "a night is running"
    assert settings.current.resolve() == before
    assert in_force(settings) is None


def test_retention_never_removes_the_release_that_is_shown(settings: Settings) -> None:
    oldest = kept_releases(settings)[-1]
    sdg17(settings, "rollback", oldest, "--reason", "x")
    for number in range(settings.kept_releases):
        newer = settings.releases / f"2999010{number}T000000Z"
        shutil.copytree(settings.releases / oldest, newer)
    release._retire(settings)
    assert shown(settings) == ("AAA", "AAA")


def test_a_held_night_puts_its_build_aside_and_names_the_reason(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit step with an audit that finds nothing."""
    sdg17(settings, "rollback", "--reason", "counted twice")
    stays = settings.current.resolve()
    building = release.begin(settings)
    row = {"country": "DDD", "iso2": None, "name_de": "Prüfland", "name_en": "Test"}
    build(building.database, {}, {})
    results = CONTRACTS["quality_result"].empty()
    monkeypatch.setattr(night_audit, "audit", lambda *_: results)
    monkeypatch.setattr(night_audit, "complete", lambda *_: None)
    night = Night(
        release_id=building.release_id, content_hash="", program_hash="", unchanged=False, tables={},
        decided_by={"program": {"computation_hash": ""}},
    )  # fmt: skip
    files = {"municipality": settings.home / "municipality.parquet"}
    pl.DataFrame([row]).write_parquet(files["municipality"])
    assert night_audit.audited(settings, night, files)["check_id"].to_list() == [CHECK]
    status = release.read_status(settings)
    assert status["state"] == "audit failed"
    assert "counted twice" in status["findings"][0]["observed"]
    assert (Path(status["failed_build"]) / release.DATABASE).exists(), "it can be looked at"
    assert settings.current.resolve() == stays
    sdg17(settings, "rollback", "--resume")
    release.begin(settings)
    monkeypatch.setattr(night_audit, "audit", lambda *_: results)
    assert night_audit.audited(settings, night, files).is_empty()
