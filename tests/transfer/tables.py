"""What the tests of the readers share: a table from bytes, and what came of it."""

import io
from pathlib import Path

from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.contacts.file import open_contacts
from agentdesk.transfer.readers.csv_reader import Table
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.rows import Fault, Row

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"


def open_table(data: bytes, **options) -> Table:
    return Table(open_source("-", io.BytesIO(data)), **options)


def read_table(data: bytes, **options) -> tuple[list[Row], list[Fault]]:
    found = list(open_table(data, **options).rows())
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Fault)]


def read_contacts(data: bytes, **options) -> tuple[list[ContactRecord], list[Fault]]:
    with open_contacts("-", stdin=io.BytesIO(data), **options) as file:
        found = list(file.records())
    return [one for one in found if not isinstance(one, Fault)], [
        one for one in found if isinstance(one, Fault)
    ]
