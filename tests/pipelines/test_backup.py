"""A home backed up, lost, and brought back: equal bytes, equal release, nothing secret, nothing half done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from pipelines import backing_up
from pipelines.backing_up import CannotBackUp, back_up
from pipelines.backup_store import NotThisBackup, Store, listing_hash
from pipelines.operations.health import health
from pipelines.release import only_run
from pipelines.restoring import UNFINISHED, CannotRestore, restore
from pipelines.settings import Settings, load_settings
from tests.home import Home

NOT_KEPT = {"tables", "dagster", "logs", ".lock"}
"""What a backup leaves out of the home of one night."""


def bytes_below(folder: Path) -> dict[str, str]:
    """Hash of every file and target of every link that a backup must hold."""
    found = {}
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if inner.parts[0] in NOT_KEPT:
            continue
        if path.is_symlink():
            found[str(inner)] = str(path.readlink())
        elif path.is_file():
            found[str(inner)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def small_home(folder: Path) -> Settings:
    """A home without a release, its few files made up."""
    for name, text in (
        ("corrections/own.toml", "made up"),
        ("intake/inbox/05334002_form.csv", "made up too"),
        ("snapshots/ab/abcd", "original"),
        ("snapshots/latest/embedded.x", "{}"),
        ("tables/house/x.parquet", "made again"),
    ):
        file = folder / "home" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return load_settings(home=folder / "home", origin="embedded")


@pytest.mark.xdist_group("night")
def test_a_lost_home_comes_back_byte_for_byte(shipped: Home, tmp_path: Path) -> None:
    """What a night says of such a home is asked in `test_night.py`."""
    target = tmp_path / "backups"
    settings = load_settings(home=shipped.folder, origin="embedded")
    with only_run(settings):  # as while a night runs
        first = back_up(settings, target, keep=9)
    second = back_up(settings, target, keep=9)
    assert first.added_bytes > 0 == second.added_bytes
    there = bytes_below(shipped.folder)
    assert (
        first.files
        == second.files
        == len([path for path in there if not (shipped.folder / path).is_symlink()])
    )
    again = Home(folder=tmp_path / "again")
    done = again.sdg17("restore", str(target), "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    told = orjson.loads(done.stdout)
    assert (told["release_id"], told["wrong"]) == (shipped.release_id(), {})
    assert told["checked"] > 40
    assert bytes_below(again.folder) == there
    page = "current/site/index.html"
    assert (again.folder / page).stat().st_mtime_ns == (shipped.folder / page).stat().st_mtime_ns
    assert again.sdg17("restore", str(target)).returncode == 1, "the home is not empty any more"


def test_operators_files_come_back_and_credentials_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small_home(tmp_path)
    secrets = settings.home / "secrets.toml"
    secrets.write_text('[genesis]\nusername = "u"\npassword = "not for a backup"\n')
    key = settings.home / "snapshots" / "fingerprint.key"
    key.write_bytes(b"made up key")
    key.chmod(0o600)
    (settings.home / "corrections" / ".own.toml.4711").write_text("half")
    config = tmp_path / "sdg17.toml"
    config.write_text(f'origin = "embedded"\nsecrets = "{secrets}"\n')
    monkeypatch.setenv("SDG17_CONFIG", str(config))
    target = tmp_path / "backups"
    back_up(load_settings(home=settings.home), target, keep=1)
    assert target.stat().st_mode & 0o077 == 0
    everything = b"".join(path.read_bytes() for path in target.rglob("*") if path.is_file())
    assert b"not for a backup" not in everything
    again = load_settings(home=tmp_path / "again")
    again.home.mkdir()
    done = restore(again, target, None)
    assert (again.home / "corrections" / "own.toml").read_text() == "made up"
    assert (again.home / "intake" / "inbox" / "05334002_form.csv").exists()
    assert (again.home / "snapshots" / "fingerprint.key").stat().st_mode & 0o777 == 0o600
    assert done.settings["origin"] == "embedded"
    assert done.settings_file is not None
    assert (again.home / done.settings_file).read_text() == config.read_text()
    missing = {"tables", "secrets.toml", "corrections/.own.toml.4711", UNFINISHED}
    assert not [name for name in missing if (again.home / name).exists()]


def test_old_backups_make_room_and_take_only_their_own_contents(tmp_path: Path) -> None:
    settings = small_home(tmp_path)
    target = tmp_path / "backups"
    changing = settings.home / "corrections" / "own.toml"
    for number in range(4):
        changing.write_text(f"state {number}")
        back_up(settings, target, keep=2)
    store = Store(target)
    assert len(store.names()) == 2
    texts = {path.read_text() for path in target.glob("objects/*/*")}
    assert {"state 2", "state 3", "original"} <= texts
    assert not texts & {"state 0", "state 1"}
    again = load_settings(home=tmp_path / "again")
    again.home.mkdir()
    restore(again, target, store.names()[0])
    assert (again.home / "corrections" / "own.toml").read_text() == "state 2"


def damaged(target: Path) -> None:
    digest = hashlib.sha256(b"original").hexdigest()
    (target / "objects" / digest[:2] / digest).write_text("ORIGINAL")


def gone(target: Path) -> None:
    digest = hashlib.sha256(b"original").hexdigest()
    (target / "objects" / digest[:2] / digest).unlink()


def rewritten(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def carry_out(target: Path) -> None:
        file = next(target.glob("backups/*.json"))
        record = orjson.loads(file.read_bytes())
        change(record)
        file.write_bytes(orjson.dumps(record))

    return carry_out


def climb(record: dict[str, Any]) -> None:
    record["files"]["../outside"] = record["files"]["corrections/own.toml"]
    record["files_sha256"] = listing_hash(record["files"])


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (damaged, "is damaged"),
        (gone, "is gone"),
        (rewritten(lambda record: record["files"].pop("corrections/own.toml")), "has been changed"),
        (rewritten(climb), "no path inside a home"),
        (rewritten(lambda record: record["links"].update(x="../../etc")), "leads out of the home"),
    ],
    ids=["damaged", "gone", "record", "path", "link"],
)
def test_a_backup_that_was_tampered_with_is_refused(
    harm: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    target = tmp_path / "backups"
    back_up(small_home(tmp_path), target, keep=1)
    harm(target)
    again = load_settings(home=tmp_path / "again")
    again.home.mkdir()
    with pytest.raises(CannotRestore, match=said):
        restore(again, target, None)
    assert not (tmp_path / "outside").exists()
    assert not (again.home / "current").exists()


def test_an_interrupted_restore_is_taken_up_and_a_used_home_refused(tmp_path: Path) -> None:
    settings = small_home(tmp_path)
    target = tmp_path / "backups"
    back_up(settings, target, keep=1)
    digest = hashlib.sha256(b"original").hexdigest()
    place = target / "objects" / digest[:2] / digest
    content = place.read_bytes()
    place.unlink()
    again = load_settings(home=tmp_path / "again")
    again.home.mkdir()
    with pytest.raises(CannotRestore):
        restore(again, target, None)
    place.write_bytes(content)
    (again.home / "logs").mkdir(mode=0o700)  # as an installation makes it beforehand
    restore(again, target, None)
    assert (again.home / "snapshots" / "ab" / "abcd").read_text() == "original"
    with pytest.raises(CannotRestore, match="is not empty"):
        restore(again, target, None)
    with pytest.raises(CannotRestore, match="No backup is in"):
        restore(again, tmp_path / "nowhere", None)


def test_a_target_in_the_home_is_refused(tmp_path: Path) -> None:
    settings = small_home(tmp_path)
    with pytest.raises(CannotBackUp, match="lies in the home"):
        back_up(settings, settings.home / "backups", keep=1)
    with pytest.raises(CannotBackUp, match="does not exist"):
        back_up(load_settings(home=tmp_path / "nothing"), tmp_path / "backups", keep=1)


def test_a_file_that_is_put_away_meanwhile_costs_a_second_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small_home(tmp_path)
    form = settings.home / "intake" / "inbox" / "05334002_form.csv"
    keep = Store.keep

    def moving(store: Store, file: Path) -> tuple[str, int, int]:
        if form.exists():
            (settings.home / "intake" / "accepted").mkdir()
            form.rename(settings.home / "intake" / "accepted" / form.name)
        return keep(store, file)

    monkeypatch.setattr(Store, "keep", moving)
    done = back_up(settings, tmp_path / "backups", keep=1)
    files = Store(tmp_path / "backups").record(done.backup_id)["files"]
    assert f"intake/accepted/{form.name}" in files
    monkeypatch.setattr(backing_up, "LEAST_FREE", 1 << 62)
    with pytest.raises(CannotBackUp, match="is full"):
        back_up(settings, tmp_path / "backups", keep=1)
    with pytest.raises(NotThisBackup, match="is not in"):
        Store(tmp_path / "backups").record("20200101T000000Z")


def test_health_tells_of_a_backup_that_is_missing_or_old(tmp_path: Path) -> None:
    settings = small_home(tmp_path)
    target = tmp_path / "backups"

    def told(days: int) -> list[str]:
        later = settings.clock() + timedelta(days=days)
        watching = load_settings(home=settings.home, backups=target, now=later)
        return [each.english for each in health(watching) if each.check == "backup_old"]

    assert [text[-len(str(target)) - 1 :] for text in told(0)] == [f"{target}."]
    back_up(settings, target, keep=1)
    assert told(1) == []
    assert "the newest in" in told(3)[0]
    assert not [each for each in health(settings) if each.check == "backup_old"], "no folder is set"
