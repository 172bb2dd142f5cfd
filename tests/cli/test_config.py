import json
from pathlib import Path

import pytest


@pytest.fixture
def config(home: Path) -> Path:
    return home / "mine.toml"


def test_the_path_is_told_even_where_the_file_is_broken(cli, config):
    config.write_text("theme = ")
    assert cli("--config", str(config), "config", "path").out.strip() == str(config)


def test_a_right_file_is_right_and_none_is_no_fault(cli, config):
    config.write_text('bell = true\n[keymap]\nticket.reply = "Q"\n')
    assert cli("--config", str(config), "config", "check").code == 0
    answer = cli("config", "check")
    assert answer.code == 0
    assert "every default holds" in answer.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\nbells = true\ntheme = "x"', [":2: bells is not a key", ":3: theme cannot be"]),
        ('[keymap]\n\nticket.reply = "a"', [":3: a is the key of both"]),
        ('[keymap]\n"ticket.rely" = "a"', [":2: keymap.ticket.rely is no command"]),
        ('[keymap]\nticket.reply = "blub"', [":2: keymap.ticket.reply: blub is no key"]),
    ],
)
def test_faults_are_told_with_file_and_line_and_end_with_2(cli, config, text, said):
    config.write_text(text)
    answer = cli("--config", str(config), "config", "check")
    assert answer.code == 2
    assert [f"{config}{one}" in line for one, line in zip(said, answer.err.splitlines(), strict=True)] == [
        True
    ] * len(said)


def test_a_file_that_is_named_and_not_there_is_wrong_usage(cli, config):
    assert cli("--config", str(config), "config", "check").code == 2


def test_what_holds_is_shown_with_where_it_was_set(cli, config, monkeypatch):
    config.write_text("bell = true\n")
    rows = {
        one["key"]: one for one in json.loads(cli("--config", str(config), "config", "show", "--json").out)
    }
    assert rows["bell"] | {"about": ""} == {
        "key": "bell", "value": True, "source": f"{config}:1", "allowed": "false, true", "about": "",
    }  # fmt: skip
    assert rows["zone"]["source"] == "AGENTDESK_ZONE"
    assert "notify     false" in cli("config", "show").out


def test_every_fault_is_told_at_once_each_with_its_line(cli, config):
    config.write_text(
        'theme = "inc"\nbells = true\n[keymap]\nticket.rely = "a"\nticket.reply = "blub"\nticket.note = "a"\n'
    )
    told = cli("--config", str(config), "config", "check").err.splitlines()
    assert [one.removeprefix(f"agentdesk: {config}:").partition(":")[0] for one in told] == [*"12456"]
    assert "is the key of both" in told[-1]


def test_the_doctor_tells_a_double_key(cli, config):
    assert cli("init").code == 0
    config.write_text('[keymap]\nticket.reply = "a"\n')
    answer = cli("--config", str(config), "doctor", "--json")
    assert answer.code == 1
    assert f"{config}:2: a is the key of both" in answer.json["config"]["verdict"]


def test_a_command_goes_on_without_what_only_the_console_needs_and_says_so(cli, config, monkeypatch):
    config.write_text('bell = "loud"\ntheme = "inc"\n')
    answer = cli("--config", str(config), "macro", "add", "Hello", "--body", "Hello.")
    assert answer.code == 0
    assert f"{config}:1: bell must be" in answer.err
    assert f"{config}:2: theme cannot be" in answer.err
    monkeypatch.setenv("AGENTDESK_THEME", "inc")
    answer = cli("macro", "list")
    assert answer.code == 0
    assert "AGENTDESK_THEME: theme cannot be" in answer.err


@pytest.mark.parametrize(
    "text", ["stor = 'x.db'", "store = 3", "agent = 3", "zone = 'Nowhere/At'", "bell = "]
)
def test_a_command_refuses_what_could_lead_it_to_another_desk_person_or_hour(cli, config, text):
    config.write_text(text)
    assert cli("--config", str(config), "macro", "list").code != 0
