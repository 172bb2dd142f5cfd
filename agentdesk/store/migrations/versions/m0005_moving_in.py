"""Moving in: orders, feedback, call times, kept mappings, how far an import came, where ways of contact come from."""

from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"

_INSTANT = sqlmodel.sql.sqltypes.UTCDateTime
_CHANNELS = ("email", "phone", "chat", "web", "social", "sms", "letter", "visit", "api", "other")
_KINDS = ("csat", "nps", "ces", "review", "interview", "focus_group", "suggestion")


def _record(*columns: sa.Column[Any], is_versioned: bool = True) -> list[sa.Column[Any]]:
    version = [sa.Column("version", sa.Integer(), nullable=False)] if is_versioned else []
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT(), nullable=False),
        sa.Column("updated_at", _INSTANT(), nullable=False),
        *version,
        *columns,
    ]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=null) for name in names]


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _INSTANT(), nullable=null)


def _object(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _one_of(table: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade() -> None:
    _orders()
    _feedback()
    _imports()
    _pairs()
    _columns()


def _orders() -> None:
    op.create_table(
        "sales_order",
        *_record(
            *_numbers("customer_id"),
            *_texts("source"),
            sa.Column("external_id", sa.Text(), nullable=True),
            *_texts("status"),
            _instant("at"),
            sa.Column("amount_minor", sa.BigInteger(), nullable=True),
            *_texts("currency", "summary"),
            _object("extra"),
        ),
        _refers("sales_order", "customer_id", "customer"),
        _key("sales_order"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sales_order_external", "sales_order", ["source", "external_id"], unique=True)
    op.create_index(op.f("ix_sales_order_customer_id_at_id"), "sales_order", ["customer_id", "at", "id"])


def _feedback() -> None:
    op.create_table(
        "feedback",
        *_record(
            *_numbers("customer_id", "ticket_id", "agent_id", null=True),
            *_texts("kind", "channel", "source"),
            sa.Column("external_id", sa.Text(), nullable=True),
            _instant("at"),
            _instant("answered_at", null=True),
            *_numbers("score", null=True),
            *_numbers("scale_min", "scale_max"),
            *_texts("verbatim", "theme", "language"),
            _object("extra"),
        ),
        _one_of("feedback", "kind", _KINDS),
        _one_of("feedback", "channel", _CHANNELS),
        sa.CheckConstraint(
            "score IS NULL OR score BETWEEN scale_min AND scale_max", name=op.f("ck_feedback_score")
        ),
        _refers("feedback", "customer_id", "customer"),
        _refers("feedback", "ticket_id", "ticket"),
        _refers("feedback", "agent_id", "agent"),
        _key("feedback"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_external", "feedback", ["source", "external_id"], unique=True)
    op.create_index(op.f("ix_feedback_customer_id_at_id"), "feedback", ["customer_id", "at", "id"])
    op.create_index(op.f("ix_feedback_kind_at"), "feedback", ["kind", "at"])
    op.create_index(op.f("ix_feedback_ticket_id"), "feedback", ["ticket_id"])


def _imports() -> None:
    op.create_table(
        "import_chunk",
        sa.Column("id", sa.Integer(), nullable=False),
        *_numbers("batch_id", "number", "rows"),
        sa.Column("touched", sa.LargeBinary(), nullable=False),
        _object("faults"),
        _refers("import_chunk", "batch_id", "import_batch"),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_import_chunk_batch_id_number")),
        _key("import_chunk"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_map",
        *_record(
            *_texts("name", "name_key", "kind", "text"), sa.Column("is_active", sa.Boolean(), nullable=False)
        ),
        sa.UniqueConstraint("name_key", name=op.f("uq_import_map_name_key")),
        _key("import_map"),
        sqlite_autoincrement=True,
    )


def _pairs() -> None:
    op.create_table(
        "distinct_pair",
        *_record(
            *_numbers("customer_id", "other_id"),
            *_numbers("agent_id", null=True),
            *_texts("reason"),
            is_versioned=False,
        ),
        _refers("distinct_pair", "customer_id", "customer"),
        _refers("distinct_pair", "other_id", "customer"),
        _refers("distinct_pair", "agent_id", "agent"),
        _key("distinct_pair"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_distinct_pair", "distinct_pair", ["customer_id", "other_id"], unique=True)
    op.create_index(op.f("ix_distinct_pair_other_id"), "distinct_pair", ["other_id"])


def _columns() -> None:
    for table in ("interaction", "contact_point"):
        op.add_column(table, sa.Column("source", sa.Text(), nullable=False, server_default=""))
    op.add_column("contact_point", sa.Column("batch_id", sa.Integer(), nullable=True))
    for name in ("wait_seconds", "talk_seconds", "hold_seconds", "wrap_seconds"):
        op.add_column("interaction", sa.Column(name, sa.Integer(), nullable=True))
    op.create_index("ix_interaction_external", "interaction", ["source", "external_id"], unique=True)
    for table in ("message", "kb_article"):
        op.add_column(table, sa.Column("extra", sa.JSON(), nullable=False, server_default="{}"))
    named = sa.text("external_id IS NOT NULL")
    op.create_index(
        "ix_message_external_id", "message", ["external_id"], sqlite_where=named, postgresql_where=named
    )
