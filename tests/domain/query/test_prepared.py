"""The questions of the built-in views, which are asked before the grammar is there."""

import pytest

from agentdesk.domain.query import parse
from agentdesk.domain.query.prepared import PREPARED
from agentdesk.queries.views import BUILT_IN


@pytest.mark.parametrize("text", PREPARED)
def test_a_prepared_tree_is_what_the_text_means(text: str) -> None:
    read = parse(f" {text}")  # with a blank, so that it is read
    assert read == PREPARED[text]
    assert str(read) == str(PREPARED[text])
    assert places(parse(f"{text} ")) == places(PREPARED[text])


def places(node: object) -> list[object]:
    """Where each part of a tree stood."""
    inner = [getattr(node, name) for name in ("condition", "of") if hasattr(node, name)]
    parts = [*inner, *getattr(node, "parts", ())]
    return [getattr(node, "at", None), *map(places, parts)]


def test_every_built_in_view_is_prepared() -> None:
    assert {view.query for view in BUILT_IN} == set(PREPARED)
