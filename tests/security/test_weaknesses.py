"""What `make check` makes of answers about dependencies, and which ways of running foreign code are shut."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from security import dependencies
from security.dependencies import EXCEPTIONS, FIELDS, LOCK, judged

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
WEAK = {"name": "jinja2", "version": "2.0", "vulns": [
    {"id": "PYSEC-2019-217", "aliases": ["CVE-2016-10745"], "fix_versions": ["2.8.1"]}
]}  # fmt: skip
SOUND = {"name": "polars", "version": "2.1.0", "vulns": []}


def entry(**changed: Any) -> dict[str, Any]:
    given = {
        "id": "CVE-2016-10745", "package": "jinja2", "reason": "no template of a stranger is ever rendered",
        "reviewed": date(2026, 11, 1), "review_again": date(2027, 2, 1),
    }  # fmt: skip
    return {**given, **changed}


def test_a_known_weakness_fails_unless_somebody_looked_at_it() -> None:
    answer = {"dependencies": [WEAK, SOUND]}
    assert judged(answer, [], TODAY).failures == ("jinja2 2.0: PYSEC-2019-217, mended in 2.8.1",)
    assert judged(answer, [entry()], TODAY).failures == (), "known by its other name"
    assert "another_package" in judged(answer, [entry(package="another_package")], TODAY).failures[-1]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"review_again": date(2026, 11, 22)}, "was to be looked at again by 2026-11-22"),
        ({"reason": ""}, "lacks reason"),
        ({"reviewed": None}, "lacks reviewed"),
    ],
)
def test_an_exception_ends_and_must_be_complete(changed: dict[str, Any], said: str) -> None:
    found = judged({"dependencies": [WEAK]}, [entry(**changed)], TODAY)
    assert [said in each for each in found.failures] == [True]
    assert judged(None, [entry(**changed)], TODAY).failures == found.failures, "also without a network"


def test_an_exception_nobody_needs_is_removed() -> None:
    assert "remove it" in judged({"dependencies": [SOUND]}, [entry()], TODAY).failures[0]


def test_no_answer_passes_but_is_said_aloud() -> None:
    silent = judged(None, [], TODAY)
    assert silent.failures == () and "COULD NOT BE ASKED" in silent.warnings[0]
    skipped = {"name": "dagster", "skip_reason": "not found"}
    found = judged({"dependencies": [SOUND, skipped]}, [], TODAY)
    assert found.failures == () and "NOTHING IS KNOWN ABOUT 1 OF 2 DEPENDENCIES: dagster" in found.warnings[0]
    assert judged({"dependencies": [SOUND]}, [], TODAY).warnings == ()


def test_a_program_that_breaks_off_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        return subprocess.CompletedProcess([], 1, stdout="", stderr="Traceback: no such host")

    monkeypatch.setattr(subprocess, "run", broken)
    assert dependencies.asked() is None


def test_the_list_of_exceptions_can_be_read_and_the_lock_file_pins_by_hash() -> None:
    for each in tomllib.loads(EXCEPTIONS.read_text()).get("exception", []):
        assert set(each) == set(FIELDS)
    pinned = [
        line for line in LOCK.read_text().splitlines() if "==" in line and not line.startswith(("#", " "))
    ]
    assert len(pinned) > 100
    assert all(line.endswith("\\") for line in pinned), "each is followed by its hashes"


PROGRAM = [
    path for package in ("indicators", "pipelines", "quality", "security", "sources")
    for path in sorted((ROOT / package).rglob("*.py"))
]  # fmt: skip
SHUT = {
    "pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml", "ruamel", "telnetlib", "xmlrpc",
}  # fmt: skip
"""Modules that run what a file says, or are not needed: nobody imports them."""
CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "pl.DataFrame.deserialize",
         "tempfile.mktemp", "zipfile.ZipFile.extractall", "pd.read_pickle", "np.load"}  # fmt: skip


def named(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{named(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def shut_ways(text: str) -> list[str]:
    """Ways in one module by which a file or a text could become code; ruff's rules S102 (exec), S301 (pickle),
    S302 (marshal), S307 (eval), S506 (yaml.load), S602 and S605 (shells) look for most of them, but a comment
    may silence a rule, and nothing silences this."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [each.name for each in node.names]
            )
            found += [name for name in names if name.split(".")[0] in SHUT]
        if isinstance(node, ast.Call):
            name = named(node.func)
            if name in CALLS or name.endswith((".extractall", ".read_pickle", ".deserialize")):
                found.append(name)
            found += ["shell=True" for each in node.keywords if each.arg == "shell"]
            found += ["allow_pickle" for each in node.keywords if each.arg == "allow_pickle"]
    return found


def test_no_file_can_become_code() -> None:
    assert len(PROGRAM) > 300
    found = {str(path.relative_to(ROOT)): shut_ways(path.read_text("utf-8")) for path in PROGRAM}
    assert {path: ways for path, ways in found.items() if ways} == {}


@pytest.mark.parametrize(
    "text",
    [
        "import pickle", "from pickle import loads", "import yaml", "eval('1')", "exec(x)", "os.system('x')",
        "subprocess.run('x', shell=True)", "archive.extractall()", "pd.read_pickle(x)", "np.load(x, allow_pickle=True)",
    ],
)  # fmt: skip
def test_each_way_is_noticed(text: str) -> None:
    assert shut_ways(text)


def test_a_credential_in_a_file_is_noticed(tmp_path: Path) -> None:
    """By the plugins and filters of the committed baseline."""
    baseline = json.loads((ROOT / "security" / "secrets.baseline").read_text())
    leak = tmp_path / "leak.py"
    leak.write_text("password = 'Xk29-vQ7rTz4'\n")  # pragma: allowlist secret
    (tmp_path / "baseline").write_text(json.dumps({**baseline, "results": {}}))
    program = Path(sys.executable).with_name("detect-secrets-hook")
    command = [str(program), "--cores", "1", "--baseline", str(tmp_path / "baseline"), str(leak)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "leak.py:1" in done.stdout.replace(str(tmp_path), "")
