"""The configuration file: each fault with its line, each change of one key alone."""

import stat
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentdesk.config_file import (
    ConfigError,
    faults,
    faults_of,
    lines_of,
    place_of,
    read_config,
    write_preference,
)
from agentdesk.preferences import AUTO, PREFERENCES
from agentdesk.preferences import THEMES as NAMES
from agentdesk.settings import load
from agentdesk.widgets.theme import THEMES

MINE = '''\
# what I like
theme = "paper"  # by day
store = """
a
b"""

[keymap]
ticket.reply = "x"

"app.undo" = "f11"
'''


def test_every_key_is_found_on_its_line_whatever_the_file_is_made_of():
    assert lines_of(MINE) == {
        "theme": 2, "store": 3, "keymap": 7, "keymap.ticket": 8, "keymap.ticket.reply": 8, "keymap.app.undo": 10,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\ntheme = "inc"', 2, "Allowed: auto, ink"),
        ("mouse = true\nbells = true", 2, "Did you mean bell?"),
        ('mouse = "yes"', 1, "must be true or false"),
        ('theme = "ink"\n\nzone = "Europe/Berln"', 3, "Write a name such as Europe/Berlin"),
        ('zone = "../etc"', 1, "zone cannot be"),
        ("[keymap]\n[preview]", 2, "must be text in quotes"),
        ("bell = true\ntheme = ", 2, "no TOML"),
        ('store = """\nnever ended', 2, "no TOML"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path, text, line, said):
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as refused:
        read_config(path)
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert said in str(refused.value)
    with pytest.raises(ConfigError):
        load(config=path)


def test_every_fault_of_a_file_is_told():
    assert [one.line for one in faults('theme = "x"\nbell = 1\nfoo = 2\n')] == [1, 2, 3]


def test_a_line_that_is_not_utf8_is_named(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b'theme = "ink"\nzone = "K\xf6ln"\n')
    assert f"{path}:2: " in faults_of(path)[0]


def test_a_wrong_variable_is_named(tmp_path):
    with pytest.raises(ConfigError, match="AGENTDESK_THEME: theme cannot be"):
        load(environ={"AGENTDESK_THEME": "inc"}, config=None)


def test_writing_a_key_keeps_comments_order_and_every_other_key(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(MINE)
    path.chmod(0o640)
    write_preference(path, "theme", "ink")
    write_preference(path, "bell", True)
    written = path.read_text()
    assert written.replace('"ink"', '"paper"').replace("bell = true\n", "") == MINE
    assert tomllib.loads(written)["bell"] is True
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["config.toml"]


def test_a_new_file_is_its_owners_alone_and_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "dotfiles" / "desk.toml", tmp_path / "home" / "config.toml"
    link.parent.mkdir()
    link.symlink_to(real)
    write_preference(link, "theme", "clear")
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert link.is_symlink()
    assert load(config=link).theme == "clear"


def test_a_file_that_cannot_be_read_is_never_written_over(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("theme = \n")
    with pytest.raises(ConfigError, match=":1: "):
        write_preference(path, "theme", "ink")
    assert path.read_text() == "theme = \n"


def test_where_a_preference_comes_from_is_told(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('\nbell = true\nzone = "UTC"')
    held = load(config=path, agent="ana", environ={"AGENTDESK_ZONE": "Asia/Tokyo"})
    assert held.source_of("bell") == f"{path}:2"
    assert held.source_of("zone", {"AGENTDESK_ZONE": "Asia/Tokyo"}) == "AGENTDESK_ZONE"
    assert held.source_of("theme") == "default"
    assert held.source_of("agent") == "command line"
    assert place_of(path, "keymap.ticket.reply") == str(path)


def test_the_names_of_themes_are_the_themes_there_are():
    assert (AUTO, *THEMES) == NAMES


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_sequence_of_choices_is_read_back_as_it_was_made(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("config") / "config.toml"
    path.write_text(MINE)
    chosen = {}
    free = [one for one in PREFERENCES.values() if one.values]
    for _ in range(data.draw(st.integers(1, 5))):
        one = data.draw(st.sampled_from(free))
        chosen[one.key] = data.draw(st.sampled_from(one.values))
        write_preference(path, one.key, chosen[one.key])
    told = read_config(path)
    assert {key: told[key] for key in chosen} == chosen
    assert told["keymap"] == tomllib.loads(MINE)["keymap"]
    assert "# what I like" in path.read_text()
