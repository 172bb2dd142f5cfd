"""The intake forms of the desk, and what a ticket has of its own."""

from dataclasses import dataclass
from typing import Any

from agentdesk.domain.identity import name_key
from agentdesk.domain.intake import FormField, fields_of, missing, questions
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class FormRow:
    """The form of a category."""

    id: int
    version: int
    category: str
    category_key: str
    rows: tuple[dict[str, Any], ...]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """What it asks for."""
        return fields_of(self.rows)


@dataclass(frozen=True, slots=True)
class Intake:
    """The form of a ticket's category, empty where it has none, and the values it has so far."""

    category: str
    fields: tuple[FormField, ...]
    values: dict[str, Any]

    @property
    def missing(self) -> tuple[FormField, ...]:
        """What has to be known before it is solved."""
        return missing(self.fields, self.values)

    @property
    def questions(self) -> str:
        """What to ask the customer, one a line."""
        return questions(self.fields, self.values)

    @property
    def told(self) -> list[tuple[str, str]]:
        """Label and value of each field of the form, then of what another form has left."""
        known = {one.name for one in self.fields}
        rows = [(one.label, str(self.values.get(one.name) or "")) for one in self.fields]
        return rows + [(name, str(value)) for name, value in self.values.items() if name not in known]


_FORMS = (
    "SELECT id, version, category, category_key, fields AS rows FROM intake_form WHERE is_active "
    "ORDER BY category_key"
)


def forms(read: Reader) -> list[FormRow]:
    """Every form, by category."""
    return read.rows(FormRow, _FORMS)


def categories(read: Reader) -> list[str]:
    """Every category that a ticket has."""
    found = read.tuples("SELECT DISTINCT category FROM ticket WHERE category <> '' ORDER BY category")
    return [str(one) for (one,) in found]


@dataclass(frozen=True, slots=True)
class _Values:
    id: int
    category: str
    intake: dict[str, Any]


def intakes(read: Reader, ticket_ids: list[int]) -> dict[int, Intake]:
    """Of each of these tickets that exists, its form and its values."""
    if not ticket_ids:
        return {}
    known = {one.category_key: one.fields for one in forms(read)}
    listed = ",".join(str(int(one)) for one in ticket_ids)
    found = read.rows(_Values, f"SELECT id, category, intake FROM ticket WHERE id IN ({listed})")
    return {one.id: Intake(one.category, known.get(name_key(one.category), ()), one.intake) for one in found}


def intake_of(read: Reader, ticket_id: int) -> Intake:
    """The form and the values of one ticket."""
    return intakes(read, [ticket_id]).get(ticket_id, Intake("", (), {}))
