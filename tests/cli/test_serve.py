"""The console in a browser: a real server, a real client, and who does not get in."""

import asyncio
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import WSMsgType

from agentdesk.cli.web_gate import COOKIE, Gate, is_loopback
from tests.screens.sample_desk import sample_desk

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def served(folder):
    """A server over the sample desk; the address it printed, token and all."""
    sample_desk(folder).close()
    port = free_port()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(folder), "AGENTDESK_AGENT": "ana"}
    line = [
        sys.executable,
        "-m",
        "agentdesk",
        "--store",
        str(folder / "desk.db"),
        "serve",
        "--port",
        str(port),
    ]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True
    ) as program:
        try:
            yield program.stdout.readline().strip()
        finally:
            program.terminate()
            program.wait(20)


async def opened(session, address):
    """The page, once the server listens."""
    for _ in range(200):
        try:
            return await session.get(address, allow_redirects=False)
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.05)
    raise AssertionError("the server never listened")


async def read_until(stream, text: bytes) -> bytes:
    seen = b""
    async with asyncio.timeout(40):
        async for message in stream:
            seen += message.data if message.type is WSMsgType.BINARY else message.data.encode()
            if text in seen:
                return seen
    raise AssertionError(seen[-500:])


async def test_only_who_shows_the_token_sees_the_console_and_works_in_it(tmp_path):
    with served(tmp_path) as address:
        base, _, token = address.partition("/?token=")
        jar = aiohttp.CookieJar(unsafe=True)  # an address of numbers may keep a cookie
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            assert (await opened(session, base + "/")).status == 403
            for path in (
                "/ws",
                "/static/js/textual.js",
                "/download/x",
                "/?token=wrong",
                f"/ws?token={token}",
            ):
                assert (await session.get(base + path)).status == 403, path
            told = await session.get(address, allow_redirects=False)
            assert (told.status, told.headers["Location"]) == (303, "/")
            cookie = told.headers["Set-Cookie"]
            assert all(word in cookie for word in (f"{COOKIE}=", "HttpOnly", "SameSite=Strict"))
            assert token not in cookie
            page = await session.get(base + "/")
            assert page.status == 200
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            assert base.removeprefix("http://") in await page.text()
            assert (await session.get(base + "/", headers={"Host": "desk.evil.test"})).status == 403
            stranger = await session.get(base + "/ws", headers={"Origin": "http://evil.test"})
            assert stranger.status == 403
            async with session.ws_connect(f"{base}/ws?width=80&height=24", origin=base) as stream:
                assert b"Refund not received" in await read_until(stream, b"TICKET")
                await stream.send_json(["stdin", "jy"])
                await read_until(stream, b"T-1002")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_this_computer_alone_is_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "192.0.2.1", "::", "example.org", "localhost.evil.test", "127.0.0.1.nip.io"]
)
def test_anything_else_is_not(host):
    assert not is_loopback(host)
    assert not Gate("x").knows_host(f"{host}:8000")


def test_on_a_network_a_number_or_the_computers_own_name_is_known_and_a_chosen_name_is_not():
    gate = Gate("x", open_to_network=True)
    assert gate.knows_host("192.0.2.7:8000")
    assert gate.knows_host(f"{socket.gethostname()}:8000")
    assert not gate.knows_host("rebound.evil.test:8000")


def test_a_network_is_refused_unless_it_is_allowed_and_a_short_token_always(cli):
    refused = cli("serve", "--host", "0.0.0.0")
    assert refused.code == 2
    assert "--allow-network" in refused.err
    assert cli("serve", "--token", "1234").code == 2


def test_a_missing_extra_is_named(cli, monkeypatch):
    monkeypatch.setitem(sys.modules, "agentdesk.cli.web_gate", None)
    answer = cli("serve")
    assert answer.code == 1
    assert "pip install 'agentdesk[serve]'" in answer.err


def test_a_port_that_is_taken_is_told(cli):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = cli("serve", "--port", str(taken.getsockname()[1]))
    assert answer.code == 1
    assert "Try another --port" in answer.err
