"""A signed manifest: made at publishing, compared by verify, and never skipped where it is asked for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from pipelines import release
from pipelines.backing_up import back_up
from pipelines.settings import Settings, load_settings
from pipelines.signing import CannotSign
from pipelines.verifying import verified

if shutil.which("ssh-keygen") is None:
    pytest.skip("ssh-keygen (package openssh-client) is not installed", allow_module_level=True)


def key(folder: Path, name: str, passphrase: str = "") -> Path:
    file = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "made by a test", "-f", str(file)]
    subprocess.run(command, check=True)
    return file


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    own = key(tmp_path, "own")
    (tmp_path / "signers").write_text(f"sdg17 {own.with_suffix('.pub').read_text()}")
    return load_settings(home=tmp_path / "home", signing_key=own, signers=tmp_path / "signers")


def published(settings: Settings) -> Path:
    building = release.begin(settings)
    duckdb.connect(str(building.database)).close()
    building.site.mkdir()
    return release.publish(building, settings, release.manifest(building, tables={}, facts={}))


def wrong(settings: Settings) -> dict[str, str]:
    return {each.what: each.found for each in verified(settings, None)[1] if each.found is not None}


def test_a_release_is_signed_and_a_changed_manifest_is_noticed(settings: Settings) -> None:
    folder = published(settings)
    assert wrong(settings) == {}
    manifest = folder / release.MANIFEST
    manifest.write_bytes(manifest.read_bytes() + b" ")
    assert "signature" in wrong(settings)
    (folder / f"{release.MANIFEST}.sig").unlink()
    assert wrong(settings)["signature"] == "manifest.json.sig is not there"


def test_a_signature_of_somebody_else_does_not_count(settings: Settings, tmp_path: Path) -> None:
    published(load_settings(home=settings.home, signing_key=key(tmp_path, "other")))
    assert "signature" in wrong(settings)
    assert wrong(load_settings(home=settings.home)) == {}, "nobody asked for one"


@pytest.mark.parametrize("passphrase", ["made up", None], ids=["locked", "gone"])
def test_what_cannot_be_signed_is_not_published(
    passphrase: str | None, settings: Settings, tmp_path: Path
) -> None:
    before = published(settings)
    broken = tmp_path / "gone" if passphrase is None else key(tmp_path, "locked", passphrase)
    with pytest.raises(CannotSign, match=r"manifest\.json could not be signed"):
        published(load_settings(home=settings.home, signing_key=broken))
    assert settings.current.resolve() == before


def test_the_key_is_in_no_backup(settings: Settings, tmp_path: Path) -> None:
    published(settings)
    inside = settings.home / "signing_key"
    shutil.copy(tmp_path / "own", inside)
    back_up(load_settings(home=settings.home, signing_key=inside), tmp_path / "backups", keep=1)
    secret = inside.read_bytes()
    assert not any(path.read_bytes() == secret for path in (tmp_path / "backups").glob("objects/*/*"))


def test_a_release_of_another_version_is_held_to_the_hash_of_its_file(tmp_path: Path) -> None:
    """A later version may have given a table further columns: that is no damage; a changed file is."""
    settings = load_settings(home=tmp_path / "home")
    building = release.begin(settings)
    with duckdb.connect(str(building.database)) as connection:
        connection.execute("CREATE TABLE country AS SELECT 'AAA' AS country")
    building.site.mkdir()
    tables = {"country": {"rows": 1, "sha256": "of columns this program does not ask for"}}
    folder = release.publish(building, settings, release.manifest(building, tables=tables, facts={}))
    assert wrong(settings) == {}
    with duckdb.connect(str(folder / release.DATABASE)) as connection:
        connection.execute("UPDATE country SET country = 'BBB'")
    assert "file sdg17.duckdb" in wrong(settings)
