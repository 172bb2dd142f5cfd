"""Closing a store waits for those who read it, and refuses later ones, so that no read meets a closed connection."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agentdesk.store.gate import ClosedError, Gate
from agentdesk.store.store import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_closing_waits_for_a_read_in_another_thread(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "desk.db"))
    is_inside, may_end = threading.Event(), threading.Event()
    found: list[object] = []

    def read() -> None:
        with store.read(NOW) as reader:
            is_inside.set()
            may_end.wait(10)
            found.append(reader.value("SELECT count(*) FROM ticket"))

    def close() -> None:
        store.close()
        found.append("closed")

    reading, closing = threading.Thread(target=read), threading.Thread(target=close)
    reading.start()
    assert is_inside.wait(10)
    closing.start()
    closing.join(0.2)
    assert found == []
    may_end.set()
    reading.join(10)
    closing.join(10)
    assert found == [0, "closed"]


def test_a_read_after_closing_is_refused_with_a_sentence(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "desk.db"))
    store.close()
    for read in (lambda: store.read(NOW).__enter__(), store.data_version, lambda: store.news(NOW, None)):
        with pytest.raises(ClosedError, match="The desk is closed"):
            read()


def test_who_never_leaves_is_not_waited_for_for_ever() -> None:
    gate = Gate()
    with gate.inside():
        assert gate.shut(patience=0.01) is False
    assert gate.shut(patience=0.01) is True
