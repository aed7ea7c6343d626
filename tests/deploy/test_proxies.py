"""The examples for web servers say of downloads what the program says, and of pages what the pages say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines.exchange.addresses import FORMATS

ROOT = Path(__file__).resolve().parents[2]
PROXY = ROOT / "deploy" / "proxy"
ENDING = {"parquet": "parquet", "duckdb": "duckdb", "csv": "csv"}
"""Formats whose media type web servers do not know by themselves, and how their files end."""
HEADERS = ("Cache-Control", "Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security",
           "X-Content-Type-Options")  # fmt: skip


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_downloads_are_called_what_the_program_calls_them(name: str) -> None:
    text = (PROXY / name).read_text()
    for format_, ending in ENDING.items():
        media_type = FORMATS[format_][0]
        wanted = (
            rf"{re.escape(media_type)}\s+{ending};"
            if name == "nginx.conf"
            else rf"@{ending} Content-Type \"?{media_type}"
        )
        assert re.search(wanted, text), (format_, media_type)
    assert "text/turtle" in text


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_pages_are_sent_with_their_own_policy_and_every_header(name: str) -> None:
    text = (PROXY / name).read_text()
    template = (ROOT / "pipelines" / "site" / "templates" / "base.html").read_text()
    policy = re.search(r"http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"", template)
    assert policy is not None
    for directive in policy[1].split(";"):
        assert directive.strip() in text, directive
    for header in HEADERS:
        assert header in text
    assert "autoindex on" not in text and "file_server browse" not in text


def test_headers_of_pages_are_not_lost_where_nginx_adds_others() -> None:
    """A block with headers of its own inherits none."""
    text = (PROXY / "nginx.conf").read_text()
    block = text[text.index("location /daten/") :]
    for header in HEADERS:
        assert f"add_header {header} " in block


def test_dagsters_pages_are_behind_network_and_password() -> None:
    text = (PROXY / "nginx-dagster.conf").read_text()
    assert "proxy_pass http://127.0.0.1:3000;" in text
    for line in ("satisfy all;", "deny all;", "auth_basic_user_file", 'proxy_set_header Authorization "";'):
        assert line in text


def test_nginx_accepts_the_examples(tmp_path: Path) -> None:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if program is None:
        pytest.skip("nginx is not installed")
    certificate = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x",
        "-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem"),
    ]  # fmt: skip
    subprocess.run(certificate, check=True, capture_output=True)
    text = "".join((PROXY / name).read_text() for name in ("nginx.conf", "nginx-dagster.conf"))
    text = text.replace("/etc/ssl/kommunalmonitor", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n")
    done = subprocess.run(
        [program, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "syntax is ok" in done.stderr, done.stderr
