"""A small document with one of everything, for the renderers."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from agentdesk.reports.document import Column, Document, Fact, Kind, Section, Sentence, Table

AS_OF = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def one_of_each(name: str = "Acme", *, left_out: int = 0) -> Document:
    columns = (
        Column("who", wide=True),
        Column("count", Kind.COUNT, "created"),
        Column("change", Kind.CHANGE, "net"),
        Column("share", Kind.PERCENT, "clearance"),
        Column("time", Kind.MINUTES, "frt"),
        Column("age", Kind.DAYS, "age"),
        Column("when", Kind.INSTANT),
        Column("day"),
    )
    row = (name, 3, 2, Fraction(11, 14), timedelta(minutes=75), timedelta(hours=36), AS_OF, date(2026, 7, 1))
    table = Table(
        "things",
        columns,
        (row, ("nobody", Fraction(5, 2), -2, None, None, None, AS_OF - timedelta(days=1), None)),
        total=("total", 5, 0, None, None, None, None, None),
        caption=Sentence("Things of the day"),
        left_out=left_out,
        hint="agentdesk ticket list",
        notes=(Sentence("A note below."),),
    )
    return Document(
        name="tiny",
        title="Tiny report",
        as_of=AS_OF,
        zone="Europe/London",
        facts=(Fact("scope", name, bare=True), Fact("calendar", "UK")),
        headline=Sentence(f"3 things for {name}.", ("created",)),
        sections=(
            Section(
                1,
                "Things",
                (table, Sentence("- not a list item")),
            ),
        ),
        footer_notes=(Sentence("The end."),),
        data={"z": 1, "a": ["ü", None]},
    )
