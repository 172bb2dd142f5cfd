"""A desk with three customers and a ticket, and the import of a text as a file of records."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.services.undo import undo_batch
from agentdesk.transfer.contacts.importing import ContactImport, import_contacts
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.importing import import_records
from agentdesk.transfer.records.mapping import parse_record_map
from agentdesk.transfer.records.order import RecordImport
from agentdesk.transfer.result import ImportResult

PEOPLE = """id,name,email,phone,company
C-1,Jo Doe,jo@example.com,+46 8 123 456 78,Acme
C-2,Bo Ek,bo@example.com,+49 30 1234567,
C-3,Bo Ek,bo.ek@example.com,,
"""
COUNTS = ("created", "updated", "unchanged", "duplicates", "rejected")
Bring = Callable[..., ImportResult]


@pytest.fixture
def people(desk: Desk, tmp_path: Path) -> Desk:
    """The desk with its customers 1 to 3 and the ticket T-1001 of the first."""
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    import_contacts(desk, ContactImport(path))
    with desk.change() as change:
        services.create_ticket(change, subject="Lamp", customer_id=1)
    return desk


@pytest.fixture
def bring(people: Desk, tmp_path: Path) -> Bring:
    """Imports a text as a file of records."""

    def bring_in(
        kind: str, text: str, rules: str = "", name: str = "file.csv", **options: Any
    ) -> ImportResult:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        if rules:
            options["map"] = parse_record_map(rules, KINDS[kind])
        return import_records(people, RecordImport(kind, path, **options))

    return bring_in


def counts(result: ImportResult) -> tuple[int, ...]:
    """Created, updated, unchanged, duplicates, rejected: they make the rows."""
    told = result.as_json()
    assert told["rows"] == sum(told[name] for name in COUNTS)
    return tuple(told[name] for name in COUNTS)


def tuples(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    with desk.read() as read:
        return read.tuples(sql)


def held(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """What the store holds of records, without their numbers."""
    found = {}
    for kind in KINDS.values():
        columns = [
            name
            for name in kind.model.model_fields
            if name not in ("id", "version", "created_at", "updated_at")
        ]
        rows = tuples(desk, f"SELECT {', '.join(columns)} FROM {kind.model.__tablename__} ORDER BY id")
        found[kind.name] = [tuple(map(_plain, row)) for row in rows]
    return found


def _plain(value: Any) -> Any:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value


def take_back(desk: Desk, result: ImportResult) -> Any:
    with desk.change() as change:
        return undo_batch(change, result.batch)
