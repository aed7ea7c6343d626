"""The operators' handbook beside the program: settings, alerts, commands, units and files it names."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import click
import pytest

from pipelines.cli import main
from pipelines.operations import judging
from tests.handbook.settings_page import PAGE, page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "operations").glob("*.md"))
ALERTS = (ROOT / "docs" / "operations" / "alerts.md").read_text("utf-8")
LONG_ENOUGH = 14
"""Letters of a fixed part of a message that must be quoted as it is printed."""


def test_the_page_of_settings_is_what_the_program_says() -> None:
    if os.environ.get("SDG17_UPDATE_HANDBOOK"):
        PAGE.write_text(page(), "utf-8")
    assert PAGE.read_text("utf-8") == page()


def fixed_parts(node: ast.expr) -> list[str]:
    """The parts of a text that are the same in every message."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return [each.value for each in parts if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def findings() -> dict[str, list[str]]:
    """Every finding health may have, with the fixed parts of its German text."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "pipelines" / "operations").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                given = {each.arg: each.value for each in node.keywords if each.arg}
                name = given["check"]
                if isinstance(name, ast.Constant):
                    found[str(name.value)] = fixed_parts(given["german"])
    return found | {f"source_{state}": [texts[0]] for state, texts in judging.SOURCE_TEXTS.items()}


def test_every_alert_is_explained_and_quoted_as_it_is_printed() -> None:
    assert len(findings()) > 10
    for name, parts in findings().items():
        assert f"`{name}`" in ALERTS, f"{name} is not explained"
        for part in parts:
            said = part.strip(" .:(")
            if len(said) >= LONG_ENOUGH:
                assert said in ALERTS, f"{name}: {said!r} is not quoted"


def test_no_alert_is_explained_that_does_not_exist() -> None:
    explained = re.findall(r"^\| `(\w+)`", ALERTS, re.MULTILINE)
    assert sorted(explained) == sorted(findings())


def command_lines() -> list[tuple[str, str]]:
    """Calls of the program in the pages, with the page."""
    found = []
    for file in PAGES:
        for text in re.findall(
            r"(?:^|[\s(`|])sdg17 ([a-z][^`\n|;)]*)", file.read_text("utf-8"), re.MULTILINE
        ):
            found.append((file.name, text.split("#")[0].strip()))
    return found


@pytest.mark.parametrize(("file", "words"), command_lines())
def test_commands_and_options_of_the_handbook_exist(file: str, words: str) -> None:
    name, *rest = words.split()
    command = main.commands.get(name)
    assert command is not None, f"{file}: sdg17 {name} is no command"
    if isinstance(command, click.Group) and rest and rest[0] in command.commands:
        command = command.commands[rest[0]]
    if name == "instance":
        return
    options = {option for each in command.params for option in each.opts}
    assert {word for word in rest if word.startswith("--")} <= options | {"--help"}


def test_units_files_and_links_of_the_handbook_exist() -> None:
    units = {path.name for path in (ROOT / "deploy" / "systemd").iterdir()}
    for file in PAGES:
        text = file.read_text("utf-8")
        for unit in re.findall(r"\bsdg17-[a-z]+\.(?:service|timer|target)\b", text):
            assert unit in units, f"{file.name}: {unit}"
        for path in re.findall(r"`((?:deploy|security|docs|pipelines)/[^`\s*]+)`", text):
            assert (ROOT / path).exists(), f"{file.name}: {path}"
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            assert link.startswith("https://") or (file.parent / link).exists(), f"{file.name}: {link}"
    known = set(
        re.findall(r"`(SDG17_[A-Z_]+)`", (ROOT / "docs" / "operations" / "settings.md").read_text("utf-8"))
    )
    known |= {"SDG17_CONFIG", "SDG17_UPDATE_HANDBOOK", "SDG17_ROOT", "SDG17_SYSTEMCTL"}
    for file in PAGES:
        for name in re.findall(r"\bSDG17_[A-Z_]+[A-Z]\b", file.read_text("utf-8")):
            assert name in known or name.startswith("SDG17_SECRET_"), f"{file.name}: {name}"
