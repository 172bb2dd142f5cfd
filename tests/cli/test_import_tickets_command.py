import pytest

LOG = """number,state,sys_updated_at,opened_at,caller
I1,New,2026-01-05 09:00,2026-01-05 09:00,Ann
I1,Resolved,2026-01-05 12:00,2026-01-05 09:00,Ann
"""


@pytest.fixture
def log(home):
    path = home / "log.csv"
    path.write_text(LOG)
    return path


def test_a_map_is_drafted_and_then_imported_by(office, log, home):
    rules = home / "map.toml"
    drafted = office("import", "tickets", str(log), "--write-map", str(rules))
    assert (drafted.code, drafted.out) == (0, "")
    told = office("import", "tickets", str(log), "--map", str(rules), "--json").json
    assert (told["kind"], told["rows"], told["created"], told["updated"]) == ("tickets", 2, 1, 1)
    assert office("import", "undo", str(told["batch"]), "--yes").code == 0


def test_a_draft_never_overwrites_a_map(office, log, home):
    rules = home / "map.toml"
    rules.write_text("mine")
    answer = office("import", "tickets", str(log), "--write-map", str(rules))
    assert answer.code == 1
    assert "already" in answer.err
    assert rules.read_text() == "mine"


def test_without_a_map_the_way_to_one_is_told(office, log):
    answer = office("import", "tickets", str(log))
    assert answer.code == 1
    assert "no system is recognised by its columns" in answer.err
    assert "--write-map" in answer.err
