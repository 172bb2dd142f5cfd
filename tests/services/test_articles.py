"""Articles: written, found by their words, edited and retired; each step is taken back by undo."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import ConflictError, InvalidValueError
from agentdesk.models import Article
from agentdesk.queries.articles import article, articles


def write(desk: Desk, title: str, body: str = "Some words.", **more: object) -> int:
    with desk.change() as change:
        return services.add_article(change, title=title, body=body, **more).id or 0


def titles(desk: Desk, text: str = "", **how: bool) -> list[str]:
    with desk.read() as read:
        return [one.title for one in articles(read, text, **how)]


def test_an_article_is_found_by_any_beginning_of_its_words_the_best_match_first(desk: Desk) -> None:
    write(desk, "Token expired after the update", "Sign out, then in again.")
    write(desk, "How to sign in", "Some have a token from the old page. Others a token of the app.")
    write(desk, "Returns", "Within thirty days.")
    assert titles(desk) == ["Returns", "How to sign in", "Token expired after the update"]
    assert titles(desk, "tok", best=True) == ["Token expired after the update", "How to sign in"]
    assert titles(desk, "tok") == ["How to sign in", "Token expired after the update"]
    assert titles(desk, "sign token ") == ["How to sign in", "Token expired after the update"]
    assert titles(desk, "tokn ") == []
    assert titles(desk, ' "-( ') == titles(desk)


def test_an_edit_is_found_by_its_new_words_and_undo_brings_the_old_ones_back(desk: Desk) -> None:
    number = write(desk, "Returns", tags=["Send Back"], category=" Return ")
    with desk.change() as change:
        row = services.edit_article(
            change, number, {"body": "Quicksilver.", "is_published": False}, expected_version=1
        )
        assert (row.tags, row.category, row.is_published) == (["send-back"], "Return", False)
    assert titles(desk, "quicksilver") == ["Returns"]
    with pytest.raises(ConflictError), desk.change() as change:
        services.edit_article(change, number, {"body": "x"}, expected_version=1)
    with desk.change() as change:
        services.undo_change(change)
    assert titles(desk, "quicksilver") == []
    with desk.read() as read:
        found = article(read, number)
        assert found is not None
        assert (found.ref, found.state, found.short, found.author) == (
            f"KB-{number}",
            "public",
            "Some words.",
            "ana",
        )


def test_a_retired_article_is_told_no_more(desk: Desk) -> None:
    number = write(desk, "Returns")
    with desk.change() as change:
        services.retire_article(change, number)
    assert titles(desk) == titles(desk, "returns") == []
    with desk.change() as change:
        services.undo_change(change)
    assert titles(desk) == ["Returns"]


def test_half_a_year_without_a_look_is_told(desk: Desk) -> None:
    number = write(desk, "Returns")
    with desk.change() as change:
        change.get(Article, number).reviewed_at = desk.clock.now().replace(year=2025)
        services.edit_article(change, number, {"category": "Return"})
    with desk.read() as read:
        found = article(read, number)
        assert found is not None
        assert found.is_stale(read.now)
    with desk.change() as change:
        services.edit_article(change, number, {"reviewed": True})
    with desk.read() as read:
        found = article(read, number)
        assert found is not None
        assert not found.is_stale(read.now)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"title": " "}, "title is missing"),
        ({"title": "a\x1b[2Jb"}, "control characters"),
        ({"title": "x" * 201}, "at most 200"),
        ({"body": "\n"}, "write its text"),
        ({"audience": "everybody"}, "public, internal"),
    ],
)
def test_what_is_no_article_is_refused(sqlite_desk: Desk, told: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        write(sqlite_desk, **{"title": "x", **told})


def test_an_article_is_found_by_its_reference_and_by_the_beginning_of_one(desk: Desk) -> None:
    numbers = [write(desk, f"Article {at}") for at in range(1, 13)]
    assert numbers[:1] == [1]
    assert titles(desk, "KB-12") == ["Article 12"]
    assert titles(desk, "kb-1 ") == ["Article 1", "Article 10", "Article 11", "Article 12"]
    assert titles(desk, "KB", best=True) == [f"Article {at}" for at in range(1, 13)]
    assert titles(desk, "KB-5x") == titles(desk, "KB-99") == []
