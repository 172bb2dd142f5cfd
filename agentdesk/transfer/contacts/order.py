"""What to import of contacts, and how: the words of the command line, of a plan's head, and of an import that goes on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from agentdesk.domain.errors import InvalidValueError
from agentdesk.transfer.contact_plan import ContactPlan
from agentdesk.transfer.contacts.apply import Rules
from agentdesk.transfer.contacts.match import MATCH_KEYS
from agentdesk.transfer.contacts.survivors import parse_survivors, survivors_text
from agentdesk.transfer.importers import AUTO

ON_MATCH: Final = ("update", "skip", "fail")
BLANK: Final = ("keep", "clear")
_WHERE: Final = ("path", "rejects", "dry_run")
"""What says where things lie; all else decides what comes of a row."""


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
        kept = asdict(self)
        kept["path"], kept["rejects"] = (_absolute(kept[name]) for name in ("path", "rejects"))
        kept["match"] = list(self.match)
        return kept

    def decides_as(self, told: Mapping[str, Any]) -> bool:
        """Whether the same comes of each row under an order that was kept."""
        mine = self.told()
        return all(told.get(name) == value for name, value in mine.items() if name not in _WHERE)


def order_of(told: Mapping[str, Any]) -> ContactImport:
    """Read what `told` wrote.

    Raises:
        InvalidValueError: a word of it is unknown.
    """
    known = {name: told[name] for name in ContactImport.__dataclass_fields__ if name in told}
    for name in ("path", "rejects"):
        known[name] = Path(known[name]) if known.get(name) else None
    known["match"] = tuple(known.get("match") or ())
    return ContactImport(**known).checked()


def _absolute(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())
