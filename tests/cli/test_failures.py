"""Bad input is one sentence, the right exit code, and never a traceback."""

import os
import re
import sqlite3
import stat

import pytest

from agentdesk.cli import failures
from agentdesk.cli.failures import ExitCode, guarded


def is_one_sentence(err):
    """One line after our name that begins with a capital letter, a quote or an option, and quotes in one way."""
    said = err.removeprefix("agentdesk: ")
    begins = said[:1].isupper() or said[:1] in "“-/" or "." in said.split()[0]
    quotes = re.search(r"(?<!\w)'[^']*'(?!\w)", said.partition("agentdesk ")[0])
    return said != err and begins and not quotes and err.count("\n") == 1 and "Traceback" not in err


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("tickt", 2, "Did you mean ticket?"),
        ("ticket lst", 2, "Did you mean list?"),
        ("ticket show", 2, "TICKET"),
        ("ticket list --formt json", 2, "--format"),
        ("ticket list --format xml", 2, "jsonl"),
        ("ticket list --limit many", 2, "whole number"),
        ("ticket list --limit -1", 2, "at least 0"),
        ("ticket list --store", 2, "--store needs a value"),
        ("ticket list --as-of someday", 2, "someday"),
        ("ticket set T-1001", 2, "priority=high"),
        ("ticket set priority=high", 2, "priority=high"),
        ("customer set 1 tier", 2, "tier=gold"),
        ("ticket show T-999", 1, "T-999"),
        ("ticket show banana", 1, "T-1042"),
        ("ticket list colour:red", 1, "colour"),
        ("ticket list 'status:opn'", 1, "open"),
        ("ticket list --view nothing", 1, "Mine"),
        ("ticket list --sort colour", 1, "attention"),
        ("ticket set T-1001 prioritty=high", 1, "priority"),
        ("ticket set T-1001 priority=hot", 1, "urgent"),
        ("ticket assign T-1001 anna", 1, "Did you mean ana?"),
        ("ticket new --subject x --assignee anna", 1, "Did you mean ana?"),
        ("ticket new --subject x --queue Biling", 1, "Did you mean Billing?"),
        ("ticket list assignee:anna", 1, "Did you mean ana?"),
        ("report queue --queue Biling", 1, "Did you mean Billing?"),
        ("customer show Jo_Deo", 1, "There is no customer Jo Deo. Did you mean Jo Doe?"),
        ("customer set Joe_Doe tier=gold", 1, "Did you mean Jo Doe?"),
        ("ticket set T-1001 queue=Biling", 1, "Billing"),
        ("ticket set T-1001 due=someday", 1, "someday"),
        ("ticket new --subject x --customer nobody@example.com", 1, "nobody@example.com"),
        ("ticket new --subject x --type riddle", 1, "incident"),
        ("ticket reopen T-1001", 1, "T-1001"),
        ("ticket note T-1001", 2, "note"),
        ("customer show nobody@example.com", 1, "nobody@example.com"),
        ("customer new", 1, "The name is missing. A customer needs a name"),
        ("customer new Foo", 2, "Write: agentdesk customer new --name Foo"),
        ("ticket new Foo_bar --subject x", 2, "agentdesk ticket new --subject 'Foo bar'"),
        ("ticket show T-1001 T-1002", 2, "“T-1002” stands where nothing can stand"),
        (
            "ticket reply T-1001",
            2,
            "as in: agentdesk ticket reply T-1001 'It is on its way.'; or pipe it in with -",
        ),
        ("customer log 1", 2, "agentdesk customer log 1 '"),
        ("escalation accept 99", 1, "99"),
        ("escalation accept x", 2, "whole number"),
        ("undo 99999", 1, "There is no change 99999. The numbers are listed by: agentdesk log"),
        ("redo 99999", 1, "agentdesk log"),
        ("ticket set T-1001 priority=hot", 1, "The priority cannot be “hot”. Allowed: urgent, high"),
        ("ticket set T-1001 colour=red", 1, "There is no field “colour”. Allowed: status"),
        ("ticket list --format xml", 2, "“xml” is none of"),
        ("agent add ana", 1, "ana"),
        ("queue add Billing", 1, "Billing"),
        ("view remove Nothing --yes", 1, "Nothing"),
        ("ticket list --as nobody", 1, "--as"),
        ("ticket list --as anna", 1, "Did you mean ana? Say who you are with --as."),
        ("ticket list --config missing.toml", 1, "missing.toml"),
        ("import show 99", 1, "99"),
    ],
)
def test_bad_input_is_one_sentence_and_a_code(office, line, code, told):
    answer = office(*[word.strip("'").replace("_", " ") for word in line.split()])
    assert answer.code == code
    assert answer.out == ""
    assert is_one_sentence(answer.err), answer.err
    assert told in answer.err


def test_a_conflict_names_people_queues_and_fields_as_they_are_known(office):
    office("agent", "set", "ben", "name=Ben Frost")
    version = str(office("ticket", "show", "T-1001", "--json").json["version"])
    changed = ("queue=Billing", "priority=high", "assignee=ana", "tags=+vat", "due=4h")
    assert office("ticket", "set", "T-1001", *changed, "--as", "ben").code == 0
    answer = office("ticket", "set", "T-1001", "priority=low", "--if-version", version)
    assert answer.code == 4
    assert is_one_sentence(answer.err), answer.err
    assert answer.err.startswith("agentdesk: T-1001: Ben Frost ")
    for told in ("moved it to Billing", "set priority to high", "assigned it to ana", "tagged it vat"):
        assert told in answer.err
    assert " UTC" in answer.err
    assert "just now. Nothing of yours was saved" in answer.err
    for raw in ("_id", "_at", "None", "→"):
        assert raw not in answer.err


def test_a_conflict_with_an_answer_tells_of_the_answer_and_not_of_its_bookkeeping(office):
    version = str(office("ticket", "show", "T-1001", "--json").json["version"])
    office("ticket", "set", "T-1001", "due=4h")
    office("ticket", "reply", "T-1001", "On its way.", "--as", "ben")
    office("ticket", "note", "T-1001", "Called.", "--as", "ana")
    answer = office("ticket", "set", "T-1001", "priority=low", "--if-version", version)
    assert "replied, wrote an internal note" in answer.err
    assert "due" not in answer.err
    assert "ben and ana" in answer.err


def test_a_conflict_on_a_customer_names_the_customer(office):
    version = str(office("customer", "show", "1", "--json").json["version"])
    office("customer", "set", "1", "organization=Beta Ltd", "tier=gold", "--as", "ana")
    answer = office("customer", "set", "1", "tier=silver", "--if-version", version)
    assert answer.code == 4
    assert "Jo Doe: ana set organization to Beta Ltd and set tier to gold just now" in answer.err


def test_group_without_a_command_shows_what_there_is(cli):
    answer = cli("ticket")
    assert answer.code == 2
    assert answer.out == ""
    assert "escalate" in answer.err


@pytest.fixture
def bad_store(home):
    def make(kind):
        path = home / "bad.db"
        if kind == "a folder":
            path.mkdir()
        elif kind == "no database":
            path.write_text("hello " * 1000)
        else:
            with sqlite3.connect(path) as connection:
                connection.execute("CREATE TABLE theirs (id INTEGER)")
                if kind == "newer":
                    connection.execute("PRAGMA application_id = 1095189587")
                    connection.execute("PRAGMA user_version = 9999")
            connection.close()
        return path

    return make


@pytest.mark.parametrize("kind", ["a folder", "no database", "of another program", "newer"])
def test_store_that_cannot_be_ours_is_refused_and_left_alone(cli, bad_store, kind):
    path = bad_store(kind)
    before = path.read_bytes() if path.is_file() else None
    answer = cli("ticket", "list", "--store", str(path))
    assert answer.code == 1
    assert is_one_sentence(answer.err), answer.err
    assert str(path) in answer.err
    assert (path.read_bytes() if path.is_file() else None) == before


def test_store_below_a_file_is_refused(cli, home):
    (home / "file").write_text("")
    answer = cli("ticket", "list", "--store", str(home / "file" / "desk.db"))
    assert answer.code == 1
    assert "cannot be created" in answer.err


def test_store_of_an_unknown_scheme_is_refused(cli):
    answer = cli("ticket", "list", "--store", "mysql://host/db")
    assert answer.code == 1
    assert "mysql" in answer.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_store_that_cannot_be_written_is_refused(cli, home):
    cli("init")
    (home / "desk.db").chmod(0o400)
    answer = cli("ticket", "list")
    assert answer.code == 1
    assert is_one_sentence(answer.err)


def test_foreign_text_in_an_error_cannot_reach_the_terminal(cli):
    answer = cli("ticket", "show", "T-1\x1b]0;pwned\x07")
    assert "\x1b" not in answer.err
    assert answer.code == 1


def test_the_unforeseen_leaves_a_log_without_values(home, capsys):
    def break_down():
        secret = "hunter2"
        raise RuntimeError(secret)

    assert guarded(break_down) == ExitCode.FAILED
    err = capsys.readouterr().err
    log = next((home / "home").rglob("errors.log"))
    assert str(log) in err
    assert "hunter2" not in err + log.read_text()
    assert "RuntimeError" in log.read_text()
    assert "break_down" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_unforeseen_is_told_even_if_no_log_can_be_kept(home, capsys, monkeypatch):
    blocked = home / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    assert guarded(lambda: 1 // 0) == ExitCode.FAILED
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_interrupt_has_its_own_code(capsys):
    def interrupted():
        raise KeyboardInterrupt

    assert guarded(interrupted) == 130
    assert "Interrupted" in capsys.readouterr().err


def test_a_command_that_is_stopped_says_what_became_of_it(office, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("agentdesk.queries.import_batches.import_batches", stopped)
    answer = office("import", "list")
    assert (answer.code, answer.err.count("\n")) == (130, 1)
    assert "what was confirmed is kept" in answer.err


def test_question_that_nobody_can_answer_is_refused(office):
    office("view", "add", "VAT", "tag:vat")
    answer = office("view", "remove", "VAT")
    assert answer.code == 1
    assert "--yes" in answer.err
    assert office("view", "remove", "VAT", "--yes").code == 0


def test_the_codes_are_those_of_the_contract():
    assert {code.name: code.value for code in failures.ExitCode} == {
        "DONE": 0,
        "FAILED": 1,
        "USAGE": 2,
        "PARTLY": 3,
        "CONFLICT": 4,
        "INTERRUPTED": 130,
    }
