"""Every command says how it is taken back: it changes nothing, one `undo` brings every row back, or it asks first.

A command without a line in `TAKEN_BACK` fails by its name. What each is given stands in `tests/hostile/lines.py`.
"""

import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.held import apart, held
from tests.hostile.files import write_files
from tests.hostile.lines import BEFORE, CODES, COMMANDS, LINES, Values, filled, line
from tests.hostile.store import World, build

UNDO, NOTHING, ASKS = "undo brings it back", "changes nothing", "asks first"
UNDO_NUMBER, REDO = "undo and its number bring it back", "redo brings it back"
TAKEN_BACK: dict[str, str] = {
    "ticket list": NOTHING,
    "ticket show": NOTHING,
    "ticket history": NOTHING,
    "ticket new": UNDO,
    "ticket set": UNDO,
    "ticket assign": UNDO,
    "ticket take": UNDO,
    "ticket next": UNDO,
    "ticket solve": UNDO,
    "ticket reopen": UNDO,
    "ticket reply": UNDO,
    "ticket receive": UNDO,
    "ticket note": UNDO,
    "ticket escalate": UNDO,
    "ticket files": NOTHING,
    "ticket save-file": NOTHING,
    "ticket thanks": UNDO,
    "ticket forward": UNDO,
    "ticket merge": UNDO,
    "ticket unmerge": UNDO,
    "ticket split": UNDO,
    "ticket link": UNDO,
    "ticket unlink": UNDO,
    "ticket follow-up": UNDO,
    "ticket intake": UNDO,
    "outbox list": NOTHING,
    "outbox export": NOTHING,
    "macro list": NOTHING,
    "macro show": NOTHING,
    "macro add": UNDO,
    "macro set": UNDO,
    "macro retire": UNDO,
    "macro apply": UNDO,
    "article list": NOTHING,
    "article search": NOTHING,
    "article show": NOTHING,
    "article new": UNDO,
    "article set": UNDO,
    "article retire": UNDO,
    "customer list": NOTHING,
    "customer show": NOTHING,
    "customer new": UNDO,
    "customer set": UNDO,
    "customer log": UNDO,
    "customer duplicates": NOTHING,
    "customer merge": UNDO,
    "customer distinct": UNDO,
    "escalation list": NOTHING,
    "escalation show": NOTHING,
    "escalation accept": UNDO,
    "escalation decline": UNDO,
    "escalation return": UNDO,
    "escalation resolve": UNDO,
    "escalation withdraw": UNDO,
    "notice list": NOTHING,
    "notice seen": NOTHING,
    "search": NOTHING,
    "undo": REDO,
    "redo": UNDO,
    "log": NOTHING,
    "import contacts": UNDO,
    "import tickets": UNDO,
    "import organizations": UNDO,
    "import orders": UNDO,
    "import feedback": UNDO,
    "import calls": UNDO,
    "import articles": UNDO,
    "import map list": NOTHING,
    "import map show": NOTHING,
    "import map save": UNDO,
    "import map retire": UNDO,
    "import mail": UNDO,
    "import desk": NOTHING,  # where anything is, it is refused
    "import apply": UNDO,
    "import resume": NOTHING,
    "import list": NOTHING,
    "import show": NOTHING,
    "import undo": REDO,
    "export contacts": NOTHING,
    "export organizations": NOTHING,
    "export tickets": NOTHING,
    "export messages": NOTHING,
    "export feedback": NOTHING,
    "export orders": NOTHING,
    "export calls": NOTHING,
    "export articles": NOTHING,
    "export journal": NOTHING,
    "export desk": NOTHING,
    "report queue": NOTHING,
    "demo": NOTHING,
    "init": NOTHING,
    "doctor": NOTHING,
    "tour": NOTHING,
    "serve": NOTHING,
    "agent list": NOTHING,
    "agent add": UNDO,
    "agent set": UNDO,
    "agent signature": UNDO,
    "queue list": NOTHING,
    "queue add": UNDO,
    "queue join": UNDO,
    "calendar list": NOTHING,
    "calendar show": NOTHING,
    "calendar add": UNDO,
    "calendar set": UNDO,
    "calendar import-holidays": UNDO,
    "shift list": NOTHING,
    "shift set": UNDO,
    "shift off": UNDO,
    "shift clear": UNDO,
    "rule list": NOTHING,
    "rule add": UNDO,
    "rule set": UNDO,
    "rule remove": UNDO,
    "rule test": NOTHING,
    "policy list": NOTHING,
    "policy show": NOTHING,
    "policy add": UNDO,
    "policy set": UNDO,
    "policy retire": UNDO,
    "policy preview": NOTHING,
    "policy apply": UNDO,
    "policy tickets": NOTHING,
    "setting list": NOTHING,
    "setting set": UNDO,
    "setting unset": UNDO,
    "tick": UNDO_NUMBER,
    "agreement list": NOTHING,
    "agreement add": UNDO,
    "agreement set": UNDO,
    "agreement end": UNDO,
    "sla explain": NOTHING,
    "sla due": NOTHING,
    "sla elapsed": NOTHING,
    "view list": NOTHING,
    "view add": UNDO,
    "view show": NOTHING,
    "view rename": UNDO,
    "view move": UNDO,
    "view export": NOTHING,
    "view import": UNDO,
    "intake list": NOTHING,
    "intake show": NOTHING,
    "intake set": UNDO,
    "intake remove": UNDO,
    "config show": NOTHING,
    "config check": NOTHING,
    "config path": NOTHING,
    "view remove": ASKS,
    "keys": NOTHING,
}


FIRST: dict[str, tuple[str, ...]] = {
    "ticket assign": ("ticket assign T-1001 T-1002 0cup",),
    "ticket take": ("ticket assign T-1001 T-1002 0cup",),
    "ticket next": ("ticket assign T-1002 none",),
    "import undo": ("import contacts {folder}/people.csv",),
    "tick": (
        "ticket new --subject x --as-of 2026-01-05T10:00Z",
        "ticket solve {next} --as-of 2026-01-06T10:00Z",
    ),
    "view move": ("view add other is:open",),
    "policy apply": ("policy add all --calendar 24x7 --target frt=4h",),
}
"""What has to have been done beside what stands in `tests/hostile/lines.py`, so that there is something to do."""
OTHERWISE: dict[str, Values] = {
    "view move": {"name": "other", "place": 1},
    "import undo": {"number": 4},
    "policy apply": {"name": "all"},
}


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A desk like the hostile one, in plain words."""
    folder, words = tmp_path_factory.mktemp("plain"), ["cup", "lid", "jug"]
    write_files(folder, words)
    return build(folder, words, views=1)


def way_back(command: str) -> str:
    assert command in TAKEN_BACK, (
        f"TAKEN_BACK in tests/cli/test_taken_back.py has no line for: agentdesk {command}"
    )
    return TAKEN_BACK[command]


def next_ref(store: Path) -> str:
    """The reference of the next new ticket."""
    with closing(sqlite3.connect(store)) as opened:
        return f"T-{opened.execute('SELECT max(id) FROM ticket').fetchone()[0] + 1}"


def last_change(store: Path) -> int:
    with closing(sqlite3.connect(store)) as opened:
        return opened.execute("SELECT max(id) FROM change").fetchone()[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_changes_nothing_or_is_taken_back_or_asks(command, cli, plain, home, monkeypatch):
    way = way_back(command)
    monkeypatch.setenv("AGENTDESK_AGENT", "ana")
    store = Path(shutil.copy(plain.place, home / "desk.db"))
    places = {"store": str(store), "folder": str(Path(plain.place).parent), "view": plain.views[0]}
    earlier = [line(name, filled(values, **places)) for name, values in BEFORE.get(command, ())]
    earlier += [shlex.split(told) for told in FIRST.get(command, ())]
    earlier = [[word.format(next=next_ref(store), **places) for word in words] for words in earlier]
    for words in earlier:
        assert cli(*words).code in (0, CODES.get(" ".join(words[:2])))
    words = line(command, filled(OTHERWISE.get(command, LINES[command]), **places))
    before = held(store)
    if way == ASKS:
        words.remove("--yes")
        answer = cli(*words, stdin="n\n")
        assert "--yes" in answer.err
        assert apart(before, held(store)) == []
        return
    answer = cli(*words)
    assert answer.code == CODES.get(command, 0), answer.err
    if way == NOTHING:
        assert apart(before, held(store)) == []
        return
    assert apart(before, held(store)), "this line of tests/hostile/lines.py changes nothing"
    number = [str(last_change(store))] if way == UNDO_NUMBER else []
    back = cli("redo" if way == REDO else "undo", *number)
    assert back.code == 0, back.err
    assert apart(before, held(store)) == []


def test_the_line_of_a_command_that_is_gone_is_taken_out():
    assert set(TAKEN_BACK) <= set(COMMANDS)


def test_a_command_without_a_line_fails_by_its_name(monkeypatch):
    monkeypatch.delitem(TAKEN_BACK, "ticket list")
    with pytest.raises(AssertionError, match="no line for: agentdesk ticket list"):
        way_back("ticket list")
