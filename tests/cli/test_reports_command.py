from datetime import UTC, datetime, timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.settings import load


@pytest.fixture
def as_of(office):
    """A moment after everything in the office has happened."""
    return (datetime.now(UTC) + timedelta(seconds=1)).isoformat(timespec="seconds")


@pytest.fixture
def report(office, as_of):
    return lambda *words: office("report", "queue", "--as-of", as_of, *words)


def test_json_has_the_keys_that_scripts_rely_on(report, as_of):
    told = report("--json").json
    assert {"report", "as_of", "period", "flow", "backlog", "sla", "queues", "agents", "notes"} <= set(told)
    assert told["as_of"] == as_of
    assert told["backlog"]["total"] == 3


@pytest.mark.parametrize("form", ["text", "md", "csv", "json"])
def test_same_store_and_instant_give_the_same_bytes(office, report, form):
    first = report("--format", form)
    assert first.code == 0
    assert first.out
    office("ticket", "set", "T-1001", "priority=urgent", "--dry-run")
    assert report("--format", form).out == first.out


def test_text_page_keeps_its_width(office, report):
    assert max(map(len, report("--width", "72").out.splitlines())) <= 72
    assert report("--ascii").out.isascii()


def test_report_goes_into_a_file(office, report, home):
    answer = report("--out", str(home / "queue.txt"))
    assert answer.out == ""
    assert (home / "queue.txt").read_text() == report().out


@pytest.mark.parametrize("place", [".", "missing/queue.txt"])
def test_file_that_cannot_be_written_is_refused_in_one_sentence(office, report, home, place):
    answer = report("--out", str(home / place))
    assert answer.code in (1, 2)
    assert answer.err.count("\n") == 1
    assert ".part" not in answer.err


def test_broken_promise_has_an_exit_code_of_its_own(office, report):
    assert report("--fail-on", "breach").code == 0
    desk = Desk.open(load())
    with desk.change() as change:
        services.edit_ticket(change, 1001, {"due_at": desk.clock.now() - timedelta(hours=1)})
    desk.close()
    answer = office("report", "queue", "--fail-on", "breach", "--json")
    assert answer.code == 3
    assert answer.json["report"] == "queue"
    assert office("report", "queue").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--period", "whenever"], 2),
        (["--period", "2026-03-05..2026-03-01"], 2),
        (["--queue", "Nowhere"], 1),
        (["--width", "10"], 2),
        (["--format", "pdf"], 2),
        (["--fail-on", "rain"], 2),
    ],
)
def test_report_that_cannot_be_is_refused_in_one_sentence(office, report, words, code):
    answer = report(*words)
    assert answer.code == code
    assert answer.out == ""
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("command", [["report", "queue"], ["ticket", "list"]], ids=" ".join)
@pytest.mark.parametrize("words", ["2999-01-01", "2999-01-01T08:00Z", "4h"])
def test_an_instant_that_lies_ahead_is_refused_in_one_sentence(office, command, words):
    answer = office(*command, "--as-of", words)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert f"--as-of {words} lies ahead" in answer.err
