"""The container files: what they promise about rights, networks and secrets, read as their programs read them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTAINER = ROOT / "deploy" / "container"
COMPOSE: dict[str, Any] = yaml.safe_load((CONTAINER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def instructions() -> list[tuple[str, str]]:
    """Instruction and argument of the container file, lines joined."""
    text = re.sub(r"\\\n", " ", (CONTAINER / "Containerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"] and "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.keys() & {"privileged", "network_mode", "pid", "ipc", "devices", "userns_mode"}
    assert {"mem_limit", "pids_limit"} <= service.keys()
    assert not any("docker.sock" in str(each) for each in service["volumes"])


def test_only_loopback_reaches_the_pages_and_nothing_reaches_the_records() -> None:
    published = {name: service.get("ports", []) for name, service in SERVICES.items()}
    assert published == {"code": [], "daemon": [], "web": ["127.0.0.1:3000:3000"], "postgres": []}
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == ["inside"]
    assert "outside" not in SERVICES["web"]["networks"]
    assert "--read-only" in SERVICES["web"]["command"]
    for service in SERVICES.values():
        assert set(service["networks"]) <= COMPOSE["networks"].keys()


def test_passwords_come_from_files_and_stand_nowhere() -> None:
    assert all("file" in each for each in COMPOSE["secrets"].values())
    for service in SERVICES.values():
        assert set(service["secrets"]) <= COMPOSE["secrets"].keys()
        for key, value in service["environment"].items():
            assert "PASSWORD" not in key.upper() or str(value).startswith("/run/secrets/")
    assert "@" in SERVICES["daemon"]["environment"]["SDG17_POSTGRES"]
    assert not re.search(r"//[^/@]*:[^/@]*@", SERVICES["daemon"]["environment"]["SDG17_POSTGRES"])
    assert (CONTAINER / ".gitignore").read_text().split() == ["secrets/"]


def test_the_program_in_the_image_is_locked_and_runs_as_nobody() -> None:
    found = instructions()
    bases = [rest.split()[0] for word, rest in found if word == "FROM"]
    assert bases == ["debian:bookworm-slim"] * 2, "a plain name, no host"
    last = found[[index for index, each in enumerate(found) if each[0] == "FROM"][-1] :]
    assert ("USER", "1717:1717") in last
    said = " ".join(rest for word, rest in last if word == "RUN")
    assert not re.search(r"\b(make|gcc|g\+\+|build-essential|python3-dev|pip|venv|git|curl)\b", said)
    assert any(word == "HEALTHCHECK" and '["sdg17", "health"]' in rest for word, rest in last)
    assert all("--chown=root:root" in rest for word, rest in last if word == "COPY"), "not its own to change"
    build = " ".join(rest for word, rest in found if word == "RUN")
    assert "make env" in build
    assert "--require-hashes -r requirements.lock" in (ROOT / "Makefile").read_text()


def test_every_file_the_image_is_made_of_exists_and_reaches_the_build() -> None:
    kept = {
        line[1:] for line in (CONTAINER / "Containerfile.dockerignore").read_text().splitlines()
        if line.startswith("!")
    }  # fmt: skip
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            for name in rest.split()[:-1]:
                assert (ROOT / name).exists(), name
                assert name in kept, name
    assert "packages = [" in (ROOT / "pyproject.toml").read_text()


def test_both_ways_to_the_code_server_name_the_port_it_listens_on() -> None:
    for file, host in (
        (ROOT / "deploy" / "workspace.yaml", "127.0.0.1"),
        (CONTAINER / "workspace.yaml", "code"),
    ):
        server = yaml.safe_load(file.read_text())["load_from"][0]["grpc_server"]
        assert server == {"host": host, "port": 4266, "location_name": "sdg17"}
    command = SERVICES["code"]["command"]
    assert command[command.index("-p") + 1] == "4266"


def test_no_registry_host_is_spelled_out() -> None:
    for file in (path for path in (ROOT / "deploy").rglob("*") if path.is_file()):
        for image in re.findall(r"^\s*(?:image:|FROM)\s+(\S+)", file.read_text(), re.MULTILINE):
            assert "." not in image.split("/")[0].split(":")[0], f"{file.name}: {image}"
