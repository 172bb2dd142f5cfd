"""Every shared file that could be one of contacts, imported: who is taken for what, and every row accounted for."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.transfer.refusals import FileRefusedError
from tests.conftest import NOW, open_desk
from tests.transfer.stock import bring_in, counts
from tests.transfer.tables import SHARED

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")

TABLE = tomllib.loads(Path(__file__).with_name("golden.toml").read_text(encoding="utf-8"))
FILES = {f"{folder}/{name}": verdict for folder, names in TABLE.items() for name, verdict in names.items()}
TAKEN = {name: verdict for name, verdict in FILES.items() if isinstance(verdict, list)}


def order(name: str) -> tuple[Path, dict[str, str]]:
    """The file and the options that a line of the table is about."""
    name, _, encoding = name.partition(" --encoding ")
    return SHARED / name, {"encoding": encoding} if encoding else {}


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "empty.db"
    open_desk(str(path), FixedClock(NOW)).close()
    return path


@pytest.fixture
def empty(template: Path, tmp_path: Path):
    """A desk without customers."""
    desk = open_desk(str(shutil.copy(template, tmp_path / "desk.db")), FixedClock(NOW))
    yield desk
    desk.close()


def test_the_table_names_every_file_and_no_other():
    named = {str(order(name)[0].relative_to(SHARED)) for name in FILES}
    there = {
        str(path.relative_to(SHARED))
        for folder in ("contacts", "csv_messy", "encodings_cjk", "survey")
        for path in (SHARED / folder).rglob("*")
        if path.is_file()
    }
    assert named == there


def test_every_file_is_taken_or_refused_as_the_table_says(empty: Desk, tmp_path: Path):
    found, told = {}, {}
    for name in FILES:
        path, options = order(name)
        try:
            result = bring_in(empty, path, dry_run=True, rejects=tmp_path / "rejects", **options)
            found[name] = [result.source, result.encoding, result.delimiter, *counts(result)]
        except FileRefusedError as error:
            guess = getattr(error, "guess", "")
            found[name] = f"{type(error).__name__}{f' {guess}' if guess else ''}"
            told[str(path)] = str(error)
    assert found == FILES
    assert all(sentence.startswith(path) and "\n" not in sentence for path, sentence in told.items())


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_comes_in_as_rehearsed_and_again_changes_nothing(
    empty: Desk, tmp_path: Path, name: str
):
    path, options = order(name)
    *_, created, updated, unchanged, duplicates, rejected = TAKEN[name]
    first = bring_in(empty, path, rejects=tmp_path / "rejects", **options)
    assert counts(first) == (created, updated, unchanged, duplicates, rejected)
    again = bring_in(empty, path, rejects=tmp_path / "rejects", **options)
    assert counts(again) == (0, 0, created, duplicates, rejected)


def test_the_answers_beside_the_files_say_the_same():
    answers = json.loads((SHARED / "contacts/generated_intl/expected.json").read_text(encoding="utf-8"))
    for name, told in answers.items():
        option = " --encoding cp1252" if told["encoding"] == "cp1252" else ""
        source, encoding, delimiter, created, _, _, duplicates, rejected = FILES[
            f"contacts/generated_intl/{name}{option}"
        ]
        assert (source, encoding, delimiter) == (told["format"], told["encoding"], told["delimiter"])
        assert created == told["distinct_emails_case_insensitive"] + told["rows_without_email"]
        assert duplicates == told["rows_with_usable_email"] - told["distinct_emails_case_insensitive"]
        assert rejected == told["rows_with_broken_email"]
        assert created + duplicates + rejected == told["rows"]
