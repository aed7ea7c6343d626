"""Settings: where they come from, and what a wrong one is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.settings import WrongSetting, load_settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SDG17_HOME", "SDG17_ORIGIN", "SDG17_NOW", "SDG17_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults_are_safe(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.home == tmp_path / "data"
    assert settings.origin_kind == "embedded"
    assert settings.archive is None


def test_environment_wins_over_file_and_option_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sdg17.toml").write_text('home = "from-file"\norigin = "live"\n')
    assert load_settings().home == tmp_path / "from-file"
    monkeypatch.setenv("SDG17_HOME", str(tmp_path / "from-environment"))
    assert load_settings().home == tmp_path / "from-environment"
    assert load_settings(home=tmp_path / "from-option").home == tmp_path / "from-option"
    assert load_settings().origin_kind == "live"


@pytest.mark.parametrize(
    ("origin", "message"),
    [
        ("archiv:x", r"'archiv:x' is none of embedded \| archive:PATH \| live"),
        ("archive:", "archive needs a folder after the colon"),
        ("archive:/does/not/exist", "the archive folder /does/not/exist does not exist"),
        ("", r"'' is none of embedded \| archive:PATH \| live"),
    ],
)
def test_wrong_origin_is_refused_with_the_choices(
    origin: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDG17_ORIGIN", origin)
    with pytest.raises(WrongSetting, match=message):
        load_settings()


def test_all_wrong_settings_are_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("SDG17_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("SDG17_NOW", "2026-11-22T02:00:00")
    with pytest.raises(WrongSetting) as caught:
        load_settings(origin="nowhere")
    text = str(caught.value)
    assert "home (SDG17_HOME)" in text
    assert "now (SDG17_NOW)" in text and "time zone" in text
    assert "origin (SDG17_ORIGIN)" in text


def test_unknown_setting_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sdg17.toml").write_text('hom = "typing error"\n')
    with pytest.raises(WrongSetting, match=r"hom is no setting\. Valid settings: .*home, .*now, .*origin"):
        load_settings()


def test_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "sdg17.toml").write_text("home = ")
    with pytest.raises(WrongSetting, match=r"sdg17\.toml cannot be read"):
        load_settings()


def test_the_clock_can_be_fixed() -> None:
    settings = load_settings(now="2026-11-22T02:00:00+01:00")
    assert settings.clock().isoformat() == "2026-11-22T01:00:00+00:00"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('{"genesis": "ftp://example.org"}', "must start with https"),
        ('{"genesis": "https://someone:word@example.org/x"}', "holds credentials"),
    ],
)
def test_wrong_addresses_are_refused_without_quoting_them(
    value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDG17_BASES", value)
    with pytest.raises(WrongSetting, match=message) as caught:
        load_settings()
    assert "word" not in str(caught.value)
