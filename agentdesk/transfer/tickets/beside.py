"""Lists that stand beside the tickets in a file of JSON, `{"tickets": [...], "users": [...]}`: names for their numbers."""

from pathlib import Path

from agentdesk.transfer.readers.json_flat import cell_text
from agentdesk.transfer.readers.json_reader import MEMBER, JsonReader
from agentdesk.transfer.readers.json_values import JsonRecord
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.tickets.foreign_names import Beside
from agentdesk.transfer.tickets.map import TicketMap

_CUSTOMERS = ("end-user", "end_user", "customer", "contact", "requester")
"""Roles of people who are nobody of the desk."""


def read_beside(rules: TicketMap, path: Path | None, encoding: str | None) -> dict[str, dict[str, Beside]]:
    """What the lists say, by field and number; the file is read once more for each list.

    Args:
        rules: the map, which names the lists.
        path: the file; nothing is read where it is standard input.
        encoding: codec, where it is known.
    """
    lists = {} if path is None else {name: _read(path, name, encoding) for name in set(rules.beside.values())}
    return {field: lists[name] for field, name in rules.beside.items() if lists.get(name)}


def _read(path: Path, name: str, encoding: str | None) -> dict[str, Beside]:
    try:
        with open_source(path, None) as source:
            if JsonReader(source, encoding=encoding).shape != MEMBER:
                return {}
        with open_source(path, None) as source:
            found = list(JsonReader(source, encoding=encoding, member=name).objects())
    except FileRefusedError:  # there is no such list
        return {}
    told: dict[str, Beside] = {}
    for one in found:
        if isinstance(one, JsonRecord) and (number := _cell(one, "id")):
            is_customer = _cell(one, "role").casefold() in _CUSTOMERS
            told[number] = Beside(_cell(one, "name"), _cell(one, "email"), is_customer)
    return told


def _cell(record: JsonRecord, key: str) -> str:
    value = record.value.get(key)
    return "" if isinstance(value, dict | list) else cell_text(value).strip()
