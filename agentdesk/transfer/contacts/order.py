"""What to import of contacts, and how: the words of the command line, of a plan's head, and of an import that goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from agentdesk.domain.errors import InvalidValueError
from agentdesk.transfer.contact_plan import ContactPlan
from agentdesk.transfer.contacts.apply import Rules
from agentdesk.transfer.contacts.match import MATCH_KEYS
from agentdesk.transfer.contacts.survivors import parse_survivors, survivors_text
from agentdesk.transfer.importers import AUTO
from agentdesk.transfer.kept_order import read_order, tell_order

ON_MATCH: Final = ("update", "skip", "fail")
BLANK: Final = ("keep", "clear")


@dataclass(frozen=True, slots=True)
class ContactImport:
    """What to import, and how.

    Attributes:
        path: the file; None for standard input.
        source: name of an importer, or `auto`.
        match: which of e-mail address, phone number and external id find a known customer; all, when empty.
        on_match: what happens to a customer who was there before: `update`, `skip` or `fail`.
        blank: whether an empty cell keeps or clears a value of such a customer.
        survivor: whose word stands, field by field; see `survivors`.
        encoding: codec, when the caller knows it.
        delimiter: character or word, when the caller knows it.
        member: which file of an archive, sheet of a workbook or list of a JSON object.
        dry_run: count, and write nothing.
        rejects: where rejected rows go; beside the file by default.
        names_all: name every column that is kept as an extra field; nothing comes of a row by it.
    """

    path: Path | None
    source: str = AUTO
    match: tuple[str, ...] = MATCH_KEYS
    on_match: str = "update"
    blank: str = "keep"
    survivor: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    member: str | None = None
    dry_run: bool = False
    rejects: Path | None = None
    names_all: bool = False

    @property
    def name(self) -> str:
        """What people call the file."""
        return self.path.name if self.path else "standard input"

    def checked(self) -> Self:
        """The same order in its one form.

        Raises:
            InvalidValueError: it names an unknown word.
        """
        for name, given, allowed in (
            *(("match", key, MATCH_KEYS) for key in self.match),
            ("on-match", self.on_match, ON_MATCH),
            ("blank", self.blank, BLANK),
        ):
            if given not in allowed:
                raise InvalidValueError(name, given, allowed)
        match = tuple(key for key in MATCH_KEYS if key in (self.match or MATCH_KEYS))
        return replace(self, match=match, survivor=survivors_text(parse_survivors(self.survivor)))

    def rules(self, plan: ContactPlan) -> Rules:
        """How its rows are applied, by the columns of a table."""
        return Rules(
            plan=plan,
            match=frozenset(self.match),
            on_match=self.on_match,
            clears=self.blank == "clear",
            sides=parse_survivors(self.survivor),
        )

    def told(self) -> dict[str, Any]:
        """As JSON: paths are absolute, so that the order can be followed from elsewhere."""
        told = tell_order(self)
        del told["names_all"]
        return told


def order_of(told: Mapping[str, Any]) -> ContactImport:
    """Read what `told` wrote.

    Raises:
        InvalidValueError: a word of it is unknown.
    """
    return read_order(ContactImport, told).checked()
