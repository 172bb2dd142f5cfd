"""The sample desk at one instant, and snapshots that lie in the top-level `snapshots/`."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_textual_snapshot
from syrupy.location import PyTestLocation

from agentdesk.demo.build import build_demo
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from tests.screens.sample_desk import clocked_desk

SNAPSHOTS = Path(__file__).resolve().parents[2] / "snapshots"
NOW = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
CONTACTS = Path(__file__).parents[1] / "screens" / "contacts.csv"


class TopLevelSVG(pytest_textual_snapshot.SVGImageExtension):
    """`snapshots/<screen>-<size>.svg` and `look-<screen>-<look>-<size>.svg`: names a README can link to."""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(SNAPSHOTS)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: Any = 0) -> str:
        name = test_location.snapshot_name.removeprefix("test_").removeprefix("screen")
        return re.sub(r"\W+", "-", name).strip("-")


@pytest.fixture
def top_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytest_textual_snapshot, "SVGImageExtension", TopLevelSVG)


@pytest.fixture
def snap_compare(top_level: None, snap_compare: Any) -> Any:
    """The plug-in's own comparison, in our folder."""
    return snap_compare


ASKED = (  # minutes ago, who, what is asked of ana or of one of her queues, why, kind
    (160, "ben", {"to_agent": "ana"}, "The customer wants the whole order refunded, not only the broken part. May we?",
     "commercial_decision", "hierarchical"),
    (42, "chloe", {"to_queue": 1}, "Could somebody who knows the parcel lockers look at the code that is refused?",
     "skill", "functional"),
    (15, "dmitri", {"level": "lead"}, "He says he will go to the ombudsman tomorrow. Please call him back today.",
     "customer_requested_manager", "hierarchical"),
)  # fmt: skip


def ask_ana(desk: Desk) -> None:
    """Let colleagues ask ana, and answer what she asked; each at its own instant."""
    from agentdesk import services
    from agentdesk.services.edits import agent_id

    with desk.read() as read:
        tickets = [
            row
            for (row,) in read.tuples("SELECT id FROM ticket WHERE status = 'open' ORDER BY id DESC LIMIT 9")
        ]
        people = {
            handle: Actor(row, handle, handle.title(), Role(role))
            for row, handle, role in read.tuples("SELECT id, handle, role FROM agent")
        }
    for at, (ago, asker, target, ask, reason, kind) in enumerate(ASKED):
        with desk.store.change(
            FixedClock(NOW - timedelta(minutes=ago)), people[asker], Origin.CONSOLE
        ) as change:
            to = {"to_agent_id": agent_id(change, target["to_agent"])} if "to_agent" in target else {}
            to |= {"to_queue_id": target["to_queue"]} if "to_queue" in target else {}
            services.escalate_ticket(
                change, tickets[at], kind=kind, reason_code=reason, ask=ask, level=target.get("level"),
                needed_by=NOW + timedelta(hours=3), **to,
            )  # fmt: skip
    with desk.store.change(FixedClock(NOW - timedelta(minutes=90)), people["ana"], Origin.CONSOLE) as change:
        first = services.escalate_ticket(
            change, tickets[5], kind="functional", reason_code="suspected_defect",
            ask="Does the label printer drop the house number? Three customers since Monday.", to_agent_id=people["chloe"].id,
        ).id  # fmt: skip
    with desk.store.change(
        FixedClock(NOW - timedelta(minutes=30)), people["chloe"], Origin.CONSOLE
    ) as change:
        services.accept_escalation(change, first)
        services.escalate_ticket(
            change, tickets[5], kind="functional", reason_code="suspected_defect", previous_id=first,
            ask="Please look at release 4.2: the address line is cut at 30 characters.", level="l3",
        )  # fmt: skip


FIRST = 1576
LINKED = """Good morning,

the page you sent me asks for my card again. Is this right?
https://pay.ottilie.example@xn--ottlie-q9a.example:8443/refund?order=R-10008

Shanice"""
"""A link whose address says one house and leads to another."""


def write_a_link(desk: Desk) -> None:
    """Let the customer of the ticket that needs attention first send a link that is not what it seems."""
    from agentdesk import services
    from agentdesk.domain.actor import DESK

    with desk.store.change(FixedClock(NOW - timedelta(minutes=5)), DESK, Origin.CONSOLE) as change:
        services.receive_message(change, FIRST, LINKED)


def bring_contacts(desk: Desk) -> None:
    """Import a few people, so that there is an import to see; and lay a second file about them where the console is."""
    from agentdesk.transfer.contacts.importing import ContactImport, import_contacts

    import_contacts(desk, ContactImport(CONTACTS))
    shutil.copy(CONTACTS.with_name("moving.csv"), "moving.csv")


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk, built once."""
    path = tmp_path_factory.mktemp("sample") / "demo.db"
    store = Store.open(str(path))
    build_demo(store, seed=1, now=NOW, login=None, zone=UTC)
    store.close()
    return path


@pytest.fixture
def sample(
    sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    """Make the console over a copy of the sample desk, in a theme; no path and no login of this machine are seen."""
    from agentdesk.app import AgentDesk

    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("HOME", "/home/ana")
    monkeypatch.setenv("LOGNAME", "ana")
    monkeypatch.chdir(tmp_path)
    opened: list[Desk] = []

    def make(*, theme: str = "ink", empty: bool = False, before: Callable[[Desk], None] | None = None) -> Any:
        if not empty:
            shutil.copy(sample_store, "desk.db")
        settings = Settings(
            store="desk.db", agent=None if empty else "ana", theme=theme, zone="Europe/London"
        )
        opened.append(Desk.open(settings, origin=Origin.CONSOLE, clock=FixedClock(NOW)))
        if before is not None:
            before(opened[-1])
        return AgentDesk(opened[-1])

    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def clocked(tmp_path: Path, sample: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Make the console over the small desk with a clock in every state."""
    from agentdesk.app import AgentDesk

    opened: list[Desk] = []

    def make(theme: str = "ink") -> Any:
        opened.append(clocked_desk(tmp_path, theme=theme))
        return AgentDesk(opened[-1])

    yield make
    for desk in opened:
        desk.close()
