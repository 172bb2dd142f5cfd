"""A working day: macros, articles, files, the outbox, links, mentions, intake forms, and who is where."""

from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

from agentdesk.store import fulltext

revision = "0004"
down_revision = "0003"

_INSTANT = sqlmodel.sql.sqltypes.UTCDateTime
_TEXTS = (("message", "recipient"), ("saved_view", "group_by"))
_OBJECTS = (("ticket", "intake"), ("draft", "extra"))


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


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _refers(table: str, column: str, to: str, key: str = "id", **options: Any) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.{key}"], name=name, **options)


def _one_of(table: str, column: str, *words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def upgrade() -> None:
    _macros()
    _articles()
    _files()
    _outbox()
    _links()
    _looking()
    _forms()
    _columns()
    _orders()


def _macros() -> None:
    op.create_table(
        "macro",
        *_record(
            sa.Column("agent_id", sa.Integer(), nullable=True),
            *_texts("name", "category", "visibility", "body"),
            sa.Column("changes", sa.JSON(), nullable=False),
            _flag("is_active"),
            sa.Column("reviewed_at", _INSTANT(), nullable=True),
        ),
        _one_of("macro", "visibility", "public", "internal"),
        _refers("macro", "agent_id", "agent"),
        _key("macro"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_macro_agent_id"), "macro", ["agent_id"])


def _articles() -> None:
    op.create_table(
        "kb_article",
        *_record(
            sa.Column("external_id", sa.Text(), nullable=True),
            *_texts("source", "title", "body", "category"),
            sa.Column("tags", sa.JSON(), nullable=False),
            *_texts("audience"),
            _flag("is_published"),
            sa.Column("author_id", sa.Integer(), nullable=True),
            sa.Column("reviewed_at", _INSTANT(), nullable=True),
            _flag("is_active"),
        ),
        _one_of("kb_article", "audience", "public", "internal"),
        _refers("kb_article", "author_id", "agent"),
        _key("kb_article"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kb_article_external", "kb_article", ["source", "external_id"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        for statement in fulltext.create_statements("kb_article", "organization"):
            op.execute(statement)
        fulltext.learn_after(op.execute, "organization", 0)


def _files() -> None:
    op.create_table(
        "blob",
        *_texts("sha256"),
        *_numbers("size"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _key("blob", "sha256"),
    )
    op.create_table(
        "attachment",
        *_record(
            *_numbers("message_id", "ticket_id"),
            *_texts("name", "media_type"),
            *_numbers("size"),
            *_texts("sha256"),
            is_versioned=False,
        ),
        _refers("attachment", "message_id", "message"),
        _refers("attachment", "ticket_id", "ticket"),
        _refers("attachment", "sha256", "blob", "sha256"),
        _key("attachment"),
        sqlite_autoincrement=True,
    )
    for column in ("message_id", "ticket_id"):
        op.create_index(op.f(f"ix_attachment_{column}"), "attachment", [column])


def _outbox() -> None:
    op.create_table(
        "outbox",
        *_record(
            *_texts("key"),
            *_numbers("message_id", "ticket_id"),
            *_texts("to_name", "to_address", "subject", "state", "underway"),
            sa.Column("release_at", _INSTANT(), nullable=False),
            sa.Column("handed_over_at", _INSTANT(), nullable=True),
        ),
        _one_of("outbox", "state", "queued", "handed_over"),
        _refers("outbox", "message_id", "message"),
        _refers("outbox", "ticket_id", "ticket"),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
        _key("outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "release_at", "id"])
    op.create_index(op.f("ix_outbox_ticket_id"), "outbox", ["ticket_id"])


def _links() -> None:
    op.create_table(
        "ticket_link",
        *_record(*_numbers("ticket_id", "other_id"), *_texts("kind"), is_versioned=False),
        _one_of("ticket_link", "kind", "duplicate", "related", "caused_by", "split_from"),
        _refers("ticket_link", "ticket_id", "ticket"),
        _refers("ticket_link", "other_id", "ticket"),
        _key("ticket_link"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_ticket_link", "ticket_link", ["ticket_id", "other_id", "kind"], unique=True)
    op.create_index(op.f("ix_ticket_link_other_id"), "ticket_link", ["other_id"])


def _looking() -> None:
    op.create_table(
        "looking",
        *_numbers("ticket_id", "agent_id"),
        *_texts("door", "doing"),
        sa.Column("since", _INSTANT(), nullable=False),
        sa.Column("at", _INSTANT(), nullable=False),
        _one_of("looking", "doing", "reading", "writing"),
        _refers("looking", "ticket_id", "ticket", ondelete="CASCADE"),
        _refers("looking", "agent_id", "agent"),
        _key("looking", "ticket_id", "agent_id", "door"),
    )
    op.create_table(
        "ticket_seen",
        *_numbers("agent_id", "ticket_id"),
        sa.Column("at", _INSTANT(), nullable=False),
        _refers("ticket_seen", "agent_id", "agent"),
        _refers("ticket_seen", "ticket_id", "ticket", ondelete="CASCADE"),
        _key("ticket_seen", "agent_id", "ticket_id"),
    )
    op.create_index("ix_ticket_seen_at", "ticket_seen", ["agent_id", "at"])
    op.create_index("ix_ticket_seen_ticket_id", "ticket_seen", ["ticket_id"])
    op.create_table(
        "mention",
        *_record(*_numbers("message_id", "ticket_id", "agent_id"), is_versioned=False),
        _refers("mention", "message_id", "message"),
        _refers("mention", "ticket_id", "ticket"),
        _refers("mention", "agent_id", "agent"),
        _key("mention"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_mention", "mention", ["message_id", "agent_id"], unique=True)
    op.create_index("ix_mention_agent", "mention", ["agent_id", "ticket_id"])
    op.create_index(op.f("ix_mention_ticket_id"), "mention", ["ticket_id"])


def _forms() -> None:
    op.create_table(
        "intake_form",
        *_record(
            *_texts("category", "category_key"),
            sa.Column("fields", sa.JSON(), nullable=False),
            _flag("is_active"),
        ),
        sa.UniqueConstraint("category_key", name=op.f("uq_intake_form_category_key")),
        _key("intake_form"),
        sqlite_autoincrement=True,
    )


def _columns() -> None:
    for table, name in _TEXTS:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for table, name in _OBJECTS:
        op.add_column(table, sa.Column(name, sa.JSON(), nullable=False, server_default="{}"))
    # Said by hand: Alembic would copy the whole table of SQLite for a column that refers.
    op.execute(
        "ALTER TABLE message ADD COLUMN origin_id INTEGER "
        "CONSTRAINT fk_message_origin_id_message REFERENCES message (id)"
    )
    with op.batch_alter_table("draft") as draft:  # a note can be written beside an unsent reply
        draft.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="reply"))
        draft.drop_constraint(op.f("uq_draft_agent_id_ticket_id"), type_="unique")
        draft.create_unique_constraint(
            op.f("uq_draft_agent_id_ticket_id_kind"), ["agent_id", "ticket_id", "kind"]
        )
        draft.create_check_constraint(op.f("ck_draft_kind"), "kind IN ('reply', 'note', 'forward')")
    op.execute("UPDATE draft SET kind = 'note' WHERE visibility = 'internal'")
    copied = sa.text("origin_id IS NOT NULL")
    op.create_index(
        "ix_message_origin_id", "message", ["origin_id"], sqlite_where=copied, postgresql_where=copied
    )


def _orders() -> None:
    unsolved, waiting = sa.text("is_open"), sa.text("waiting_since IS NOT NULL")
    for name, columns, which in (
        ("ix_ticket_open_message", ["last_message_at", "id"], unsolved),
        ("ix_ticket_open_number", ["id"], unsolved),
        ("ix_ticket_waiting", ["waiting_since", "id"], waiting),
    ):
        op.create_index(name, "ticket", columns, sqlite_where=which, postgresql_where=which)
