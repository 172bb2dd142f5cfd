"""What each face loads, asked of a fresh interpreter: start-up time is decided by imports."""

import subprocess
import sys

import pytest

HEAVY_OF_THE_STORE = ("sqlalchemy", "sqlmodel", "pydantic", "alembic")


def loaded_after(code: str, tmp_path) -> set[str]:
    """The top-level modules and our own modules that are loaded once `code` has run."""
    ask = f"""
import sys
try:
    {code}
except SystemExit:
    pass
sys.stderr.write("LOADED " + " ".join(sys.modules))
"""
    environment = {
        "PATH": "",
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "AGENTDESK_STORE": str(tmp_path / "desk.db"),
        "SYSTEMROOT": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, env=environment, check=True
    )
    return set(done.stderr.partition("LOADED ")[2].split())


@pytest.fixture
def store(tmp_path):
    loaded_after("from agentdesk.__main__ import main; main(['init'])", tmp_path)
    assert (tmp_path / "desk.db").exists()
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [["--help"], ["ticket", "--help"], ["tickt"], []],
    ids=" ".join,
)
def test_help_and_slips_load_nothing_of_ours_but_the_command_line(line, tmp_path):
    modules = loaded_after(f"from agentdesk.__main__ import main; main({line})", tmp_path)
    assert not modules & {"textual", "rich", "sqlite3", "pysqlite3", "platformdirs", *HEAVY_OF_THE_STORE}
    ours = {name for name in modules if name.startswith("agentdesk.")}
    light = {
        "agentdesk.domain",
        "agentdesk.domain.errors",
        "agentdesk.domain.safe_text",
        "agentdesk.__main__",
    }
    assert {name for name in ours - light if not name.startswith("agentdesk.cli")} == set()


def test_version_is_answered_without_typer(tmp_path):
    modules = loaded_after("from agentdesk.__main__ import main; main(['--version'])", tmp_path)
    assert not modules & {"typer", "textual", "rich", *HEAVY_OF_THE_STORE}


@pytest.mark.parametrize(
    "line",
    [
        ["ticket", "list"],
        ["ticket", "list", "is:open", "--json"],
        ["customer", "list"],
        ["view", "list"],
        ["calendar", "list"],
        ["agent", "list"],
        ["shift", "list"],
        ["rule", "list"],
        ["calendar", "show", "24x7"],
        ["policy", "list"],
        ["agreement", "list"],
        ["sla", "due", "--calendar", "24x7", "--start", "2026-03-02T10:00Z", "--target", "4h"],
        ["log"],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_reading_loads_neither_textual_nor_the_orm(line, store):
    modules = loaded_after(f"from agentdesk.__main__ import main; main({line})", store)
    assert not modules & {"textual", *HEAVY_OF_THE_STORE}


@pytest.mark.parametrize(
    ("line", "is_loaded"),
    [
        (["ticket", "list"], False),
        (["ticket", "list", "is:open"], False),
        (["ticket", "list", "--view", "Mine"], False),
        (["view", "list"], False),
        (["ticket", "list", "is:open tag:vat"], True),
    ],
    ids=str,
)
def test_the_grammar_is_loaded_for_a_question_that_is_not_known(line, is_loaded, store):
    modules = loaded_after(f"from agentdesk.__main__ import main; main({line})", store)
    assert ("lark" in modules) is is_loaded


@pytest.mark.parametrize("module", ["agentdesk.desk", "agentdesk.services", "agentdesk.queries.filters"])
def test_what_both_faces_stand_on_loads_no_face_and_no_orm(module, tmp_path):
    modules = loaded_after(f"import {module}", tmp_path)
    assert not modules & {"textual", "typer", *HEAVY_OF_THE_STORE}


def test_console_loads_neither_typer_nor_the_orm(tmp_path):
    pytest.importorskip("agentdesk.app")
    modules = loaded_after("import agentdesk.app", tmp_path)
    assert not modules & {"typer", *HEAVY_OF_THE_STORE}


def test_the_queue_is_painted_before_the_query_language_is_loaded(tmp_path):
    modules = loaded_after("import agentdesk.app, agentdesk.screens.queue", tmp_path)
    late = {"agentdesk.domain.query", "agentdesk.queries.filters", "agentdesk.screens.queue_reads"}
    assert not modules & {"typer", "lark", *late, *HEAVY_OF_THE_STORE}
