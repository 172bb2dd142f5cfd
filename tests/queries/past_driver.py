"""Drives a desk through any sequence of operations, a while apart, and remembers what was true after each."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import AgentDeskError

DERIVED = {"version", "updated_at", "is_open", "priority_rank", "attention_key"}
"""Columns that no journal row holds."""


def rows(desk: Desk, table: str) -> dict[int, dict[str, Any]]:
    """What a table holds now, as the ORM side reads it."""
    from sqlmodel import SQLModel

    from agentdesk import models  # noqa: F401  fills the metadata

    with desk.store.engine.connect() as connection:
        found = connection.execute(SQLModel.metadata.tables[table].select()).mappings()
        return {row["id"]: {name: row[name] for name in row if name not in DERIVED} for row in found}


Operation = Callable[[Any, int], object]
CREATED = {
    "create": lambda c, n: services.create_ticket(
        c, subject=f"Question {n}", body="Help", queue_id=n % 2 + 1, customer_id=1 if n % 3 else None
    ),
    "create_quiet": lambda c, n: services.create_ticket(
        c, subject=f"Task {n}", priority="high", assignee_id=2, due_at=c.at + timedelta(hours=n)
    ),
}
WORKED: dict[str, Callable[[Any, int, int], object]] = {
    "assign": lambda c, t, n: services.assign_ticket(c, t, to=n % 3 + 1),
    "reply": lambda c, t, n: services.reply_to_ticket(c, t, "Please try again."),
    "reply_solve": lambda c, t, n: services.reply_to_ticket(c, t, "Done.", then="solved"),
    "reply_wait": lambda c, t, n: services.reply_to_ticket(c, t, "Which one?", then="pending"),
    "hold": lambda c, t, n: services.set_status(c, t, "on_hold", waiting_for="carrier"),
    "solve": lambda c, t, n: services.solve_ticket(c, t),
    "reopen": lambda c, t, n: services.reopen_ticket(c, t, reason="not yet"),
    "close": lambda c, t, n: services.close_ticket(c, t),
    "receive": lambda c, t, n: services.receive_message(c, t, "It came back.\nReally."),
    "move": lambda c, t, n: services.move_ticket(c, t, queue_id=(1, 2, None)[n % 3]),
    "edit": lambda c, t, n: services.edit_ticket(c, t, {"priority": "urgent", "category": "billing"}),
    "escalate": lambda c, t, n: services.escalate_ticket(
        c, t, kind="functional", reason_code="skill", ask="Please look", to_queue_id=2
    ),
    "rename": lambda c, t, n: services.edit_customer(c, 1, {"name": f"Dana {n}"}),
}
ANSWERS: dict[str, Callable[[Any, int], object]] = {
    "accept": services.accept_escalation,
    "withdraw": services.withdraw_escalation,
}
BACK: dict[str, Callable[[Any], object]] = {"undo": services.undo_change, "redo": services.redo_change}
NAMES = [*CREATED, *WORKED, *ANSWERS, *BACK, "undo", "redo", "solve", "reopen"]
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 5), st.sampled_from([0, 1, 7, 26, 50])),
    min_size=4,
    max_size=22,
)
"""An operation, which ticket it is about, and how many hours pass before it."""


def seed(desk: Desk) -> None:
    with desk.change() as change:
        services.create_customer(change, name="Dana Kim", email="dana@example.com")


def do(desk: Desk, clock: FixedClock, step: tuple[str, int, int]) -> None:
    """One operation; what the desk refuses is no operation."""
    name, which, hours = step
    clock.instant += timedelta(hours=hours)
    known = sorted(rows(desk, "ticket"))
    try:
        with desk.change() as change:
            if name in CREATED:
                CREATED[name](change, which)
            elif name in BACK:
                BACK[name](change)
            elif name in ANSWERS:
                ANSWERS[name](change, which + 1)
            elif known:
                WORKED[name](change, known[which % len(known)], which)
    except AgentDeskError:
        return


def drive(
    desk: Desk, clock: FixedClock, steps: list[tuple[str, int, int]], tables: tuple[str, ...] = ("ticket",)
) -> dict[datetime, dict[str, dict[int, dict[str, Any]]]]:
    """Do the steps; returns what the tables held at each instant, after everything that happened at it."""
    seen = {}
    for step in steps:
        do(desk, clock, step)
        seen[clock.instant] = {table: rows(desk, table) for table in tables}
    return seen
