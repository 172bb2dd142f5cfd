"""The field catalogue against the tables it describes."""

import pytest

from agentdesk import models
from agentdesk.domain.fields import FIELDS, INTERNAL, Entity, Field, field_named, label_of_column
from agentdesk.domain.query.words import ORDERS
from agentdesk.queries import customers, tickets

TABLES = {"ticket": models.Ticket, "customer": models.Customer}
REFERENCES = {
    **{name: name for name in ("agent", "queue", "customer", "organization")},
    "policy": "sla_policy",
}
ALL = [
    pytest.param(entity, field, id=f"{entity}.{name}")
    for entity in FIELDS
    for name, field in FIELDS[entity].items()
]


@pytest.mark.parametrize("entity", ["ticket", "customer"])
def test_every_column_is_a_field_or_named_as_internal(entity: Entity) -> None:
    columns = set(TABLES[entity].__table__.columns.keys())  # type: ignore[attr-defined]
    described = {field.column for field in FIELDS[entity].values()} | INTERNAL[entity]
    assert columns - described == set(), f"add to domain/fields.py: {sorted(columns - described)}"
    assert described - columns == set(), f"no such column of {entity}: {sorted(described - columns)}"


@pytest.mark.parametrize(("entity", "field"), ALL)
def test_a_field_has_the_kind_of_its_column(entity: str, field: Field) -> None:
    column = TABLES[entity].__table__.c[field.column]
    referred = {key.column.table.name for key in column.foreign_keys}
    if field.kind in REFERENCES:
        assert referred == {REFERENCES[field.kind]}
    expected = {"instant": "UTCDateTime", "tags": "JSON", "flag": "Boolean", "number": "Integer"}
    held = type(column.type).__name__
    assert held == expected.get(field.kind, "Integer" if field.kind in REFERENCES else "Text")


@pytest.mark.parametrize(("entity", "field"), ALL)
def test_the_choices_of_a_field_are_what_the_table_accepts(entity: str, field: Field) -> None:
    if not field.choices:
        assert field.kind != "choice"
        return
    checks = [str(one.sqltext) for one in TABLES[entity].__table__.constraints if hasattr(one, "sqltext")]
    [check] = [text for text in checks if text.split()[0] == field.column]
    assert set(check.split("'")[1::2]) == set(field.choices)


@pytest.mark.parametrize("entity", ["ticket", "customer"])
def test_no_word_names_two_fields(entity: Entity) -> None:
    words = [word for field in FIELDS[entity].values() for word in (field.name, *field.aliases)]
    assert len(words) == len(set(words))
    assert all(field_named(word, entity) for word in words)


def test_the_orders_of_the_language_are_the_orders_of_the_lists() -> None:
    assert set(ORDERS["ticket"]) == set(tickets.SORTS)
    assert set(ORDERS["customer"]) == set(customers.SORTS)


def test_a_column_is_called_by_its_label_in_a_sentence() -> None:
    assert label_of_column("due_at") == "promised by"
    assert label_of_column("batch_id", "journal") == "batch"
