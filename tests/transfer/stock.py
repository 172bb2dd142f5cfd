"""What the tests of the import share: files from rows, and what a store holds of customers afterwards."""

import csv
import json
from pathlib import Path

from agentdesk.desk import Desk
from agentdesk.transfer.contacts.importing import ContactImport, import_contacts
from agentdesk.transfer.result import ImportResult

COUNTS = ("created", "updated", "unchanged", "duplicates", "rejected")
COLUMNS = ("id", "name", "email", "phone", "company", "title", "tags", "notes", "city", "shoe size")


def write_table(path: Path, rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring_in(desk: Desk, path: Path, progress=None, **options) -> ImportResult:
    options.setdefault("rejects", path.with_suffix(".rejects.csv"))
    return import_contacts(desk, ContactImport(path, **options), progress)


def counts(result: ImportResult) -> tuple[int, ...]:
    told = result.as_json()
    assert told["rows"] == sum(told[name] for name in COUNTS)
    return tuple(told[name] for name in COUNTS)


def customers(desk: Desk) -> list[dict[str, object]]:
    """Every customer with organization, tags and ways, without ids: by name and addresses."""
    with desk.read() as read:
        ways: dict[int, list[tuple[object, ...]]] = {}
        for owner, *way in read.tuples(
            "SELECT customer_id, kind, value, normalised, label, is_primary FROM contact_point ORDER BY id"
        ):
            ways.setdefault(owner, []).append((*way[:-1], bool(way[-1])))
        tags: dict[int, set[str]] = {}
        for owner, name in read.tuples("SELECT entity_id, name FROM tag WHERE entity = 'customer'"):
            tags.setdefault(owner, set()).add(name)
        found = []
        for row_id, listed, extra, *plain in read.tuples(
            "SELECT c.id, c.tags, c.extra, c.external_id, c.name, c.name_key, c.email, c.phone, o.name, c.title, c.notes "
            "FROM customer c LEFT JOIN organization o ON o.id = c.organization_id ORDER BY c.id"
        ):
            names = ("external_id", "name", "name_key", "email", "phone", "organization", "title", "notes")
            one = dict(zip(names, plain, strict=True))
            one["tags"] = json.loads(listed) if isinstance(listed, str) else listed
            one["extra"] = json.loads(extra) if isinstance(extra, str) else extra
            one["ways"] = ways.get(row_id, [])
            assert tags.get(row_id, set()) == set(one["tags"])
            found.append(one)
    return found


TABLES = ("customer", "contact_point", "organization", "tag")


def content(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables an import writes, but versions and times of change, which an undo moves on."""
    with desk.read() as read:
        found = {}
        for table in TABLES:
            cursor = read._execute(f"SELECT * FROM {table}", None)
            kept = [
                place
                for place, one in enumerate(cursor.description)
                if one[0] not in ("version", "updated_at")
            ]
            found[table] = sorted((str([_unordered(row[place]) for place in kept]),) for row in cursor)
    return found


def _unordered(cell: object) -> object:
    """Fields of one's own have no order."""
    return sorted(json.loads(cell).items()) if isinstance(cell, str) and cell.startswith("{") else cell
