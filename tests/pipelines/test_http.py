"""The polite client against a provider on loopback: well, slow, cut off, wrong, hostile, down."""

from __future__ import annotations

import email.utils
import gzip
import hashlib
import logging
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from pipelines.http import Manners, PoliteClient, run_dialogue
from pipelines.http_address import PROXY_VARIABLES, PeerCheck, check_address, redirected
from pipelines.http_retry import retry_after
from pipelines.secrets import Secrets, load_secrets
from pipelines.settings import load_settings
from sources.live import Delivery, Dialogue, Pause, Request
from sources.source import SourceChanged, SourceUnavailable
from tests.loopback import (
    Asked,
    Provider,
    Reply,
    down,
    html_error_page,
    in_turn,
    json_reply,
    quick_client,
    redirect,
    with_etag,
)

PASSWORD = "planted-password-9f3c"


def echo(asked: Asked) -> Reply:
    return json_reply({"query": dict(asked.query), "agent": asked.headers["user-agent"], "form": asked.form})


def test_an_answer_comes_back_with_query_form_and_name_of_the_program() -> None:
    with Provider({"/x": echo}) as provider:
        client = quick_client(contact="mailto:statistik@example.org")
        answer = client.answer(Request(url=provider.base + "/x", query={"a": "ä b"}))
        assert b'"a":"\xc3\xa4 b"' in answer.content
        assert b"sdg17/" in answer.content and b"(+mailto:statistik@example.org)" in answer.content
        client.answer(Request(url=provider.base + "/x", method="POST", form={"name": "12411"}))
        assert provider.asked[1].form == {"name": "12411"}
        client.answer(Request(url=provider.base + "/x", method="POST", json={"ids": [1]}))
        assert provider.asked[2].json == {"ids": [1]}


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(status: int) -> None:
    with Provider(
        {"/x": in_turn(Reply(status=status), Reply(status=status), Reply(content=b"ok"))}
    ) as provider:
        assert quick_client().answer(Request(url=provider.base + "/x")).content == b"ok"
        assert len(provider.asked) == 3


@pytest.mark.parametrize(
    ("status", "kind"), [(400, SourceChanged), (404, SourceChanged), (401, SourceUnavailable)]
)
def test_what_will_not_pass_is_not_tried_again(status: int, kind: type[Exception]) -> None:
    with Provider({"/x": lambda _: Reply(status=status)}) as provider:
        with pytest.raises(kind, match=str(status)):
            quick_client().answer(Request(url=provider.base + "/x"))
        assert len(provider.asked) == 1


def test_a_status_the_dialogue_understands_is_handed_to_it() -> None:
    with Provider({}) as provider:
        answer = quick_client().answer(
            Request(url=provider.base + "/none", tolerated=(404,), expect=("text/csv",))
        )
        assert answer.status == 404


def test_a_request_that_is_not_repeatable_is_sent_once() -> None:
    with Provider({"/x": down}) as provider:
        with pytest.raises(SourceUnavailable, match="503"):
            quick_client().answer(Request(url=provider.base + "/x", method="POST", repeatable=False))
        assert len(provider.asked) == 1


def test_retry_after_is_honoured_up_to_a_limit() -> None:
    waited: list[float] = []
    busy = Reply(status=429, headers={"Retry-After": "7"})
    with Provider({"/x": in_turn(busy, Reply(content=b"ok"))}) as provider:
        client = quick_client()
        client.sleep = waited.append
        assert client.answer(Request(url=provider.base + "/x")).content == b"ok"
    assert waited == [7.0]
    with Provider({"/x": lambda _: Reply(status=503, headers={"Retry-After": "86400"})}) as provider:
        with pytest.raises(SourceUnavailable, match="asks to wait 86,400 seconds"):
            client.answer(Request(url=provider.base + "/x"))
        assert len(provider.asked) == 1


def test_retry_after_reads_seconds_dates_and_nothing_else() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert retry_after("12", now) == 12
    assert retry_after(email.utils.format_datetime(now + timedelta(seconds=90), usegmt=True), now) == 90
    assert retry_after(email.utils.format_datetime(now - timedelta(days=1), usegmt=True), now) == 0
    assert retry_after("soon", now) is None
    assert retry_after(None, now) is None


def test_requests_to_one_host_keep_their_distance() -> None:
    waited: list[float] = []
    with Provider({"/x": lambda _: Reply(content=b"ok")}) as provider:
        client = quick_client(interval_seconds=30.0)
        client.sleep = waited.append
        client.answer(Request(url=provider.base + "/x"))
        client.answer(Request(url=provider.base + "/x"))
    assert len(waited) == 1 and 29 < waited[0] <= 30
    assert Manners().interval_seconds == 1.0


def keep(folder: Path, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    (folder / digest[:2]).mkdir(parents=True, exist_ok=True)
    (folder / digest[:2] / digest).write_bytes(content)


def test_unchanged_content_comes_from_the_snapshot(tmp_path: Path) -> None:
    with Provider({"/x": with_etag(lambda: Reply(content=b"big file"))}) as provider:
        request = Request(url=provider.base + "/x", conditional=True)
        assert not quick_client(tmp_path).answer(request).unchanged
        assert not quick_client(tmp_path).answer(request).unchanged, "the content was not kept: ask in full"
        keep(tmp_path, b"big file")
        again = quick_client(tmp_path).answer(request)
        assert (again.unchanged, again.status, again.content) == (True, 304, b"big file")
        digest = hashlib.sha256(b"big file").hexdigest()
        (tmp_path / digest[:2] / digest).write_bytes(b"rotten")
        assert quick_client(tmp_path).answer(request).content == b"big file", (
            "a damaged snapshot is asked for anew"
        )


def test_a_cut_off_answer_is_tried_again_and_never_delivered() -> None:
    with Provider(
        {"/x": in_turn(Reply(content=b"x" * 1000, cut_after=10), Reply(content=b"whole"))}
    ) as provider:
        assert quick_client().answer(Request(url=provider.base + "/x")).content == b"whole"
    with (
        Provider({"/x": lambda _: Reply(content=b"x" * 1000, cut_after=10)}) as provider,
        pytest.raises(SourceUnavailable, match="could not be read"),
    ):
        quick_client().answer(Request(url=provider.base + "/x"))


def test_a_slow_provider_costs_limited_time() -> None:
    with (
        Provider({"/x": lambda _: Reply(delay_seconds=0.5)}) as provider,
        pytest.raises(SourceUnavailable, match="did not answer in time"),
    ):
        quick_client(read_seconds=0.05).answer(Request(url=provider.base + "/x"))


def test_a_provider_that_is_down_is_unavailable() -> None:
    with Provider({}) as provider:
        provider.close()
        with pytest.raises(SourceUnavailable, match="could not be read"):
            quick_client().answer(Request(url=provider.base + "/x"))


def test_a_page_instead_of_data_is_a_change() -> None:
    with (
        Provider({"/x": html_error_page}) as provider,
        pytest.raises(SourceChanged, match="sent text/html") as caught,
    ):
        quick_client().answer(Request(url=provider.base + "/x", expect=("application/json",)))
    assert caught.value.cause and caught.value.remedy


@pytest.mark.parametrize(
    "reply",
    [
        Reply(content=b"x", declared_size=2 * 1024**3),
        Reply(content=b"x" * 5000),
        Reply(content=gzip.compress(b"\0" * 1_000_000), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["declared", "sent", "compressed"],
)
def test_size_is_limited_as_declared_as_sent_and_as_unpacked(reply: Reply) -> None:
    with Provider({"/x": lambda _: reply}) as provider:
        with pytest.raises(SourceChanged, match="sends more than accepted"):
            quick_client().answer(Request(url=provider.base + "/x", size_limit=2000))
        assert len(provider.asked) == 1


def test_redirects_are_followed_within_limits() -> None:
    with Provider(
        {"/a": redirect("/b"), "/b": lambda _: Reply(content=b"here"), "/r": redirect("/r")}
    ) as provider:
        assert quick_client().answer(Request(url=provider.base + "/a")).content == b"here"
        with pytest.raises(SourceChanged, match="redirects more than 5 times"):
            quick_client().answer(Request(url=provider.base + "/r"))
        with pytest.raises(SourceChanged, match="form is not sent"):
            quick_client().answer(Request(url=provider.base + "/a", method="POST", form={}))


@pytest.mark.parametrize(
    "target",
    [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "https://127.0.0.1/x",
        "http://10.0.0.1/x",
        "http://169.254.169.254/",
    ],
)
def test_redirects_never_lead_to_another_scheme_or_a_private_address(target: str) -> None:
    with (
        Provider({"/a": redirect(target)}) as provider,
        pytest.raises(SourceChanged, match=r"redirects to|is refused"),
    ):
        quick_client().answer(Request(url=provider.base + "/a"))


def test_a_public_address_never_redirects_to_loopback_even_where_loopback_is_allowed() -> None:
    with pytest.raises(SourceChanged, match="not a public address"):
        redirected(
            httpx.URL("http://93.184.216.34/"),
            "http://127.0.0.1/",
            method="GET",
            status=302,
            allow_loopback=True,
        )


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://10.1.2.3/", "http://[::1]/", "http://0.0.0.0/",
     "http://[::ffff:127.0.0.1]/", "http://192.168.0.1/", "http://169.254.169.254/", "ftp://example.org/",
     "https://someone:word@93.184.216.34/"],
)  # fmt: skip
def test_private_addresses_other_schemes_and_credentials_in_addresses_are_refused(address: str) -> None:
    with pytest.raises(SourceChanged, match="is refused") as caught:
        check_address(httpx.URL(address), allow_loopback=False)
    assert "word" not in str(caught.value)


def _rebinding(public: int) -> Callable[..., list[Any]]:
    """A name that leads to a public address the first times it is resolved, and to this machine then."""
    answers = iter([*["93.184.216.34"] * public, *["127.0.0.1"] * 100])

    def resolve(_host: str, port: int, *_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (next(answers), port))]

    return resolve


def test_a_name_that_leads_elsewhere_once_it_was_checked_is_sent_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    with Provider({"/x": echo}) as provider:
        port = httpx.URL(provider.base).port
        monkeypatch.setattr(socket, "getaddrinfo", _rebinding(public=1))
        with pytest.raises(SourceChanged, match=r"leads to 127.0.0.1, which is not a public"):
            quick_client(allow_loopback=False).answer(Request(url=f"http://rebinding.example:{port}/x"))
        assert provider.asked == []
        monkeypatch.setattr(socket, "getaddrinfo", _rebinding(public=0))
        quick_client().answer(Request(url=f"http://rebinding.example:{port}/x"))
        assert len(provider.asked) == 1, "the same way is open where loopback is allowed"


def test_a_connection_to_the_proxy_of_the_environment_is_not_the_provider_s() -> None:
    check = PeerCheck(url=httpx.URL("https://example.org/"), allow_loopback=False)
    check("connection.connect_tcp.started", {"host": "proxy.internal"})
    check("connection.connect_tcp.complete", {"return_value": None})  # not even looked at


def test_offline_asks_nothing() -> None:
    with Provider({"/x": echo}) as provider:
        with pytest.raises(SourceUnavailable, match="Offline mode"):
            quick_client(offline=True).answer(Request(url=provider.base + "/x"))
        assert provider.asked == []


def test_credentials_are_sent_as_headers_and_appear_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = quick_client(secrets={"genesis": ("planted-user", PASSWORD)})
    with Provider(
        {"/x": lambda _: Reply(content=b"ok"), "/503": down, "/401": lambda _: Reply(status=401)}
    ) as provider:
        client.answer(Request(url=provider.base + "/x", method="POST", form={}, credentials="genesis"))
        assert provider.asked[0].headers["username"] == "planted-user"
        assert provider.asked[0].headers["password"] == PASSWORD
        problems = []
        for path in ("/503", "/401"):
            with pytest.raises(SourceUnavailable) as caught:
                client.answer(Request(url=provider.base + path, credentials="genesis"))
            problems.append(str(caught.value))
    said = caplog.text + repr(client) + repr(client.secrets) + "".join(problems)
    assert PASSWORD not in said and "planted-user" not in said


def test_an_answer_that_repeats_the_password_is_not_kept() -> None:
    client = quick_client(secrets={"genesis": ("u", PASSWORD)})
    with (
        Provider({"/x": lambda asked: json_reply(dict(asked.headers))}) as provider,
        pytest.raises(SourceChanged, match="repeats the password"),
    ):
        client.answer(Request(url=provider.base + "/x", credentials="genesis"))


def test_credentials_are_never_sent_unencrypted_or_to_another_host() -> None:
    client = PoliteClient(secrets=Secrets(sets={"genesis": ("u", PASSWORD)}))
    with pytest.raises(SourceChanged, match="not encrypted"):
        client.answer(Request(url="http://93.184.216.34/", credentials="genesis"))
    other = quick_client(secrets={"genesis": ("u", PASSWORD)})
    with Provider({"/b": lambda _: Reply(content=b"b")}) as provider:
        port = provider.base.rpartition(":")[2]
        with Provider({"/a": redirect(f"http://localhost:{port}/b")}) as first:
            other.answer(Request(url=first.base + "/a", credentials="genesis"))
        assert "password" not in provider.asked[0].headers


def test_missing_credentials_say_which_to_set() -> None:
    with pytest.raises(SourceUnavailable, match="SDG17_SECRET_GENESIS_USERNAME"):
        Secrets().headers("genesis")


@pytest.mark.parametrize("wrong", ["", "pässwort", "line\nbreak"])
def test_credentials_no_header_can_carry_are_refused_without_quoting_them(wrong: str) -> None:
    with pytest.raises(SourceUnavailable, match="cannot be sent") as caught:
        Secrets(sets={"genesis": ("user", wrong)}).headers("genesis")
    assert not wrong or wrong not in str(caught.value)


@pytest.mark.parametrize(("name", "value"), [("SSL_CERT_FILE", "/nowhere.pem"), ("HTTP_PROXY", "ftp://x:y")])
def test_a_wrong_environment_costs_sources_not_the_night(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SourceUnavailable, match="as the environment describes it"):
        quick_client().answer(Request(url="http://127.0.0.1:9/"))


def test_an_address_that_is_none_is_said() -> None:
    with pytest.raises(SourceChanged, match=r"cannot be read|refused"):
        quick_client().answer(Request(url="http://[::1"))


def test_secrets_come_from_the_environment_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(
        '[genesis]\nusername = "f"\npassword = "file"\n[other]\nusername = "o"\npassword = "other"\n'
    )
    file.chmod(0o600)
    monkeypatch.setenv("SDG17_SECRET_GENESIS_USERNAME", "e")
    monkeypatch.setenv("SDG17_SECRET_GENESIS_PASSWORD", "environment")
    secrets = load_secrets(file)
    assert secrets.headers("genesis") == {"username": "e", "password": "environment"}
    assert secrets.headers("other")["password"] == "other"
    file.chmod(0o640)
    assert load_secrets(file).headers("genesis")["password"] == "environment"
    with pytest.raises(SourceUnavailable, match="chmod 600"):
        load_secrets(file).headers("other")
    file.chmod(0o600)
    file.write_text(f'genesis = "{PASSWORD}')
    with pytest.raises(SourceUnavailable) as caught:
        load_secrets(file).headers("other")
    assert PASSWORD not in str(caught.value) and caught.value.__cause__ is None


def two_requests(base: str) -> Dialogue:
    try:
        first = yield Request(url=base + "/gone")
    except SourceChanged:
        first = yield Request(url=base + "/x")
    yield Pause(seconds=900)
    assert first is not None
    return [Delivery(name="x.txt", content=first.content, url=first.url)]


def test_a_dialogue_is_carried_out_and_told_of_problems() -> None:
    with Provider({"/x": lambda _: Reply(content=b"ok")}) as provider:
        (delivery,) = run_dialogue(two_requests(provider.base), quick_client())
        assert (delivery.name, delivery.content) == ("x.txt", b"ok")
        assert provider.paths() == ["/gone", "/x"]


def test_a_dialogue_that_never_ends_is_ended() -> None:
    def forever() -> Dialogue:
        while True:
            yield Pause(seconds=1)

    with pytest.raises(SourceUnavailable, match="too long altogether"):
        run_dialogue(forever(), quick_client(dialogue_seconds=0.05))


def test_own_certificate_authorities_and_proxies_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Provider(
        {
            "http://93.184.216.34/x": lambda _: Reply(content=b"by proxy"),
            "*": lambda _: Reply(content=b"by proxy"),
        }
    ) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        assert quick_client().answer(Request(url="http://93.184.216.34/x")).content == b"by proxy"


def test_settings_name_bases_contact_and_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDG17_HOME", str(tmp_path))
    monkeypatch.setenv("SDG17_BASES", '{"genesis": "http://127.0.0.1:9"}')
    monkeypatch.setenv("SDG17_OFFLINE", "1")
    settings = load_settings()
    assert settings.bases == {"genesis": "http://127.0.0.1:9"} and settings.offline
