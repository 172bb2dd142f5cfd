"""What an import format is: a module that recognises a header and turns rows into contacts."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from agentdesk.transfer.contact_plan import ContactPlan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.header import Header
from agentdesk.transfer.rows import Fault, Row


class Sniff(NamedTuple):
    """How sure an importer is that a file is its own.

    Attributes:
        score: 0 for no, 100 for certain; the highest wins.
        why: the sign it goes by, as the end of the sentence "recognised by ...".
    """

    score: float
    why: str


class Importer(Protocol):
    """A module of this package."""

    NAME: str
    """What `--source` calls it."""
    LABEL: str
    """What a person calls it."""

    def sniff(self, header: Header) -> Sniff:
        """Say how sure it is that a file with this header is its own."""
        ...

    def plan(self, header: Header) -> ContactPlan:
        """Say which columns are used for what.

        Raises:
            MissingColumnsError: nothing a contact could be made of.
        """
        ...

    def records(self, header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
        """Yield one contact or fault for each row or fault, in order."""
        ...
