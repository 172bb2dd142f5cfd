"""What is told of an import that was taken back: how many of what went, and what stays and why."""

from collections.abc import Iterable, Mapping

from agentdesk.domain.references import ticket_ref
from agentdesk.models import ImportBatch, Journal
from agentdesk.services.batch_fields import fields_since
from agentdesk.store.change import Change

NOTHING = "nothing removed"
_NOUNS = {
    "ticket": "ticket",
    "customer": "customer",
    "organization": "organization",
    "sales_order": "order",
    "feedback": "answer",
    "kb_article": "article",
    "interaction": "contact",
    "queue": "queue",
    "agent": "agent",
}
"""What people count, and what one of them is called."""
_CHILDREN = {
    **_NOUNS,
    "ticket_link": "link",
    "queue_member": "a member",
    "distinct_pair": "a pair told apart",
}


class Kept(dict[str, set[int]]):
    """Rows that stay, by table.

    Attributes:
        used: those among them that others still need, and what does.
    """

    def __init__(self, rows: Mapping[str, set[int]]) -> None:
        """Begin with a copy."""
        super().__init__({entity: set(ids) for entity, ids in rows.items()})
        self.used: dict[str, dict[int, str]] = {}

    def need(self, entity: str, row_id: int, child: str, ids: tuple[int, int]) -> None:
        """Note that rows of a table need one; the first that are told stand.

        Args:
            entity: the table of what is needed.
            row_id: its number.
            child: the table of what needs it.
            ids: the lowest number there (0 where it has none), and how many.
        """
        lowest, count = ids
        name = (
            ticket_ref(lowest)
            if child == "ticket"
            else f"{_CHILDREN.get(child, child.replace('_', ' '))} {lowest or ''}"
        )
        more = f" and {count - 1} more" if count > 1 else ""
        self.used.setdefault(entity, {}).setdefault(row_id, f"still needed by {name.strip()}{more}")


def named_rows(change: Change, batch: int, rows: Mapping[str, set[int]]) -> dict[str, tuple[str, int]]:
    """`customer 2 (title changed since)`, or why else it stays; with the row that is meant. What was changed leads."""
    changed: dict[str, tuple[str, int]] = {}
    others: dict[str, tuple[str, int]] = {}
    for entity, noun in _NOUNS.items():
        ids = rows.get(entity) if entity not in ("queue", "agent") else None
        used = rows.used.get(entity, {}) if isinstance(rows, Kept) else {}
        fields = fields_since(change, entity, ids, batch) if ids else {}
        for row_id in sorted(ids or ()):
            since = [f"{', '.join(fields[row_id])} changed since"] if row_id in fields else []
            why = [*since, *([used[row_id]] if row_id in used else [])] or ["worked on since"]
            (changed if since else others)[f"{noun} {row_id} ({', '.join(why)})"] = (entity, row_id)
    return changed | others


def counted(gone: Mapping[str, int], back: Mapping[str, int]) -> str:
    """`2 customers removed, 1 organization set back`: what people think of as rows, without the addresses of people."""
    return _counted({"removed": gone, "set back": back}) or NOTHING


def reverted(batch: ImportBatch, rows: Iterable[Journal]) -> str:
    """What is done with an import by reverting these rows, which are of one undo of it: `import 3 (a.csv), 1 customer brought back`."""
    ids: dict[str, dict[str, set[int]]] = {"brought back": {}, "removed": {}, "changed again": {}}
    for row in rows:
        if row.before is not None or row.after is not None:
            done = (
                "brought back" if row.after is None else "removed" if row.before is None else "changed again"
            )
            ids[done].setdefault(row.entity, set()).add(row.entity_id)
    told = _counted({done: {entity: len(found) for entity, found in of.items()} for done, of in ids.items()})
    return f"import {batch.id} ({batch.file_name}), {told or 'of which nothing had gone'}"


def _counted(counts: Mapping[str, Mapping[str, int]]) -> str:
    told = []
    for done, of in counts.items():
        named = ((noun, of.get(entity, 0)) for entity, noun in _NOUNS.items())
        if listed := ", ".join(f"{n} {noun}{'s' if n != 1 else ''}" for noun, n in named if n):
            told.append(f"{listed} {done}")
    return ", ".join(told)
