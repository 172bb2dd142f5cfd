import pytest

AS_OF = "2030-03-05T08:30:00+00:00"


def report(cli, *words):
    return cli("report", "queue", "--as-of", AS_OF, *words)


def test_json_has_the_keys_that_scripts_rely_on(office):
    told = report(office, "--json").json
    assert {"report", "as_of", "period", "flow", "backlog", "sla", "queues", "agents", "notes"} <= set(told)
    assert told["as_of"] == AS_OF
    assert told["backlog"]["total"] == 3


@pytest.mark.parametrize("form", ["text", "md", "csv", "json"])
def test_same_store_and_instant_give_the_same_bytes(office, form):
    first = report(office, "--format", form)
    assert first.code == 0
    assert first.out
    office("ticket", "set", "T-1001", "priority=urgent", "--dry-run")
    assert report(office, "--format", form).out == first.out


def test_text_page_keeps_its_width(office):
    assert max(map(len, report(office, "--width", "72").out.splitlines())) <= 72
    assert report(office, "--ascii").out.isascii()


def test_report_goes_into_a_file(office, home):
    answer = report(office, "--out", str(home / "queue.txt"))
    assert answer.out == ""
    assert (home / "queue.txt").read_text() == report(office).out


@pytest.mark.parametrize("place", [".", "missing/queue.txt"])
def test_file_that_cannot_be_written_is_refused_in_one_sentence(office, home, place):
    answer = report(office, "--out", str(home / place))
    assert answer.code in (1, 2)
    assert answer.err.count("\n") == 1
    assert ".part" not in answer.err


def test_broken_promise_has_an_exit_code_of_its_own(office):
    assert report(office, "--fail-on", "breach").code == 0
    office("ticket", "set", "T-1001", "due=1h")
    answer = report(office, "--fail-on", "breach", "--json")
    assert answer.code == 3
    assert answer.json["report"] == "queue"
    assert report(office).code == 0


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
def test_report_that_cannot_be_is_refused_in_one_sentence(office, words, code):
    answer = report(office, *words)
    assert answer.code == code
    assert answer.out == ""
    assert answer.err.count("\n") == 1
