"""Every key means one thing where it works, and every chord has a twin that any terminal can send."""

import pytest

from agentdesk.commands.keymap import NO_KEY, KeymapError, check_keymap
from agentdesk.commands.registry import (
    PLACES,
    SCOPES,
    all_commands,
    bindings,
    by_id,
    in_place,
    is_sign,
    keys_table,
    shown,
)


def keys_of(command):
    return [key.strip() for key in command.keys.split(",")]


def test_an_id_names_one_command_and_begins_with_its_scope():
    assert len(by_id()) == len(all_commands())
    for name, scope in SCOPES.items():
        assert all(one.scope == name for one in scope.commands)


def test_the_default_keys_have_no_conflict_in_any_place():
    assert check_keymap({}) == {}


@pytest.mark.parametrize("command", all_commands(), ids=lambda one: one.id)
def test_a_ctrl_chord_has_a_plain_or_function_key_twin(command):
    if any(key.startswith("ctrl+") for key in keys_of(command)):
        assert any("+" not in key for key in keys_of(command))


@pytest.mark.parametrize("command", [one for one in all_commands() if one.priority], ids=lambda one: one.id)
def test_a_key_that_works_while_typing_is_no_letter(command):
    assert all(len(key) > 1 for key in keys_of(command))


@pytest.mark.parametrize("place", PLACES)
def test_a_footer_has_room_for_its_keys(place):
    from agentdesk.widgets.key_bar import MOST

    ranks = [one.footer for one in in_place(place) if one.footer]
    assert len(ranks) == len(set(ranks))
    assert len(ranks) <= MOST


def test_help_is_in_the_footer_of_every_place_that_reads_the_app_keys():
    for place, scopes in PLACES.items():
        if "app" in scopes:
            assert any(one.id == "app.help" and one.footer == 1 for one in in_place(place))


def test_bindings_carry_the_ids_a_keymap_names():
    assert {one.id for one in bindings("queue")} == {one.id for one in SCOPES["queue"].commands}


def test_the_table_of_keys_tells_the_users_own():
    table = {command_id: keys for _, keys, _, command_id in keys_table({"ticket.reply": "ctrl+r,f7"})}
    assert table["ticket.reply"] == "^r F7"
    assert table["app.help"] == "? F1"


@pytest.mark.parametrize(
    ("keymap", "said"),
    [
        ({"ticket.rely": "x"}, "Did you mean ticket.reply?"),
        ({"ticket.reply": "blub"}, "blub is no key"),
        ({"ticket.reply": "a"}, "both ticket.reply and ticket.assign"),
        ({"app.quit": "x"}, "would be lost to typing"),
        ({"ticket.reply": 7}, "must be text"),
    ],
)
def test_a_wrong_keymap_is_refused_with_the_file_and_the_reason(tmp_path, keymap, said):
    with pytest.raises(KeymapError) as refused:
        check_keymap(keymap, tmp_path / "config.toml")
    assert said in str(refused.value)
    assert "config.toml" in str(refused.value)


def test_two_commands_may_swap_their_keys():
    swapped = {"ticket.reply": "a", "ticket.assign": "r"}
    assert check_keymap(swapped) == swapped


def test_an_empty_key_takes_the_command_off_the_keyboard():
    assert (
        check_keymap({"ticket.macro": ""} if "ticket.macro" in by_id() else {"ticket.why": ""}).popitem()[1]
        == NO_KEY
    )


def test_a_table_in_a_table_is_read_as_toml_means_it():
    assert check_keymap({"ticket": {"reply": "f6"}}) == {"ticket.reply": "f6"}


def test_signs_are_shown_as_signs() -> None:
    keys = {key for one in all_commands() for key in one.keys.split(",") if key.isalpha() or "_" in key}
    assert not [key for key in keys if is_sign(key) and len(shown(key)) > 1]
    assert (shown("tilde"), shown("full_stop")) == ("~", ".")
