"""Clocks and escalation: policies, agreements, the clocks of tickets, shifts, routing, notices; a new order of the queue."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

from agentdesk.domain.attention import Standing, attention_key, promise_standing

revision = "0003"
down_revision = "0002"

_INSTANT = sqlmodel.sql.sqltypes.UTCDateTime
_REFERRING = (
    ("ticket", "policy_id", "sla_policy"),
    ("ticket", "calendar_id", "calendar"),
    ("ticket", "agreement_id", "agreement"),
    ("escalation", "previous_id", "escalation"),
)
_INSTANTS = (
    ("ticket", ("next_due_at", "at_risk_at", "critical_at", "breach_at")),
    ("escalation", ("ack_due_at",)),
    ("customer", ("owner_since", "owner_until")),
)


def _record(*columns: sa.Column[Any], is_versioned: bool = True) -> list[sa.Column[Any]]:
    version = [sa.Column("version", sa.Integer(), nullable=False)] if is_versioned else []
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT(), nullable=False),
        sa.Column("updated_at", _INSTANT(), nullable=False),
        *version,
        *columns,
    ]


def _refers(table: str, column: str, to: str, **options: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), **options)


def upgrade() -> None:
    _policies()
    _clocks()
    _people()
    _columns()
    _keys()


def _policies() -> None:
    op.create_table(
        "sla_policy",
        *_record(
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("name_key", sa.Text(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("conditions", sa.Text(), nullable=False),
            sa.Column("calendar", sa.Text(), nullable=False),
            sa.Column("targets", sa.JSON(), nullable=False),
            sa.Column("ladder", sa.JSON(), nullable=False),
            sa.Column("by_agreement", sa.Boolean(), nullable=False),
            sa.Column("is_current", sa.Boolean(), nullable=False),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_policy")),
        sa.UniqueConstraint("name_key", "number", name=op.f("uq_sla_policy_name_key_number")),
        sqlite_autoincrement=True,
    )
    current = sa.text("is_current")
    op.create_index(
        "uq_sla_policy_current",
        "sla_policy",
        ["name_key"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_table(
        "agreement",
        *_record(
            sa.Column("customer_id", sa.Integer(), nullable=True),
            sa.Column("organization_id", sa.Integer(), nullable=True),
            sa.Column("product", sa.Text(), nullable=False),
            sa.Column("plan", sa.Text(), nullable=False),
            sa.Column("policy", sa.Text(), nullable=False),
            sa.Column("starts_on", sa.Text(), nullable=False),
            sa.Column("ends_on", sa.Text(), nullable=False),
        ),
        sa.CheckConstraint(
            "(customer_id IS NULL) <> (organization_id IS NULL)", name=op.f("ck_agreement_party")
        ),
        _refers("agreement", "customer_id", "customer"),
        _refers("agreement", "organization_id", "organization"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sqlite_autoincrement=True,
    )
    for column in ("customer_id", "organization_id"):
        op.create_index(op.f(f"ix_agreement_{column}"), "agreement", [column])


def _clock_key() -> list[sa.Column[Any]]:
    return [
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    ]


def _clocks() -> None:
    instants = (
        *("due_at", "at_risk_at", "critical_at", "breached_at", "changed_at"),
        *("fulfilled_at", "cancelled_at"),
    )
    op.create_table(
        "sla_clock",
        *_clock_key(),
        sa.Column("started_at", _INSTANT(), nullable=False),
        sa.Column("target_minutes", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=True),
        sa.Column("priority_at_start", sa.Text(), nullable=False),
        *[sa.Column(name, _INSTANT(), nullable=True) for name in instants],
        sa.Column("breach_cause", sa.Text(), nullable=True),
        sa.Column("is_sticky", sa.Boolean(), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("fulfilled_by", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("used_minutes", sa.Integer(), nullable=True),
        _refers("sla_clock", "ticket_id", "ticket", ondelete="CASCADE"),
        _refers("sla_clock", "policy_id", "sla_policy"),
        _refers("sla_clock", "calendar_id", "calendar"),
        sa.PrimaryKeyConstraint("ticket_id", "metric", "number", name=op.f("pk_sla_clock")),
    )
    running = sa.text("is_running")
    op.create_index("ix_sla_clock_fulfilled", "sla_clock", ["fulfilled_at", "metric"])
    op.create_index(
        "ix_sla_clock_running",
        "sla_clock",
        ["is_paused", "at_risk_at"],
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_table(
        "sla_pause",
        *_clock_key(),
        sa.Column("started_at", _INSTANT(), nullable=False),
        sa.Column("ended_at", _INSTANT(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        _refers("sla_pause", "ticket_id", "ticket", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ticket_id", "metric", "number", "started_at", name=op.f("pk_sla_pause")),
    )
    op.create_table(
        "sla_step",
        *_clock_key(),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("taken_at", _INSTANT(), nullable=False),
        _refers("sla_step", "ticket_id", "ticket", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ticket_id", "metric", "number", "step", name=op.f("pk_sla_step")),
    )


def _people() -> None:
    op.create_table(
        "notice",
        *_record(
            sa.Column("agent_id", sa.Integer(), nullable=False),
            sa.Column("ticket_id", sa.Integer(), nullable=False),
            sa.Column("kind", sa.Text(), nullable=False),
            sa.Column("words", sa.Text(), nullable=False),
            sa.Column("seen_at", _INSTANT(), nullable=True),
            is_versioned=False,
        ),
        _refers("notice", "agent_id", "agent"),
        _refers("notice", "ticket_id", "ticket", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_agent", "notice", ["agent_id", "seen_at", "id"])
    op.create_index(op.f("ix_notice_ticket_id"), "notice", ["ticket_id"])
    op.create_table(
        "shift",
        *_record(
            sa.Column("agent_id", sa.Integer(), nullable=False),
            sa.Column("zone", sa.Text(), nullable=False),
            sa.Column("hours", sa.Text(), nullable=False),
            sa.Column("exceptions", sa.JSON(), nullable=False),
        ),
        _refers("shift", "agent_id", "agent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint("agent_id", name=op.f("uq_shift_agent_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "routing_rule",
        *_record(
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("name_key", sa.Text(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("conditions", sa.Text(), nullable=False),
            sa.Column("queue_id", sa.Integer(), nullable=False),
            sa.Column("is_active", sa.Boolean(), nullable=False),
        ),
        _refers("routing_rule", "queue_id", "queue"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rule")),
        sa.UniqueConstraint("name_key", name=op.f("uq_routing_rule_name_key")),
        sqlite_autoincrement=True,
    )


def _columns() -> None:
    for table, column, to in _REFERRING:
        # Said by hand: Alembic would copy the whole table of SQLite for a column that refers.
        name = f"fk_{table}_{column}_{to}"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {to} (id)")
    for table, names in _INSTANTS:
        for name in names:
            op.add_column(table, sa.Column(name, _INSTANT(), nullable=True))
    op.add_column("ticket", sa.Column("tier_rank", sa.Integer(), nullable=False, server_default="9"))
    op.add_column("ticket", sa.Column("next_metric", sa.Text(), nullable=False, server_default=""))
    op.create_index(op.f("ix_escalation_previous_id"), "escalation", ["previous_id"])
    is_open, solved = sa.text("is_open"), sa.text("status = 'solved'")
    op.create_index(
        "ix_ticket_open_risk",
        "ticket",
        ["at_risk_at", "critical_at", "breach_at", "attention_key", "id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(
        "ix_ticket_solved", "ticket", ["solved_at", "id"], sqlite_where=solved, postgresql_where=solved
    )


def _keys() -> None:
    """Give every ticket its place in the new order; nobody has a clock yet, so only promises move."""
    names = ("due_at", "waiting_since", "next_due_at", "at_risk_at", "critical_at", "breach_at")
    ticket = sa.table(
        "ticket",
        sa.column("id", sa.Integer),
        sa.column("priority", sa.Text),
        sa.column("is_open", sa.Boolean),
        sa.column("next_metric", sa.Text),
        sa.column("attention_key", sa.Text),
        *[sa.column(name, _INSTANT()) for name in names],
    )
    connection = op.get_bind()
    op.execute(
        "UPDATE ticket SET attention_key = '99999999999999' || substr(attention_key, 15, 1) || '9' || "
        "substr(attention_key, 16)"
    )
    promised = sa.select(ticket.c.id, ticket.c.priority, ticket.c.due_at, ticket.c.waiting_since).where(
        ticket.c.due_at.is_not(None), ticket.c.is_open
    )
    for row_id, priority, due_at, waiting_since in connection.execute(promised).all():
        standing = promise_standing(due_at)
        connection.execute(
            ticket.update().where(ticket.c.id == row_id).values(**_place(standing, priority, waiting_since))
        )


def _place(standing: Standing, priority: str, waiting_since: datetime | None) -> dict[str, Any]:
    return {
        "next_due_at": standing.next_due_at,
        "next_metric": standing.next_metric,
        "at_risk_at": standing.at_risk_at,
        "critical_at": standing.critical_at,
        "breach_at": standing.breach_at,
        "attention_key": attention_key(standing, priority, 9, waiting_since),
    }
