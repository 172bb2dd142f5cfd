"""Bringing in a file in the console: its path is typed, what would come of it is paged through, then it is applied."""

import csv
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from agentdesk import services
from agentdesk.app import AgentDesk
from agentdesk.domain.actor import Actor
from agentdesk.domain.vocabulary import Role
from agentdesk.screens.confirm import ConfirmDialog
from agentdesk.screens.customer import CustomerScreen
from agentdesk.screens.import_file import ImportFileDialog
from agentdesk.screens.import_plan import ImportPlanScreen
from agentdesk.screens.import_refusal import FIELDS, refused
from agentdesk.screens.imports import ImportsScreen
from agentdesk.screens.queue import QueueScreen
from agentdesk.screens.reports import ReportsScreen
from agentdesk.transfer import refusals
from agentdesk.transfer.contacts.order import ContactImport
from tests.screens.sight import Console, burst, seen, settled

SIZE = (80, 24)
COLUMNS = ("name", "email", "title", "notes")
ROWS = (
    ("Pat Old", "pat@old.example", "Chief", ""),
    ("Zed [red]Bold[/] \x1b[31m", "zed@new.example", "", "two\nlines"),
    ("Zed", "zed@new.example", "Baker", ""),
    ("Bad", "bad@@x", "", ""),
)


@pytest.fixture
def file(tmp_path: Path, desk: Any) -> Path:
    """A file about somebody who is there, somebody who is new and told of twice, and somebody who cannot be."""
    with desk.change() as change:
        services.create_customer(change, name="Pat Old", email="pat@old.example")
    path = tmp_path / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([COLUMNS, *ROWS])
    return path


async def press(pilot: Any, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    await pilot.pause(0.15)
    await settled(pilot)


async def planned(pilot: Any, path: Path, *keys: str) -> ImportPlanScreen:
    await settled(pilot)
    await press(pilot, "f7", "n")
    assert isinstance(pilot.app.screen, ImportFileDialog)
    pilot.app.screen.query_one("#path").value = str(path)
    await press(pilot, *keys, "f2")
    assert isinstance(pilot.app.screen, ImportPlanScreen)
    return pilot.app.screen


def names(desk: Any) -> list[str]:
    with desk.read() as read:
        return [name for (name,) in read.tuples("SELECT name FROM customer ORDER BY id")]


async def test_without_imports_the_list_says_what_to_do_next(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f7")
        assert isinstance(pilot.app.screen, ImportsScreen)
        assert "n asks for a file of contacts" in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, QueueScreen)


async def test_the_list_says_where_a_path_is_typed_and_its_first_sign_begins_it(console: Console) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        for sign in "/~.":
            await press(pilot, "f7")
            assert "n and then a path brings in a file" in seen(pilot)
            await burst(pilot, *f"{sign}12 new.csv")
            assert isinstance(pilot.app.screen, ImportFileDialog)
            assert pilot.app.screen.query_one("#path").value == f"{sign}12 new.csv"
            await press(pilot, "escape", "escape")


@pytest.mark.parametrize("digit", ["1", "2"])
async def test_a_digit_in_the_imports_goes_to_a_mode_and_says_so(
    console: Console, file: Path, digit: str
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f7", digit)
        assert "You left the imports: F7 leads back" in seen(pilot)
        assert len(pilot.app.screen_stack) == 1
        await planned(pilot, file)
        await press(pilot, digit)
        assert "What would come of people.csv was put away" in " ".join(seen(pilot).split())


async def test_a_mode_that_was_left_over_its_imports_shows_its_own_page_again(
    console: Console, file: Path
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "4")
        await planned(pilot, file)
        await press(pilot, "1", "2", "4")
        assert isinstance(pilot.app.screen, ReportsScreen)
        assert len(pilot.app.screen_stack) == 1


async def test_a_file_is_looked_at_page_by_page_and_then_imported_and_taken_back(
    console: Console, desk: Any, file: Path
) -> None:
    before = names(desk)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await planned(pilot, file)
        assert "New 1   Changed 1   Same 0   Twice 1   Rejected 1   Cleared 0" in seen(pilot)
        assert "Zed [red]Bold[/]" in seen(pilot)
        assert "two⏎lines" in seen(pilot)
        assert "\x1b" not in seen(pilot)
        await press(pilot, "l")
        assert "Pat Old" in seen(pilot)
        assert "title  (nothing) → Chief" in seen(pilot)
        await press(pilot, "l")
        assert "No row says only what is known already. l goes" in seen(pilot)
        await press(pilot, "l")
        assert "into line 3" in seen(pilot)
        await press(pilot, "l")
        assert "bad@@x" in seen(pilot)
        assert names(desk) == before
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        assert "New: 1. Changed: 1. Rejected: 1, kept in a file beside it." in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportsScreen)
        assert not screen.is_attached
        assert len(names(desk)) == len(before) + 1
        assert "1 rejected, in people.rejects.csv · z takes it" in seen(pilot)
        pilot.app.clear_notifications()
        await press(pilot)
        assert "u takes it back whole" in seen(pilot)
        assert "1 rejected" in seen(pilot)
        await press(pilot, "z")
        assert "people.csv, 1 new, 1 changed. All of it goes" in " ".join(seen(pilot).split())
        await press(pilot, "escape")
        assert len(names(desk)) == len(before) + 1
        await press(pilot, "z", "enter")
        assert names(desk) == before
        assert "taken back" in seen(pilot)
        assert "1 customer removed, 1 customer set back" in " ".join(seen(pilot).split())
        await press(pilot, "Z", "u")
        assert len(names(desk)) == len(before) + 1
        await press(pilot, "enter")
        assert "1 customer removed, 1 customer set back" in " ".join(seen(pilot).split())
        assert names(desk) == before
    assert file.with_suffix(".rejects.csv").exists()


async def test_a_repeated_row_tells_what_it_says_in_vain(console: Console, file: Path) -> None:
    with file.open("a", encoding="utf-8", newline="") as more:
        csv.writer(more).writerow(("Sue [b]O'Neil", "zed@new.example", "Chief", ""))
    async with console().run_test(size=(120, 30), notifications=True) as pilot:
        await planned(pilot, file)
        await press(pilot, "l", "l", "l", "end")
        assert "into line 3; drops name: Su" in seen(pilot)
        assert "drops name: Sue [b]O'Neil" in seen(pilot)
        assert "drops title: Chief" in seen(pilot)


async def test_what_is_left_alone_is_told_and_taken_with_a_capital_letter(
    console: Console, desk: Any, file: Path
) -> None:
    before = names(desk)
    async with console().run_test(size=(120, 30), notifications=True) as pilot:
        await planned(pilot, file)
        await press(pilot, "a", "f2")
        with desk.change() as change:
            services.edit_customer(change, len(before) + 1, {"title": "Mine"})
        await press(pilot, "u", "enter")
        assert f"left: customer {len(before) + 1}" in seen(pilot)
        assert len(names(desk)) == len(before) + 1
        await press(pilot, "Z", "X", "enter")
        assert f"lost: customer {len(before) + 1}" in seen(pilot)
        assert names(desk) == before


async def test_the_policies_are_chosen_before(console: Console, desk: Any, file: Path) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await planned(pilot, file, "tab", "right")
        assert "Changed 0   Same 1" in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ImportsScreen)
        await press(pilot, "n")
        pilot.app.screen.query_one("#path").value = str(file)
        pilot.app.screen.query_one("#survivor").value = "colour=desk"
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, ImportFileDialog)
        assert "The survivor cannot be" in seen(pilot)


async def test_enter_on_a_known_customer_opens_them(console: Console, file: Path) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await planned(pilot, file)
        await press(pilot, "l", "enter")
        assert isinstance(pilot.app.screen, CustomerScreen)


@pytest.mark.parametrize(
    ("name", "told"), [("", "Type the path"), ("nowhere.csv", "is no file"), (".", "is no file")]
)
async def test_a_path_that_is_no_file_is_told_in_the_dialog(
    console: Console, tmp_path: Path, name: str, told: str
) -> None:
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f7", "n")
        pilot.app.screen.query_one("#path").value = str(tmp_path / name) if name else ""
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, ImportFileDialog)
        assert told in seen(pilot)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_file_that_cannot_be_read_leaves_its_path_in_the_dialog(
    console: Console, tmp_path: Path, size: tuple[int, int]
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    async with console().run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f7", "n")
        pilot.app.screen.query_one("#path").value = str(empty)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, ImportFileDialog)
        assert "the names of the columns" in " ".join(seen(pilot).replace("│", "").split())
        assert pilot.app.screen.query_one("#path").value == str(empty)


async def test_a_file_of_another_encoding_is_read_once_the_dialog_names_it(
    console: Console, tmp_path: Path
) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("name,email\nÄnne Größe,a@x.example\nJosé Núñez,b@x.example\n".encode("cp1252"))
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f7", "n")
        pilot.app.screen.query_one("#path").value = str(path)
        await press(pilot, "tab", "right", "f2")
        assert isinstance(pilot.app.screen, ImportFileDialog)
        assert "--" not in seen(pilot)
        assert "epeat with Encoding" in " ".join(seen(pilot).replace("│", "").split())
        assert pilot.app.screen.focused.id == "encoding"
        pilot.app.screen.focused.value = "cp1252"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportPlanScreen)
        assert "Änne Größe" in seen(pilot)
        assert pilot.app.screen._order.on_match == "skip"


async def test_columns_that_are_parted_by_another_sign_are_read_once_the_dialog_names_it(
    console: Console, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("name§email\nZed Odd§z@x.example\n", encoding="utf-8")
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f7", "n")
        pilot.app.screen.query_one("#path").value = str(path)
        await press(pilot, "f2")
        assert pilot.app.screen.focused.id == "delimiter"
        assert "agentdesk import tickets FILE" in " ".join(seen(pilot).replace("│", "").split())
        pilot.app.screen.focused.value = "§"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportPlanScreen)
        assert "Zed Odd" in seen(pilot)


@pytest.mark.parametrize(
    "error",
    [
        refusals.MissingColumnsError("a", ["b"], ["Name"]),
        refusals.EncodingRefusedError("a", 1, 1, "cp1252"),
        refusals.EncodingRefusedError("a", 1, 1, ""),
        refusals.WideTextError("a", "utf-16"),
        refusals.ShiftedTextError("a", "hz"),
        refusals.NoMarkError("a", "utf-16", ""),
        refusals.NoMarkError("a", "utf-16", "utf-16-le"),
        refusals.NoMemberError("a", "b", ["c"]),
        refusals.SeveralMembersError("a", ["b", "c"]),
    ],
)
def test_no_option_of_the_command_line_is_told_in_the_dialog(error: refusals.FileRefusedError) -> None:
    told = refused(ContactImport(Path("a")), error)
    assert "--" in str(error)
    assert "--" not in told.words
    assert told.at in FIELDS
    assert FIELDS[told.at] in told.words


async def test_a_desk_that_has_moved_on_refuses_the_plan(console: Console, desk: Any, file: Path) -> None:
    before = names(desk)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await planned(pilot, file)
        with desk.change() as change:
            services.edit_customer(change, len(before), {"title": "Mine"})
        await press(pilot, "a", "f2")
        assert isinstance(pilot.app.screen, ImportPlanScreen)
        assert f"customer {len(before)} was changed" in seen(pilot)
        assert names(desk) == before


async def test_a_stopped_import_is_gone_on_with_from_the_list(
    console: Console, desk: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 1)
    from agentdesk.transfer.contacts.importing import ContactImport, import_contacts

    def stop(done: int, _total: int | None) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_contacts(desk, ContactImport(file), stop)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f7")
        assert "r goes on, u takes back what is there" in seen(pilot)
        await press(pilot, "r")
        assert "Import 1 is done: 4 rows, 1 rejected." in seen(pilot)
        await press(pilot, "r")
        assert "came to its end" in seen(pilot)


async def test_escape_stops_an_import_that_is_under_way(
    console: Console, desk: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 1)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await planned(pilot, file)

        def stop_soon(words: str) -> None:
            if words.startswith("Importing row 2"):
                screen.action_back()

        monkeypatch.setattr(screen, "tell_progress", stop_soon)
        await press(pilot, "a", "f2")
        assert isinstance(pilot.app.screen, ImportsScreen)
        assert "they are in the desk. r goes on" in seen(pilot)
        with desk.read() as read:
            ((state, rows),) = read.tuples("SELECT state, rows FROM import_batch")
        assert (state, rows in {2, 3}) == ("interrupted", True)


@pytest.mark.parametrize("key", ["z", "q", "f10"])
async def test_who_undoes_or_leaves_while_an_import_runs_is_told_or_asked(
    console: Console, desk: Any, file: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 1)
    goes_on = Event()
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        screen = await planned(pilot, file)
        write = screen._write

        def wait_and_write(tell: Any) -> Any:
            goes_on.wait(20)
            return write(tell)

        monkeypatch.setattr(screen, "_write", wait_and_write)
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("f2")
        await pilot.pause(0.2)
        await pilot.press(key)
        await pilot.pause(0.2)
        told = " ".join(seen(pilot).split())
        assert "The import is not done." in told
        assert isinstance(pilot.app.screen, ImportPlanScreen if key == "z" else ConfirmDialog)
        if key != "z":
            await pilot.press("escape")
        goes_on.set()
        await press(pilot)
        with desk.read() as read:
            assert read.tuples("SELECT state FROM import_batch") == [("done",)]


async def test_a_desk_without_tickets_counts_the_customers_that_were_brought_in(bare_desk: Any) -> None:
    async with AgentDesk(bare_desk).run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "It is empty" in seen(pilot)
        with bare_desk.change() as change:
            services.create_customer(change, name="Pat Old", email="pat@old.example")
        await press(pilot, "f5")
        assert "It holds 1 customer and no ticket yet" in seen(pilot)


async def test_who_may_not_import_is_told_so(console: Console, desk: Any) -> None:
    desk.actor = Actor(2, "bo", "Bo Larsen", Role.AGENT)
    async with console().run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f7")
        assert isinstance(pilot.app.screen, QueueScreen)
        assert "import" in seen(pilot)


async def test_what_came_of_an_import_is_read_to_its_end_beside_the_list(
    console: Console, desk: Any, file: Path
) -> None:
    from agentdesk.transfer.contacts.importing import ContactImport, import_contacts

    import_contacts(desk, ContactImport(file))
    for size in ((60, 20), (80, 24), (112, 30), (120, 40)):
        async with console().run_test(size=size, notifications=True) as pilot:
            await settled(pilot)
            await press(pilot, "f7")
            whole = pilot.app.screen.query_one("#whole")
            told = " ".join(whole.render_line(y).text.strip() for y in range(whole.size.height))
            assert "4 rows: 1 new, 1 changed, 0 unchanged, 1 duplicates, 1 rejected" in " ".join(told.split())
            await press(pilot, "n")
            assert "Known people " in seen(pilot)
