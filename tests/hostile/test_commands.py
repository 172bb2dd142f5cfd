"""Every command of the table over the hostile desk: into a pipe, into a terminal, and with hostile arguments."""

import csv
import io
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from agentdesk.cli import output
from agentdesk.domain.safe_text import spreadsheet_unguard
from tests.hostile.conftest import copy_of
from tests.hostile.lines import BEFORE, CODES, COMMANDS, LINES, filled, formats, line, parameters
from tests.hostile.store import World
from tests.hostile.strings import PAYLOADS
from tests.terminal import forbidden_sequences, run_in_pty

ROOT = Path(__file__).resolve().parents[2]
BOLD = (r"\x1b\[1m", r"\x1b\[0m")
BAR = (r"\x1b\[(?:38;5;(?:237|197|70)|3[56])m", r"\x1b\[\?25[lh]", r"\x1b\[2K", r"\x1b\[1A")
"""What the bar of an import draws with; none of the payloads uses it."""
FOR_PROGRAMS = ("csv",)
"""What is whole by contract as long as no person reads it; JSON is whole too, but plain ASCII."""


def places(world: World, folder: Path, store: Path) -> dict[str, str]:
    return {"store": str(store), "folder": str(folder), "view": world.views[0]}


def typed(command: str, world: World, folder: Path, store: Path, form: str = "") -> list[list[str]]:
    """What has to be typed first, then the command itself."""
    assert command in LINES, f"tests/hostile/lines.py has no entry for: agentdesk {command}"
    told = places(world, folder, store)
    first = [line(name, filled(values, **told)) for name, values in BEFORE.get(command, ())]
    values = filled(LINES[command], **told)
    return [*first, line(command, values, form, ends_options=True)]


def is_clean(answer, form: str) -> list[str]:
    """What came out that should not have."""
    err = forbidden_sequences(answer.err.encode(), allowed=(), controls="\n")
    if form in FOR_PROGRAMS:
        return err
    return err + forbidden_sequences(answer.out.encode(), allowed=(), controls="\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_prints_only_text_into_a_pipe(command, cli, sampled, tmp_path):
    for form in formats(command) if command in LINES else [""]:
        store = copy_of(sampled, tmp_path)
        *before, words = typed(command, sampled, tmp_path, store, form)
        for earlier in before:
            assert cli(*earlier, store=store).code in {0, promised(earlier)}
        answer = cli(*words, store=store)
        assert answer.code == CODES.get(command, 0), (words, answer.err)
        assert "Traceback" not in answer.err
        assert "should not have happened" not in answer.err
        assert is_clean(answer, form) == [], (command, form)
        if form == "json" and answer.code != 1:  # what is refused prints nothing
            assert answer.out.isascii()
            json.loads(answer.out)


def test_the_line_of_a_command_that_is_gone_is_taken_out():
    assert set(LINES) <= set(COMMANDS)
    assert set(BEFORE) | set(CODES) <= set(COMMANDS)


def test_a_command_without_an_entry_fails_by_its_name(monkeypatch, sampled, tmp_path):
    monkeypatch.delitem(LINES, "ticket list")
    with pytest.raises(AssertionError, match="no entry for: agentdesk ticket list"):
        typed("ticket list", sampled, tmp_path, tmp_path)


def test_without_safe_text_the_pipe_would_show_it(cli, sampled, tmp_path, monkeypatch):
    monkeypatch.setattr(output, "line", str)
    answer = cli("ticket", "list", store=copy_of(sampled, tmp_path))
    assert any("]52;c;" in one for one in is_clean(answer, "table"))


# In a terminal.


def type_everything(
    world: World, folder: Path, commands, size=(80, 24), *, most=99, breach: str = "", timeout: float = 300.0
):
    """One terminal in which every command runs in up to `most` formats; the bytes, and (words, code) of each line."""
    lines, codes = folder / "lines.json", folder / "codes.json"
    store = copy_of(world, folder)
    told = [
        [world.place, str(store), typed(command, world, folder, store, form)]
        for command in commands
        for form in formats(command)[:most]
    ]
    lines.write_text(json.dumps(told))
    program = [
        sys.executable,
        "-m",
        "tests.hostile.teletype",
        str(lines),
        str(codes),
        *filter(None, [breach]),
    ]
    env = {"PYTHONPATH": str(ROOT)}
    captured = run_in_pty(program, size=size, timeout=timeout, leave=timeout, env=env)
    return captured, json.loads(codes.read_text()) if codes.exists() else []


def findings(raw: bytes) -> list[str]:
    """Each command after which something forbidden came, with what came."""
    parts = raw.decode("utf-8", "surrogateescape").split("\n@@ ")
    found = []
    for part in parts:
        name, told = part.partition("\r\n")[0], part.encode("utf-8", "surrogateescape")
        allowed = (*BOLD, *BAR) if name.startswith(("import ", "export desk", "policy preview")) else BOLD
        found.append((name, forbidden_sequences(told, allowed=allowed, controls="\r\n")))
    return [f"{name}: {bad[:5]}" for name, bad in found if bad]


def refused(codes) -> set[tuple[str, ...]]:
    """The commands that ended otherwise than promised."""
    return {tuple(words[:2]) for words, code in codes if code not in {0, promised(words)}}


def promised(words: list[str]) -> int:
    """The exit code of a line: commands are one word or two."""
    return CODES.get(words[0], CODES.get(" ".join(words[:2]), 0))


@pytest.mark.parametrize(
    ("size", "most"),
    [((80, 24), 2), ((180, 40), 1), pytest.param((80, 24), 99, marks=pytest.mark.slow)],
    ids=["two formats", "wide", "every format"],
)
def test_every_command_sends_only_text_to_a_terminal(size, most, home, sampled, tmp_path):
    captured, codes = type_everything(sampled, tmp_path, COMMANDS, size, most=most)
    assert findings(captured) == []
    assert captured.returncode == 0
    assert refused(codes) == set()
    assert b"Traceback" not in captured
    assert b"should not have happened" not in captured


def test_without_safe_text_the_terminal_would_get_it(home, sampled, tmp_path):
    captured, _ = type_everything(sampled, tmp_path, ["ticket list"], breach="breach")
    assert findings(captured)


# What comes back is what went in.

HOLDS = (
    ("ticket list", "subject", "subjects"),
    ("ticket list", "category", "categories"),
    ("ticket list", "customer", "customers"),
    ("ticket list", "organization", "organization_of"),
    ("customer list", "name", "customers"),
    ("customer list", "organization", "organization_of"),
    ("agent list", "handle", "handles"),
    ("agent list", "name", "agents"),
    ("queue list", "name", "queues"),
    ("escalation list", "ask", "asks"),
    ("escalation list", "subject", "subjects"),
    ("view list", "name", "views"),
    ("import list", "file_name", "files"),
    ("import list", "source", "files"),
)
"""Command, column, and the list of the world whose every value it must give back."""


def lost(told, expected) -> Counter:
    """What went in and did not come back."""
    return Counter(expected) - Counter(told)


@pytest.mark.parametrize(("command", "column", "held"), HOLDS)
def test_json_gives_back_every_text_as_it_was(command, column, held, cli, sampled):
    answer = cli(*command.split(), "--json", store=sampled.place)
    assert lost([row[column] for row in json.loads(answer.out)], getattr(sampled, held)) == Counter()


@pytest.mark.parametrize(("command", "column", "held"), HOLDS)
def test_csv_gives_back_every_text_as_it_was(command, column, held, cli, sampled):
    answer = cli(*command.split(), "--format", "csv", store=sampled.place)
    rows = csv.DictReader(io.StringIO(answer.out, newline=""), strict=True)
    assert lost([spreadsheet_unguard(row[column]) for row in rows], getattr(sampled, held)) == Counter()


def test_no_cell_of_a_csv_begins_a_formula(cli, sampled):
    answer = cli("ticket", "list", "--format", "csv", store=sampled.place)
    rows = list(csv.reader(io.StringIO(answer.out, newline="")))
    assert len(rows) == len(sampled.subjects) + 2  # the heading, and the ticket that was merged
    assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")] == []


def test_tags_are_words_joined_by_dashes_in_lower_case(cli, sampled):
    answer = cli("ticket", "list", "--json", store=sampled.place)
    told = [tuple(row["tags"]) for row in json.loads(answer.out)]
    assert lost(told, map(tuple, sampled.tags)) == Counter()


def test_a_whole_ticket_gives_back_every_word_said_on_it(cli, sampled):
    tickets = json.loads(cli("ticket", "list", "--json", store=sampled.place).out)
    shown = [
        json.loads(cli("ticket", "show", row["ref"], "--json", store=sampled.place).out) for row in tickets
    ]
    said = [message["body"] for one in shown for message in one["messages"]]
    assert lost(said, sampled.bodies + sampled.notes) == Counter()
    assert (
        lost([row["to_party"] for one in shown for row in one["escalations"]], sampled.parties) == Counter()
    )


def test_a_whole_customer_gives_back_notes_and_contacts(cli, sampled):
    people = json.loads(cli("customer", "list", "--json", store=sampled.place).out)
    shown = [
        json.loads(cli("customer", "show", str(row["id"]), "--json", store=sampled.place).out)
        for row in people
    ]
    for field in ("notes", "warning", "title", "tier"):
        assert lost([one[field] for one in shown], sampled.customer_notes) == Counter(), field


# Hostile arguments.

EXTRA = ("-", "--", "9" * 30, "\udcff")
"""A number no database takes, and a byte that is no text."""


def arguments(command: str, values, text: str, at: int) -> list[str]:
    """The command with a hostile text in one of its parameters, another one for each `at`."""
    taking = [one for one in parameters(command) if one.kind in (str, int)]
    if not taking:
        return []
    param = taking[at % len(taking)]
    told = dict(values)
    if param.is_list and command.endswith(" set") and at % 2:
        field = ("subject", "tags", "due", "queue", "category", "name", "notes", "email", text)[at // 2 % 9]
        told[param.name] = [*told.get(param.name, [])[:1], f"{field}={text}"]
    else:
        told[param.name] = [text] if param.is_list else text
    return line(command, told, ends_options=at % 3 > 0)


def promised_codes(words: list[str]) -> set[int]:
    """Done, refused or wrong usage; in part for an import, and a conflict where a version was given."""
    some = {3} if words[0] == "import" else set()
    return {0, 1, 2} | some | ({4} if any(one.startswith("--if-version") for one in words) else set())


def try_arguments(command, cli, world, folder, strings) -> int:
    """Type the command with each string; how many lines that were."""
    store = copy_of(world, folder)
    values = filled(LINES[command], **places(world, folder, store))
    lines = [arguments(command, values, text, at) for at, text in enumerate(strings)]
    lines = [
        words for words in lines if words and not any("\0" in word for word in words)
    ]  # no system hands one on
    for words in lines:
        answer = cli(*words, store=store, stdin=words[-1])
        assert answer.code in promised_codes(words), (words, answer)
        assert "should not have happened" not in answer.err, (words, answer.err)
        assert "Traceback" not in answer.err, words
        assert is_clean(answer, "csv" if words[0] == "export" else "table") == [], words
    return len(lines)


@pytest.mark.parametrize("command", LINES)
def test_no_argument_makes_a_command_fail_in_another_way_than_promised(command, cli, sampled, tmp_path):
    try_arguments(command, cli, sampled, tmp_path, [*PAYLOADS[::2], *EXTRA])


def test_bytes_that_are_no_text_are_refused_in_one_sentence(cli, sampled, tmp_path):
    store = copy_of(sampled, tmp_path)
    typed = cli("search", "\udcff", store=store)
    piped = cli("ticket", "note", "T-1001", store=store, stdin="\udcff")
    assert (typed.code, piped.code) == (2, 2)
    assert "UTF-8" in typed.err
    assert "UTF-8" in piped.err


@pytest.mark.slow
def test_drill_every_string_is_an_argument_of_every_command(cli, sampled, whole, tmp_path, figures):
    strings = [*whole.strings, *EXTRA]
    count = sum(try_arguments(command, cli, sampled, tmp_path, strings) for command in LINES)
    figures(f"{len(strings)} strings as arguments of {len(LINES)} commands: {count} lines")


@pytest.mark.slow
def test_drill_every_string_goes_through_every_command_in_a_terminal(home, whole, tmp_path, figures):
    captured, codes = type_everything(whole, tmp_path, COMMANDS, (180, 40), timeout=3600)
    assert findings(captured) == []
    assert refused(codes) == set()
    assert b"should not have happened" not in captured
    figures(
        f"{len(whole.strings)} strings through {len(COMMANDS)} commands: {len(codes)} lines, {len(captured):,} bytes"
    )


@pytest.mark.slow
@pytest.mark.parametrize(("command", "column", "held"), HOLDS)
def test_drill_json_gives_back_every_string(command, column, held, cli, whole):
    answer = cli(*command.split(), "--json", store=whole.place)
    assert lost([row[column] for row in json.loads(answer.out)], getattr(whole, held)) == Counter()
