"""Lists that stand beside the tickets in a file of JSON, `{"tickets": [...], "users": [...]}`: names for their numbers."""

from pathlib import Path
from typing import Final

from agentdesk.transfer.readers.json_flat import cell_text
from agentdesk.transfer.readers.json_reader import MEMBER, JsonReader
from agentdesk.transfer.readers.json_values import JsonRecord
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.tickets.beside_book import Beside, BesideBook
from agentdesk.transfer.tickets.map import TicketMap

_CUSTOMERS: Final = ("end-user", "end_user", "customer", "contact", "requester")
"""Roles of people who are nobody of the desk."""

_PHONES: Final = ("phone", "mobile")


def read_beside(rules: TicketMap, path: Path, encoding: str | None, book: BesideBook) -> None:
    """Read what the lists say; the file is read once more for each list.

    Args:
        rules: the map, which names the lists.
        path: the file.
        encoding: codec, where it is known.
        book: where it is put.
    """
    try:
        with open_source(path, None) as source:
            if JsonReader(source, encoding=encoding).shape != MEMBER:
                return
    except FileRefusedError:  # it is no JSON
        return
    for name in dict.fromkeys(rules.beside.values()):
        _read(path, name, encoding, book)


def _read(path: Path, name: str, encoding: str | None, book: BesideBook) -> None:
    try:
        with open_source(path, None) as source:
            for one in JsonReader(source, encoding=encoding, member=name).objects():
                if isinstance(one, JsonRecord) and (number := _cell(one, "id")):
                    is_customer = _cell(one, "role").casefold() in _CUSTOMERS
                    phones = [cell for key in _PHONES if (cell := _cell(one, key))]
                    told = Beside(_cell(one, "name"), _cell(one, "email"), is_customer, phones)
                    book.add(name, number, told)
    except FileRefusedError:  # there is no such list
        return


def _cell(record: JsonRecord, key: str) -> str:
    value = record.value.get(key)
    return "" if isinstance(value, dict | list) else cell_text(value).strip()
