from pathlib import Path

from tests.demo.sample import copied_to


def test_demo_without_a_terminal_builds_the_desk_once_prints_its_queue_and_leaves_the_users_own_alone(
    cli, home
):
    first = cli("demo", "--seed", "7")
    assert first.code == 0
    assert "Building a sample desk" in first.err
    assert first.out.count("\n") > 10
    assert not (home / "desk.db").exists()
    [sample] = (home / "home").rglob("demo.db")
    again = cli("demo", "--path", str(sample), "--no-console", "--json")
    assert "used as it is" in again.err
    assert len(again.json) == first.out.count("\n") - 1


def test_demo_names_the_program_as_it_was_called(cli, home, monkeypatch):
    sample = copied_to(home)
    monkeypatch.setenv("LOGNAME", "newcomer")  # who that desk was built for
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.argv", [".venv/bin/agentdesk"])
    assert f"with: .venv/bin/agentdesk --store {sample} --as " in cli("demo", "--path", sample).err


def test_make_demo_says_what_takes_time_and_where_to_go_on():
    recipe = (Path(__file__).resolve().parents[2] / "Makefile").read_text()
    assert "Installing AgentDesk" in recipe
    assert "$(BIN)/agentdesk --store build/demo.db --help" in recipe


def test_demo_in_a_place_that_cannot_be_leaves_nothing_behind(cli, home):
    (home / "file").write_text("")
    answer = cli("demo", "--path", str(home / "file" / "demo.db"))
    assert answer.code == 1
    assert answer.err.splitlines()[-1].startswith("agentdesk: ")
    assert sorted(one.name for one in home.iterdir()) == ["file"]


def test_a_practice_desk_says_so_in_every_report_and_nothing_takes_that_away(cli, home):
    sample = home / "practice.db"
    cli("demo", "--path", str(sample))
    store = ("--store", str(sample), "--as", "ana")
    for form in ("text", "md", "csv", "json"):
        answer = cli(*store, "report", "queue", "--format", form)
        assert "practice" in answer.out.lower()
        assert "practice desk: nothing in it is real" in answer.err
    assert cli(*store, "setting", "unset", "practice").code == 1
    assert "practice" not in cli(*store, "log", "--limit", "0").out


def test_without_a_terminal_the_steps_of_the_tour_are_printed(cli):
    answer = cli("tour")
    assert answer.code == 0
    assert "Press j." in answer.out
    assert len(cli("tour", "--json").json) == answer.out.count("\n") - 1
