"""A date is written by `domain.when` alone, so that it has one form wherever it is seen."""

import re
from importlib import import_module
from pathlib import Path

import pytest

_OWN = re.compile(r":%[^}\"]*[aAbBdjmyY]|strftime|isoformat")


def own_dates(folder: str) -> list[str]:
    sources = sorted(Path(import_module(f"agentdesk.{folder}").__path__[0]).glob("*.py"))
    assert sources
    return [
        f"{source.name}: {line.strip()}"
        for source in sources
        for line in source.read_text("utf-8").splitlines()
        if _OWN.search(line)
    ]


@pytest.mark.parametrize("folder", ["screens", "widgets"])
def test_no_screen_writes_a_date_in_a_way_of_its_own(folder: str) -> None:
    assert own_dates(folder) == []


@pytest.mark.parametrize("line", ['f"{at:%d %b %Y}"', 'f"{at:%Y-%m-%d %H:%M}"', "at.strftime(form)"])
def test_a_way_of_its_own_is_seen(line: str) -> None:
    assert _OWN.search(line)
