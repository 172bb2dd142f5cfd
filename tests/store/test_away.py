"""The server of a store goes away and comes back: reads go on, and the console goes on watching."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import StoreError
from agentdesk.screens import watching
from tests.postgres import run

pytestmark = pytest.mark.parametrize("place", ["postgres"], indirect=True)
PATIENCE = 30.0
"""Seconds after which a test that waits for something gives up."""


def pids(desk: Desk) -> set[int]:
    """Every connection to the store's database."""
    sql = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    return {pid for (pid,) in run(str(desk.store.location.url), sql).fetchall()}


def end(desk: Desk, gone: set[int]) -> None:
    """What a restart of the server does to connections."""
    for pid in gone:
        run(str(desk.store.location.url), f"SELECT pg_terminate_backend({pid}, 5000)")


def own(desk: Desk) -> int:
    with desk.read() as read:
        return int(read.value("SELECT pg_backend_pid()"))


def test_a_thread_reads_on_over_a_new_connection(desk: Desk) -> None:
    before = own(desk)
    end(desk, {before})
    assert own(desk) != before
    assert before not in pids(desk)


def test_a_read_under_way_says_that_the_store_went_away_and_the_next_one_reads(desk: Desk) -> None:
    def cut_off() -> None:
        with desk.read() as read:
            end(desk, {int(read.value("SELECT pg_backend_pid()"))})
            read.value("SELECT count(*) FROM agent")

    with pytest.raises(StoreError, match="Try again in a moment"):
        cut_off()
    assert own(desk)


def test_the_first_write_afterwards_is_saved(desk: Desk) -> None:
    before = pids(desk)
    with desk.change() as change:
        services.create_ticket(change, subject="Late parcel")
    end(desk, pids(desk) - before)
    with desk.change() as change:
        services.create_ticket(change, subject="Late again")
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM ticket") == 2


@contextmanager
def watched(desk: Desk, tell: Any) -> Iterator[threading.Thread]:
    leaving = threading.Event()
    thread = threading.Thread(target=watching.watch_store, args=(desk, leaving, tell), daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        leaving.set()
        thread.join(PATIENCE)


def test_the_watch_goes_on_after_its_server_was_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL", 0.01)
    told, asked, before = threading.Event(), threading.Event(), pids(desk)
    news = desk.store.news

    def counted(*args: Any) -> Any:
        found = news(*args)
        asked.set()
        return found

    monkeypatch.setattr(desk.store, "news", counted)
    with watched(desk, told.set) as thread:
        assert asked.wait(PATIENCE)
        end(desk, pids(desk) - before)
        asked.clear()
        assert asked.wait(PATIENCE)
        told.clear()
        with desk.change() as change:
            services.create_ticket(change, subject="Late parcel")
        assert told.wait(PATIENCE)
        assert thread.is_alive()


def test_a_look_that_fails_is_followed_by_one_that_reads_everything_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "POLL", 0.01)
    told, failures = threading.Event(), [StoreError("away"), StoreError("away")]
    news = desk.store.news

    def away_twice(*args: Any) -> Any:
        if failures:
            raise failures.pop()
        return news(*args)

    monkeypatch.setattr(desk.store, "news", away_twice)
    with watched(desk, told.set) as thread:
        assert told.wait(PATIENCE)
        assert thread.is_alive()


def test_the_watch_ends_with_its_store(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL", 0.01)
    with watched(desk, lambda: None) as thread:
        desk.close()
        thread.join(PATIENCE)
        assert not thread.is_alive()
