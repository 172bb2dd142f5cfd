import shlex

import pytest

from agentdesk.cli.argv import FLAGS, VALUED
from agentdesk.cli.docs import COMMANDS, FOLDER, KEYS, pages, walk
from agentdesk.cli.lazy import DeskCommand, LazyGroup
from agentdesk.cli.tree import ROOT
from tests.hostile.lines import COMMANDS as EVERY

TREE = list(walk())
LEAVES = [(command, context) for command, context in TREE if isinstance(command, DeskCommand)]


@pytest.mark.parametrize("name", [COMMANDS, KEYS])
def test_page_is_what_the_program_says(name):
    path = FOLDER / name
    if not FOLDER.is_dir():
        pytest.skip("the docs are not part of an installed package")
    assert path.read_text(encoding="utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize(("command", "context"), TREE, ids=lambda one: getattr(one, "command_path", ""))
def test_every_help_ends_with_an_example(command, context):
    text = command.get_help(context)
    example = command.words[1] if isinstance(command, DeskCommand) else command.example
    assert example
    assert all(f"  {line}" in text for line in example.splitlines())


@pytest.mark.parametrize(("command", "context"), LEAVES, ids=lambda one: getattr(one, "command_path", ""))
def test_example_is_about_its_command_and_uses_options_that_exist(command, context):
    own = {option for param in command.get_params(context) for option in param.opts}
    options = own | {"--json", *VALUED, *FLAGS}
    example = command.words[1]
    assert context.command_path in example
    for line in example.splitlines():
        for part in line.split("|"):
            if f"{context.command_path} " in f"{part} ":
                used = {word.partition("=")[0] for word in shlex.split(part) if word.startswith("--")}
                assert used <= options


def test_table_says_of_each_command_what_its_docstring_says():
    told = {
        context.command_path: command.words[0].split("\n\n")[0].replace("\n", " ")
        for command, context in LEAVES
    }
    listed = {f"agentdesk {name}": leaf.help for name, leaf in EVERY.items()}
    assert told == listed


def test_every_option_and_argument_has_a_help_sentence():
    bare = [
        f"{context.command_path} {param.name}"
        for command, context in TREE
        for param in command.get_params(context)
        if not getattr(param, "help", None)
    ]
    assert bare == []


def test_no_command_has_a_short_option_that_a_query_could_mean():
    short = [
        (context.command_path, option)
        for command, context in LEAVES
        for param in command.get_params(context)
        for option in param.opts
        if not option.startswith("--") and option.startswith("-") and option != "-h"
    ]
    assert short == []


def test_groups_list_what_the_table_has():
    root = TREE[0][0]
    assert isinstance(root, LazyGroup)
    assert root.list_commands(None) == list(ROOT)
