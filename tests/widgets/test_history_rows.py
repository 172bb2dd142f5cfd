"""The history reads as a diff: what was, what is, what was taken back; long texts line by line."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from agentdesk.domain.errors import FieldChange
from agentdesk.widgets.history_rows import history_rows

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Happened:
    deed: str = "ana changed the ticket"
    fields: tuple[FieldChange, ...] = ()
    besides: tuple[FieldChange, ...] = ()
    text: str = ""
    reason: str = ""
    undone_by: int | None = None
    change_id: int = 7
    at: datetime = NOW
    written_at: datetime | None = None
    actor: str = "ana"
    origin: str = "console"


def told(one: Happened, width: int = 60, *, is_open: bool = False) -> list[str]:
    page = history_rows([one], NOW, ZONE, width, opened={0} if is_open else ())
    assert page.places == [(1, len(page.rows))]
    return ["".join(span.text for span in row).rstrip() for row in page.rows]


def test_a_short_field_is_told_on_one_line() -> None:
    one = Happened(fields=(FieldChange("status", "open", "pending"),))
    assert told(one) == ["  Today", "  10:00  ana changed the ticket", "         status  open → pending"]


def test_a_long_text_is_told_by_the_lines_that_went_and_came() -> None:
    before, after = "same\nold line\nlast", "same\nnew line\nlast"
    one = Happened(fields=(FieldChange("root cause", before, after),))
    assert told(one)[2:] == ["         root cause  − old line", "                     + new line"]


def test_what_is_cut_says_so_and_an_opened_entry_shows_all_of_it() -> None:
    long = "\n".join(f"line {number}" for number in range(9))
    one = Happened(
        fields=(FieldChange("notes", "—", long),),
        besides=(FieldChange("version of", "1", "2"),),
        text="first\nsecond",
        reason="because",
    )
    closed, opened = told(one), told(one, is_open=True)
    assert "▸ 6 more lines · enter shows them" in "\n".join(closed)
    assert "▸ 2 lines · enter shows them" in "\n".join(closed)
    assert not any("version of" in row or "change 7" in row for row in closed)
    assert [f"line {number}" in "\n".join(opened) for number in range(9)] == [True] * 9
    assert "second" in "\n".join(opened)
    assert opened[-1].strip() == "change 7 · 3 Mar 2026 10:00:00 · by ana, console"


def test_what_was_taken_back_stays_struck_and_marked() -> None:
    one = Happened(undone_by=9, fields=(FieldChange("status", "open", "pending"),))
    page = history_rows([one], NOW, ZONE, 60)
    assert page.rows[1][1] == ("↶ ana changed the ticket", "struck")
    assert told(replace(one), is_open=True)[1] == "  10:00  ↶ ana changed the ticket · taken back by change 9"
