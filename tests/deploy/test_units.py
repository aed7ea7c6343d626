"""The systemd units: valid, started by programs that exist, and confined as far as systemd can count it."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("sdg17-*.*"))
SERVICES = [path.name for path in UNITS if path.suffix == ".service"]
HIGHEST_EXPOSURE = 1.5
"""On systemd's scale from 0 (confined) to 10; the units have 0.5 to 1.1."""


@pytest.fixture(scope="module")
def analyser() -> str:
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("systemd-analyze is not installed")
    return found


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with their program at a place that exists here."""
    shutil.copytree(DEPLOY / "systemd", tmp_path / "units")
    program = tmp_path / "opt" / ".venv" / "bin" / "sdg17"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for file in (path for path in (tmp_path / "units").rglob("*") if path.is_file()):
        file.write_text(file.read_text().replace("/opt/sdg17", str(tmp_path / "opt")))
    return tmp_path / "units"


def analysed(analyser: str, units: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"SYSTEMD_UNIT_PATH": f"{units}:", "PATH": "/usr/bin:/bin"}
    return subprocess.run([analyser, *words], env=environment, capture_output=True, text=True, check=False)


def test_systemd_finds_nothing_wrong(analyser: str, units: Path) -> None:
    names = [str(units / path.name) for path in UNITS if path.suffix in {".service", ".timer", ".target"}]
    done = analysed(analyser, units, "verify", "--man=no", *names)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    broken = units / "sdg17-night.service"
    broken.write_text(broken.read_text().replace("MemoryMax=6G", "MemoryMaximum=6G"))
    assert "Unknown key" in analysed(analyser, units, "verify", "--man=no", str(broken)).stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_reaches_hardly_anything(analyser: str, units: Path, name: str) -> None:
    done = analysed(analyser, units, "security", "--offline=true", "--no-pager", str(units / name))
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    if found is None:
        pytest.skip(f"this systemd cannot count exposure offline: {done.stderr.strip()}")
    assert float(found[1]) <= HIGHEST_EXPOSURE


def read(name: str) -> dict[str, list[str]]:
    """Settings of a unit by key, as often as they are given; the common ones first."""
    found: dict[str, list[str]] = {}
    for file in (
        DEPLOY / "systemd" / "sdg17-.service.d" / "50-least-privilege.conf",
        DEPLOY / "systemd" / name,
    ):
        for line in file.read_text().splitlines():
            key, sign, value = line.partition("=")
            if sign and not line.startswith(("#", "[")):
                found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_nobody_in_a_system_it_cannot_change(name: str) -> None:
    unit = read(name)
    for key, value in {
        "User": "sdg17", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
        "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProcSubset": "pid",
    }.items():  # fmt: skip
        assert unit[key] == [value], key
    assert unit["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
    assert "MemoryMax" in unit
    places = {place for each in unit.get("ReadWritePaths", []) for place in each.split()}
    assert places <= {"/var/lib/sdg17", "/var/lib/sdg17/dagster", "/var/backups/sdg17"}
    assert not any("SECRET_" in each or "assword" in each for each in unit["Environment"])


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_starts_a_command_that_exists(name: str) -> None:
    words = read(name)["ExecStart"][0].split()
    assert words[0] == "/opt/sdg17/.venv/bin/sdg17"
    done = CliRunner().invoke(main, [words[1], "--help"])
    assert done.exit_code == 0, f"{words[1]} is no command"
    options = {word.split("=")[0] for word in words[2:] if word.startswith("--")}
    if words[1] != "instance":
        assert all(option in done.output for option in options)


def test_what_listens_listens_on_loopback_only() -> None:
    for name in ("sdg17-web.service", "sdg17-code.service"):
        words = read(name)["ExecStart"][0].split()
        assert words[words.index("-h") + 1] == "127.0.0.1"
    web = read("sdg17-web.service")
    assert "--read-only" in web["ExecStart"][0]
    assert (web["IPAddressDeny"], web["IPAddressAllow"]) == (["any"], ["localhost"])


def test_nights_by_timer_and_nights_by_daemon_exclude_each_other() -> None:
    target = RawConfigParser(strict=False)
    target.read(DEPLOY / "systemd" / "sdg17-dagster.target")
    assert "sdg17-night.timer" in target["Unit"]["conflicts"]
    timer = RawConfigParser(strict=False)
    timer.read(DEPLOY / "systemd" / "sdg17-night.timer")
    assert timer["Unit"]["conflicts"] == "sdg17-dagster.target"
    assert timer["Timer"]["oncalendar"].endswith("Europe/Berlin")


def test_what_is_confidential_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    lines = [
        line.split() for line in (DEPLOY / "systemd" / "sdg17.tmpfiles.conf").read_text().splitlines()
        if line.startswith("d ")
    ]  # fmt: skip
    modes = {line[1]: line[2] for line in lines}
    for folder in ("intake", "tables", "snapshots", "corrections", "dagster", "logs"):
        assert modes[f"/var/lib/sdg17/{folder}"] == "0700"
    assert modes["/var/lib/sdg17/releases"] == "0755", "the web server reads releases"
    assert modes["/var/backups/sdg17"] == "0700"
    program = shutil.which("systemd-tmpfiles")
    if program is None:
        pytest.skip("systemd-tmpfiles is not installed")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text("sdg17:x:1717:1717::/:/bin/false\n")
    (tmp_path / "etc" / "group").write_text("sdg17:x:1717:\n")
    done = subprocess.run(
        [program, f"--root={tmp_path}", "--create", str(DEPLOY / "systemd" / "sdg17.tmpfiles.conf")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "not permitted" in done.stderr:
        pytest.skip("only root may give folders away")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "var/lib/sdg17/intake").stat().st_mode & 0o777 == 0o700
