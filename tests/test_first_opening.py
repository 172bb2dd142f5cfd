"""A desk that is killed while it is being made is made to its end by whoever opens it next."""

import getpass
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.errors import NotFoundError
from agentdesk.settings import Settings
from agentdesk.store.schema import FIRST_TICKET
from agentdesk.store.store import Store

KILL = "import os, signal\nkill = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
OPEN = "from agentdesk.desk import Desk\nfrom agentdesk.settings import Settings\nDesk.open(Settings(store={place!r}))"
MOMENTS = {
    "before the schema": "from agentdesk.store import schema\nschema.upgrade = kill\n",
    "before the first rows": "from agentdesk.store import schema\nschema._first_rows = kill\n",
    "before the first agent": "from agentdesk.services import agents\nagents.add_agent = kill\n",
    "before the first queue": "from agentdesk.services import queues\nqueues.add_queue = kill\n",
}


def opened(place: str, **said: str) -> Desk:
    return Desk.open(Settings(store=place, **said))


def names(desk: Desk) -> list[list[str]]:
    sql = ("SELECT handle FROM agent", "SELECT name FROM queue", "SELECT summary FROM change")
    with desk.read() as read:
        return [[str(name) for (name,) in read.tuples(one)] for one in sql]


def as_new() -> list[list[str]]:
    return [[getpass.getuser()], ["Support"], ["set up the desk"]]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_desk_killed_while_it_is_made_is_made_by_the_next_opening(tmp_path: Path, moment: str) -> None:
    place = str(tmp_path / "ki.db")
    code = KILL + MOMENTS[moment] + OPEN.format(place=place)
    killed = subprocess.run([sys.executable, "-c", code], env={**os.environ}, check=False)
    assert killed.returncode == -signal.SIGKILL
    for created in (True, False):
        with closing(opened(place)) as desk:
            assert (desk.store.created, desk.actor.handle) == (created, getpass.getuser())
            assert names(desk) == as_new()
    with closing(sqlite3.connect(place)) as raw:
        assert raw.execute("SELECT seq FROM sqlite_sequence WHERE name = 'ticket'").fetchall() == [
            (FIRST_TICKET - 1,)
        ]


def test_a_store_without_any_agent_is_a_new_desk_on_either_database(place: str) -> None:
    Store.open(place).close()
    with closing(opened(place)) as desk:
        assert (desk.store.created, names(desk)) == (True, as_new())
    with closing(opened(place)) as desk:
        assert (desk.store.created, names(desk)) == (False, as_new())


def test_where_nobody_works_any_more_the_refusal_is_one_sentence_and_makes_nobody(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    with closing(opened(place)) as desk, desk.change() as change:
        change.sql("UPDATE agent SET is_active = false")
    with pytest.raises(NotFoundError) as refused:
        opened(place, agent="ana")
    assert str(refused.value) == "There is no agent ana. Say who you are with --as."
