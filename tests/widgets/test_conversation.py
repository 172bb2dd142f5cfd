"""The conversation reads like a page, folds what repeats, and never hides without saying so."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from agentdesk.domain.safe_text import cells
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.conversation_lines import Paper, lay_out, wrap
from agentdesk.widgets.spans import Row
from agentdesk.widgets.theme import DEFAULT, THEMES

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
NAUGHTY = [
    "[/foo] [red]x",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "\u202eevil",
    "[@click=app.quit]x[/]",
    "佐藤 花子 👩‍👩‍👧",
    "a" * 500,
    "\ud800",
]


@dataclass
class Said:
    body: str
    author: str = "Dana Kim"
    author_kind: str = "customer"
    visibility: str = "public"
    channel: str = "email"
    at: datetime = NOW - timedelta(hours=1)
    id: int = 1
    from_id: int | None = None
    recipient: str = ""


@dataclass
class Happened:
    sentence: str
    at: datetime = NOW
    event: str = "ticket.status"
    actor: str = "ana"
    reason: str = ""
    fields: tuple[object, ...] = ()
    change_id: int = 1
    undone_by: int | None = None


@dataclass
class Head:
    id: int = 7
    subject: str = "cannot log in"
    status: str = "open"
    priority: str = "urgent"
    queue: str | None = "Support"
    assignee: str | None = None
    customer: str | None = "Dana Kim"
    tier: str | None = "gold"
    tags: tuple[str, ...] = ("vip",)
    is_escalated: bool = False
    due_at: datetime | None = NOW + timedelta(minutes=25)
    next_due_at: datetime | None = NOW + timedelta(minutes=25)
    next_metric: str = "frt"
    at_risk_at: datetime | None = NOW - timedelta(minutes=5)
    critical_at: datetime | None = NOW + timedelta(minutes=15)
    breach_at: datetime | None = NOW + timedelta(minutes=25)
    waiting_since: datetime | None = NOW - timedelta(hours=1)
    wake_at: datetime | None = None
    waiting_for: str = ""
    created_at: datetime = NOW - timedelta(hours=2)
    updated_at: datetime = NOW
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    merged_into_id: int | None = None
    resolution_code: str | None = None


def text_of(rows: list[Row]) -> str:
    return "\n".join("".join(span.text for span in row) for row in rows)


def laid(
    messages: list[Said], history: list[Happened] | None = None, *, width: int = 60, whole: bool = False
) -> str:
    return text_of(lay_out(messages, history or [], Paper(NOW, ZONE, width, whole)).rows)


def test_a_message_says_who_what_kind_by_which_road_and_when() -> None:
    head, text = laid([Said("Hello")]).splitlines()
    assert (" ".join(head.split()), text) == ("Dana Kim customer · e-mail 09:00", "▎ Hello")
    assert cells(head) == 60


def test_an_internal_note_is_named_and_ruled_in_its_own_style() -> None:
    rows = lay_out([Said("Look", "Bo", "agent", "internal")], [], Paper(NOW, ZONE, 60)).rows
    assert "internal note" in text_of(rows[:1])
    assert rows[1][0] == ("║ ", "internal")


def test_a_name_in_a_note_is_plain_to_see_and_one_in_a_mail_is_not() -> None:
    for visibility, styles in (
        ("internal", ["internal", "note", "mention", "note"]),
        ("public", ["faint", "text"]),
    ):
        said = Said("Hi @ben, see a@b.example", "Bo", "agent", visibility)
        row = lay_out([said], [], Paper(NOW, ZONE, 60)).rows[1]
        assert [span.style for span in row] == styles


def test_what_went_to_a_third_party_says_to_whom() -> None:
    said = Said("Look", "Bo", "agent", "internal", recipient="repairs@partner.example")
    assert "forwarded to repairs@partner.example" in laid([said])


def test_an_agents_reply_has_no_rule() -> None:
    assert laid([Said("Fixed", "Ana", "agent")]).splitlines()[1] == "  Fixed"


def test_quotes_fold_to_their_number_and_unfold() -> None:
    mail = "Yes.\n\nOn Mon, Bo wrote:\n" + "\n".join(f"> line {number}" for number in range(11))
    assert "▸ 12 quoted lines" in laid([Said(mail)])
    assert "> line 10" not in laid([Said(mail)])
    assert "> line 10" in laid([Said(mail)], whole=True)


def test_a_very_long_mail_says_how_much_is_folded() -> None:
    mail = "\n".join(f"line {number}" for number in range(10_000))
    assert "▸ 9,800 more lines · H shows them" in laid([Said(mail)])
    assert laid([Said(mail)], whole=True).endswith("line 9999")


def test_events_stand_between_messages_in_the_order_of_time() -> None:
    told = laid(
        [Said("first"), Said("second", at=NOW + timedelta(minutes=1), id=2)],
        [Happened("ana set the status: status open → pending", reason="asked for the bill")],
    )
    assert told.index("first") < told.index("── 10:00  ana set the status") < told.index("second")
    assert "· asked for the bill" in " ".join(told.split())


def test_events_of_messages_are_not_told_twice() -> None:
    assert "replied" not in laid([Said("Hi")], [Happened("ana replied", event="message.replied")])


def test_what_was_taken_back_is_marked_and_tells_that_in_one_line() -> None:
    tagged = Happened("ana changed the tags", change_id=4, undone_by=5)
    back = Happened("ana took back: changed the tags", event="change.undone", change_id=5)
    assert laid([], [tagged, back]) == "── 10:00  ↶ ana changed the tags"
    assert laid([], [back]) == "── 10:00  ana took back: changed the tags"


def test_that_a_message_was_taken_back_is_told_although_the_message_is_not_there() -> None:
    replied = Happened("ana replied", event="message.replied", change_id=4, undone_by=5)
    status = Happened("ana set the status", change_id=4, undone_by=5)
    back = Happened("ana took back: replied", event="change.undone", change_id=5)
    assert "took back: replied" in laid([], [replied, status, back])


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200),
    st.integers(2, 40),
)
def test_wrapped_rows_fit_and_keep_every_letter(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert "".join("".join(rows).split()) == "".join(text.split())
    assert all(cells(row) <= width or len(row) == 1 for row in rows)


@pytest.mark.parametrize("body", NAUGHTY)
def test_naughty_text_becomes_printable_rows(body: str) -> None:
    told = laid([Said(body, author=body)])
    assert all(sign == "\n" or sign.isprintable() or sign == "\u200d" for sign in told)


class Page(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return THEMES[DEFAULT].variables

    def compose(self) -> ComposeResult:
        yield ConversationView()


async def test_the_preview_begins_with_the_head_of_the_ticket() -> None:
    app = Page()
    async with app.run_test(size=(70, 20)) as pilot:
        view = app.query_one(ConversationView)
        view.show(Head(), [Said("Hello")], [], NOW, ZONE)
        await pilot.pause()
        assert "cannot log in" in view.plain_text()
        assert "◇ first reply at risk, due in 0:25" in view.plain_text()
        assert "T-7 open · !! urgent · Support · unassigned" in view.plain_text()


async def test_the_same_ticket_again_keeps_its_place_and_news_come_into_sight() -> None:
    app = Page()
    said = [Said("\n".join(f"line {number}" for number in range(60)), id=1), Said("the end", id=2)]
    async with app.run_test(size=(70, 20)) as pilot:
        view = app.query_one(ConversationView)
        view.show(Head(), said, [], NOW, ZONE)
        await pilot.pause()
        assert view.scroll_offset.y > 0
        view.scroll_to(y=5, animate=False)
        await pilot.pause()
        view.show(Head(), said, [], NOW, ZONE)
        await pilot.pause()
        assert view.scroll_offset.y == 5
        view.show(Head(), [*said, Said("news\n" * 30, id=3)], [], NOW, ZONE)
        await pilot.pause()
        assert view.scroll_offset.y > 60


async def test_text_on_the_page_can_be_selected() -> None:
    app = Page()
    async with app.run_test(size=(70, 20)) as pilot:
        view = app.query_one(ConversationView)
        view.show(Head(), [Said("Hello there")], [], NOW, ZONE)
        await pilot.pause()
        app.screen.text_select_all()
        await pilot.pause()
        assert "Hello there" in (app.screen.get_selected_text() or "")


def test_the_channel_and_then_the_kind_give_way_to_the_name() -> None:
    one = Said("Hello", author="Ẹniọlá Ọ̀ṣúndáre", at=NOW - timedelta(days=3))
    heads = [" ".join(laid([one], width=width).splitlines()[0].split()) for width in (60, 42, 32)]
    assert heads == [
        "Ẹniọlá Ọ̀ṣúndáre customer · e-mail 28 Feb 10:00",
        "Ẹniọlá Ọ̀ṣúndáre customer 28 Feb 10:00",
        "Ẹniọlá Ọ̀ṣúndáre 28 Feb 10:00",
    ]


def test_a_note_says_that_it_is_internal_however_long_the_name() -> None:
    one = Said("Look", "Bartholomew Featherstonehaugh", "agent", "internal")
    assert "internal note" in laid([one], width=40).splitlines()[0]


def test_a_rule_stands_wherever_a_day_begins() -> None:
    said = [
        Said("one", at=NOW - timedelta(days=400)),
        Said("two", at=NOW - timedelta(days=1), id=2),
        Said("three", id=3),
    ]
    days = [row for row in laid(said).splitlines() if row.startswith("────── ")]
    assert [row.strip("─ ") for row in days] == ["Monday 2 March", "today"]


def test_many_events_in_a_row_fold_to_the_first_and_the_last() -> None:
    done = [Happened(f"ana did {place}") for place in range(7)]
    assert [row.split("  ")[-1] for row in laid([], done).splitlines()] == [
        "ana did 0",
        " ▸ 5 more events · H shows them",
        "ana did 6",
    ]
    assert "ana did 3" in laid([], done, whole=True)


def test_the_files_of_a_message_stand_under_it_and_what_was_looked_for_is_marked() -> None:
    @dataclass
    class File:
        name: str
        size: int

    paper = Paper(NOW, ZONE, 60, found=2, files={2: [File("a\x1b[31mb.pdf", 14_000)]})
    laid_out = lay_out([Said("one"), Said("two", id=2)], [], paper)
    rows = text_of(laid_out.rows).splitlines()
    assert rows[laid_out.starts[2]].startswith("▶ Dana Kim")
    assert rows[-1] == "  ▫ file a␛[31mb.pdf  14 kB"
