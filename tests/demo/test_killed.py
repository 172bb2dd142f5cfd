"""A sample desk whose building was killed is built anew; what is there and whole is used as it is."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from agentdesk.demo.practice import build_practice, is_unfinished
from agentdesk.desk import Desk
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from tests.demo.sample import copied_to

KILL = "import os, signal\nkill = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
BUILD = """
from agentdesk.demo.practice import build_practice
from agentdesk.settings import Settings
build_practice(Settings(store={place!r}, zone="UTC"), tell=print)
"""
MOMENTS = {
    "before the schema": "from agentdesk.store import schema\nschema.upgrade = kill\n",
    "before the first row": "from agentdesk.demo import build\nbuild._load = kill\n",
    "before its clocks": "from agentdesk.demo import service_levels\nservice_levels.take_past_steps = kill\n",
    "before it knows what it is": "from agentdesk.demo import practice\npractice.mark_practice = kill\n",
}


def built(place: Path) -> list[str]:
    told: list[str] = []
    build_practice(Settings(store=str(place), zone="UTC"), tell=told.append)
    return told


def is_whole(place: Path) -> bool:
    with closing(Desk.open(replace(Settings(store=str(place)), agent="ana"))) as desk, desk.read() as read:
        return desk.is_practice and int(read.value("SELECT count(*) FROM ticket")) > 1000


LATE = {"before its clocks", "before it knows what it is"}
"""Nearly a whole desk is built first, and then another one: for the drill."""


@pytest.mark.parametrize(
    "moment", [pytest.param(one, marks=pytest.mark.slow if one in LATE else ()) for one in MOMENTS]
)
def test_a_building_that_was_killed_is_done_again(tmp_path: Path, moment: str) -> None:
    place = tmp_path / "demo.db"
    code = KILL + MOMENTS[moment] + BUILD.format(place=str(place))
    killed = subprocess.run([sys.executable, "-c", code], env={**os.environ}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert "Building" in built(place)[-1]
    assert is_whole(place)
    assert "used as it is" in built(place)[0]


def test_what_a_killed_building_left_under_the_name_is_noticed(tmp_path: Path) -> None:
    place = tmp_path / "demo.db"
    Store.open(str(place)).close()  # a schema and nobody in it
    assert is_unfinished(place)
    assert "was not finished: it is built anew" in built(place)[0]
    assert is_whole(place)


def test_half_built_files_of_long_ago_are_taken_away_and_younger_ones_left(tmp_path: Path) -> None:
    old, young = tmp_path / "demo.db.making-1", tmp_path / "demo.db.making-2"
    for one, at in ((old, 0), (young, None)):
        one.write_text("half")
        if at is not None:
            os.utime(one, (at, at))
    built(tmp_path / "demo.db")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["demo.db", "demo.db.making-2"]


def test_a_desk_in_use_and_a_file_of_another_kind_are_never_unfinished(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Not a database at all.")
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as raw:
        raw.execute("CREATE TABLE thing (id)")
        raw.commit()
    sample = Path(copied_to(tmp_path))
    assert not any(is_unfinished(one) for one in (other, foreign, sample))
    assert "used as it is" in built(other)[0]
