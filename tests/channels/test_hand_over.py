"""Each letter leaves exactly once, whoever hands it over, however many do, and wherever they are ended."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agentdesk import services
from agentdesk.channels.errors import ChannelError, NoSenderError
from agentdesk.channels.hand_over import hand_over_due
from agentdesk.channels.to_eml import EmlFolder
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import NotFoundError, NotPermittedError, UndoError
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.outbox import OutboxRow, outbox
from tests.channels.conftest import pass_by, replied


def rows(desk: Desk) -> list[OutboxRow]:
    with desk.read() as read:
        return outbox(read)


def export(desk: Desk, folder: Path, **named: Any) -> list[str]:
    return [one.row.ref for one in hand_over_due(desk, EmlFolder(folder), **named)]


def taken(folder: Path) -> list[str]:
    """What a mail program that picks files up finds; it takes them away."""
    found = [one.name for one in folder.glob("*.eml")]
    for name in found:
        (folder / name).unlink()
    return found


def test_a_letter_waits_for_its_window_and_then_leaves_once(sender: Desk, tmp_path: Path) -> None:
    replied(sender)
    assert export(sender, tmp_path / "out") == []
    pass_by(sender)
    assert export(sender, tmp_path / "out") == ["T-1001"]
    assert export(sender, tmp_path / "out") == []
    [row] = rows(sender)
    assert (row.state, row.handed_over_at, row.underway) == ("handed_over", sender.clock.now(), "")
    [file] = (tmp_path / "out").iterdir()
    assert file.name == f"{row.key.partition('@')[0]}.eml"
    assert file.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"


def test_what_left_is_never_taken_back_and_the_sentence_says_when(sender: Desk, tmp_path: Path) -> None:
    replied(sender)
    pass_by(sender)
    export(sender, tmp_path)
    pass_by(sender, 120)
    for number in (None, _change_of(sender, "outbox.handed_over")):
        with (
            pytest.raises(
                UndoError, match=r"on T-1001 went out 2 minutes ago \(2026-03-03 08:30 UTC\).*correction"
            ),
            sender.change() as change,
        ):
            services.undo_change(change, number)
    with sender.read() as read:
        assert read.value("SELECT count(*) FROM message") == 2


def _change_of(desk: Desk, event: str) -> int:
    with desk.read() as read:
        return int(read.value(f"SELECT change_id FROM journal WHERE event = '{event}'"))


def test_until_it_left_the_reply_and_its_letter_go_back_together_even_after_the_window(sender: Desk) -> None:
    replied(sender)
    pass_by(sender)
    with sender.change() as change:
        services.undo_change(change)
    assert rows(sender) == []
    with sender.change() as change:
        services.redo_change(change)
    [row] = rows(sender)
    assert (row.release_at - sender.clock.now()).total_seconds() == 30  # it can be taken back once more


def test_a_letter_leaves_again_only_where_somebody_says_so(sender: Desk, tmp_path: Path) -> None:
    replied(sender)
    pass_by(sender)
    export(sender, tmp_path)
    first = taken(tmp_path)
    [row] = rows(sender)
    assert export(sender, tmp_path, again=[row.id]) == ["T-1001"]
    assert taken(tmp_path) == first
    with pytest.raises(NotFoundError, match="no letter 77"):
        export(sender, tmp_path, again=[77])


def test_a_desk_without_an_address_sends_nothing_and_says_how_to_get_one(desk: Desk, tmp_path: Path) -> None:
    replied(desk)
    pass_by(desk)
    with pytest.raises(NoSenderError, match="setting set mail_from"):
        export(desk, tmp_path)
    assert rows(desk)[0].state == "queued"


def test_who_may_not_work_may_not_hand_over(lone_sender: Desk, tmp_path: Path) -> None:
    lone_sender.actor = Actor(2, "ben", "Ben", Role.READ_ONLY)
    with pytest.raises(NotPermittedError):
        export(lone_sender, tmp_path)


def test_a_folder_that_cannot_be_written_keeps_the_letter_in_the_outbox(
    lone_sender: Desk, tmp_path: Path
) -> None:
    replied(lone_sender)
    pass_by(lone_sender)
    (tmp_path / "file").touch()
    with pytest.raises(ChannelError, match="cannot take letters"):
        export(lone_sender, tmp_path / "file")
    channel = EmlFolder(tmp_path / "out")
    channel.folder.rmdir()
    with pytest.raises(ChannelError, match="still in the outbox"):
        list(hand_over_due(lone_sender, channel))
    assert rows(lone_sender)[0].state == "queued"
    assert export(lone_sender, tmp_path / "out") == ["T-1001"]


class Ended(BaseException):
    """The process is gone: nothing after this point happens."""


class Mortal(EmlFolder):
    """A folder whose process is ended at one point of the work."""

    def __init__(self, folder: Path, point: str) -> None:
        super().__init__(folder)
        self.point = point

    def _reach(self, point: str) -> None:
        if point == self.point:
            raise Ended

    def stage(self, key: str, mail: bytes) -> None:
        self._reach("before staging")
        super().stage(key, mail)
        self._reach("staged, not committed")

    def let_go(self, key: str) -> None:
        self._reach("committed, not let go")
        super().let_go(key)
        self._reach("let go, still marked")


@pytest.mark.parametrize("is_picked_up_elsewhere", [False, True])
@pytest.mark.parametrize(
    "point", ["before staging", "staged, not committed", "committed, not let go", "let go, still marked"]
)
def test_wherever_it_is_ended_the_next_one_finishes_and_no_second_file_comes(
    lone_sender: Desk, tmp_path: Path, point: str, is_picked_up_elsewhere: bool
) -> None:
    replied(lone_sender)
    pass_by(lone_sender)
    with pytest.raises(Ended):
        list(hand_over_due(lone_sender, Mortal(tmp_path / "out", point)))
    files = taken(tmp_path / "out")
    other = tmp_path / ("elsewhere" if is_picked_up_elsewhere else "out")
    export(lone_sender, other)
    export(lone_sender, tmp_path / "out")
    files += taken(tmp_path / "out") + (taken(other) if is_picked_up_elsewhere else [])
    assert len(files) == 1
    assert list((tmp_path / "out").iterdir()) == []
    assert rows(lone_sender)[0].underway == ""


def test_what_was_staged_for_a_reply_that_was_taken_back_is_swept_away(
    lone_sender: Desk, tmp_path: Path
) -> None:
    replied(lone_sender)
    pass_by(lone_sender)
    with pytest.raises(Ended):
        list(hand_over_due(lone_sender, Mortal(tmp_path, "staged, not committed")))
    with lone_sender.change() as change:
        services.undo_change(change)
    assert export(lone_sender, tmp_path) == []
    assert list(tmp_path.glob(".*part")) == []


LIVE = """
import sys
from datetime import datetime
from agentdesk.channels.hand_over import hand_over_due
from agentdesk.channels.to_eml import EmlFolder
from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin
from agentdesk.settings import Settings
from agentdesk.store.store import Store

place, folder, instant = sys.argv[1:]
desk = Desk(Store.open(place), Settings(store=place), FixedClock(datetime.fromisoformat(instant)), DESK, Origin.CLI)
for one in hand_over_due(desk, EmlFolder(folder)):
    print(one.row.id, flush=True)
"""


def _exporter(desk: Desk, folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", LIVE, desk.settings.store, str(folder), desk.clock.now().isoformat()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


def _drill(desk: Desk, folder: Path, *, letters: int, rounds: int) -> None:
    """Pairs of processes that are killed at random, while a mail program takes away what it finds."""
    for number in range(letters):
        replied(desk, email=f"dana{number}@hooli.example")
    pass_by(desk)
    dice, picked = random.Random(7), Counter[str]()
    for _ in range(rounds):
        pair = [_exporter(desk, folder) for _ in range(2)]
        for one in pair:
            assert one.stdout is not None
            one.stdout.readline()  # it is at work, or finds nothing left
            time.sleep(dice.uniform(0, 0.03))
            picked.update(taken(folder))
            one.kill()
        for one in pair:
            one.communicate()
    both = [_exporter(desk, folder) for _ in range(2)]
    for one in both:
        _, told = one.communicate()
        assert one.returncode == 0, told.decode()
    picked.update(taken(folder))
    assert set(picked.values()) == {1}
    assert len(picked) == letters
    assert {(row.state, row.underway) for row in rows(desk)} == {("handed_over", "")}
    assert list(folder.iterdir()) == []


def test_two_that_export_at_once_and_are_killed_hand_every_letter_over_once(
    sender: Desk, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    _drill(sender, tmp_path / "out", letters=12, rounds=1)


@pytest.mark.slow
def test_many_that_export_at_once_and_are_killed_hand_every_letter_over_once(
    sender: Desk, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    _drill(sender, tmp_path / "out", letters=150, rounds=20)
