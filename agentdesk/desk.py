"""The composition root: what a face holds. It opens the store, knows who acts and what time it is."""

import getpass
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from agentdesk.domain.actor import DESK, Actor
from agentdesk.domain.clock import Clock, SystemClock, ToldClock
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.near import suggest
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.queries.practice import is_practice
from agentdesk.settings import Settings
from agentdesk.store.reader import Reader
from agentdesk.store.store import Store

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from agentdesk.store.change import Change

Result = TypeVar("Result")
_ANY_AGENT = "SELECT 1 FROM agent LIMIT 1"


class _TakenBack(Exception):  # noqa: N818  not an error: leaving by an exception is what rolls back
    pass


@dataclass(frozen=True, slots=True)
class _AgentRow:
    id: int
    handle: str
    name: str
    role: str
    is_active: bool


@dataclass(slots=True)
class Desk:
    """An open desk.

    Attributes:
        store: where everything is.
        settings: what the user chose.
        clock: the one clock.
        actor: who answers for changes.
        origin: the door changes come in by.
        is_practice: whether nothing here is real.
    """

    store: Store
    settings: Settings
    clock: Clock
    actor: Actor
    origin: Origin
    is_practice: bool = False

    def __post_init__(self) -> None:
        """Let every change that is made through the store settle the clocks it moves."""
        self.store.settle = settle

    @classmethod
    def open(cls, settings: Settings, *, origin: Origin = Origin.CLI, clock: Clock | None = None) -> "Desk":
        """Open the store named in the settings and find out who acts.

        A new store gets the operating-system user as its first admin, so that the first command just works. One without
        any agent is new: whoever was making it was killed before the first agent was in.

        Raises:
            StoreError: the store cannot be used.
            NotFoundError: `--as` names nobody, or the operating-system user is no agent here.
        """
        store = Store.open(settings.store)
        desk = cls(store, settings, clock or SystemClock(), DESK, origin)
        if store.created or desk._is_empty():
            store.created = desk._welcome()
        desk.actor = desk._who(settings.agent)
        return desk

    def read(self, as_of: datetime | None = None) -> AbstractContextManager[Reader]:
        """One consistent snapshot; `as_of` is the instant it is about, now unless given."""
        return self.store.read(as_of or self.clock.now(), self.actor.id)

    def stand_at(self, instant: datetime) -> None:
        """Let it be `instant` from now on: reads are about it, and writes happen at it, by whoever may say so."""
        self.clock = ToldClock(instant, self.clock)

    def change(self, *, key: str | None = None, batch_id: int | None = None, summary: str = "") -> "Change":
        """One transaction that may write; leave the block normally to commit."""
        return self.store.change(
            self.clock, self.actor, self.origin, key=key, batch_id=batch_id, summary=summary
        )

    def rehearse(self, operation: "Callable[[Change], Result]", *, summary: str = "") -> "Result":
        """What an operation returns, in a change that is taken back as soon as it has."""
        found: list[Result] = []
        with suppress(_TakenBack), self.change(summary=summary) as change:
            found.append(operation(change))
            raise _TakenBack
        return found[0]

    @property
    def zone(self) -> "ZoneInfo":
        """The team's time zone: from the settings, else the machine's."""
        if self.settings.zone:
            from zoneinfo import ZoneInfo

            return ZoneInfo(self.settings.zone)
        from tzlocal import get_localzone

        return get_localzone()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def _is_empty(self) -> bool:
        with self.store.read(self.clock.now()) as read:
            return not read.tuples(_ANY_AGENT)

    def _welcome(self) -> bool:
        """Make the first agent and queue; False where somebody else has meanwhile."""
        from agentdesk.services.agents import add_agent
        from agentdesk.services.queues import add_queue
        from agentdesk.store.load import Load

        login = getpass.getuser()
        with self.store.change(self.clock, DESK, Origin.SYSTEM, summary="set up the desk") as change:
            Load(change).lock("agent")
            if change.sql(_ANY_AGENT).first():
                return False
            add_agent(change, handle=self.settings.agent or login, name=login, role=Role.ADMIN, login=login)
            add_queue(change, name="Support")
        return True

    def _who(self, handle: str | None) -> Actor:
        wanted = handle or getpass.getuser()
        column = "handle" if handle else "login"
        with self.store.read(self.clock.now()) as read:
            self.is_practice = is_practice(read)
            sql = f"SELECT id, handle, name, role, is_active FROM agent WHERE {column} = :wanted"  # noqa: S608  one of two
            row = read.row(_AgentRow, sql, {"wanted": wanted})
            known = [
                str(name)
                for (name,) in read.tuples("SELECT handle FROM agent WHERE is_active ORDER BY handle")
            ]
        if row is None or not row.is_active:
            near = suggest(wanted, [(name, name) for name in known], listed=12)
            hint = f"{near} Say who you are with --as.".strip()
            raise NotFoundError("agent", wanted if handle else f"for the user {wanted}", hint)
        return Actor(row.id, row.handle, row.name, Role(row.role))


def settle(change: "Change") -> None:
    """Bring clocks and places in the queue in step with what a change has written."""
    from agentdesk.services.clocks import settle_clocks

    settle_clocks(change)
