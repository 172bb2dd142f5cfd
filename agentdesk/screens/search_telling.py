"""What the search says in words: its tabs with exact counts, how far it has read, and what to do where nothing is found."""

from collections.abc import Mapping

from textual.content import Content

from agentdesk.domain.search_words import Wanted
from agentdesk.queries.search import WINDOW
from agentdesk.screens.search_source import SHORT, TABS, Question, asks_a_field
from agentdesk.widgets.bar import Piece
from agentdesk.widgets.safe import content


def tab_names(counts: Mapping[str, int], *, is_short: bool) -> list[str]:
    """`Tickets 30`; without a number until they are counted."""
    names = []
    for name, kinds in TABS.items():
        told = SHORT.get(name, name) if is_short else name
        names.append(f"{told} {sum(counts[one] for one in kinds):,}".replace(",", " ") if counts else told)
    return names


def hint(text: str, *, is_short: bool) -> Content:
    """What can be typed; for `field:value`, where that is asked."""
    if field := asks_a_field(text):
        told = f"{field} is looked for as words. To ask by field: 1 for the queue, / and {field}"
        return content(told, "$soon")
    keys = "enter the hits · o the best first" if is_short else "enter to the hits, o the best match first"
    return content(f'words · "side by side" · begin* · {keys}', "$faint")


def status(question: Question, shown: int, total: int | None, marked: int, tickets: int) -> list[Piece]:
    """How many there are and how many of them are in hand; nothing is left out without saying so."""
    if not question.asked.parts:
        return [Piece((("Nothing is asked yet", "$faint"),))]
    pieces = [Piece(((str(question.asked), "$ink"),), gap=3)]
    if marked:
        of = f" · {tickets:,} ticket{'' if tickets == 1 else 's'}"
        pieces.append(Piece(((f"{marked:,} marked{of}".replace(",", " "), "bold $soon"),), gap=3))
    if total is not None:
        whole = f"{total:,} hit{'' if total == 1 else 's'}"
        told = whole if shown >= total else f"{shown:,} of {whole}"
        pieces.append(Piece(((told.replace(",", " "), "$muted"),), 1, gap=3))
        if question.limit <= shown < total:
            pieces.append(Piece((("> loads more", "$muted"),), 2, gap=3))
    order = f"best of the newest {WINDOW:,}".replace(",", " ") if question.is_best else "newest first"
    return [*pieces, Piece(((order, "$faint"),), 3, is_right=True, gap=0)]


def empty(asked: Wanted, *, is_counted: bool) -> Content:
    """The page instead of an empty list."""
    if not asked.parts:
        return Content.assemble(
            ("One box over everything.\n\n", "bold $ink"),
            ("Every word has to be there, in a subject, a message, a customer, an organization or an article.\n", "$muted"),
            ("What you find you can act on as in the queue: ", "$muted"), ("space", "bold $here"), (" marks, ", "$muted"),
            ("*", "bold $here"), (" marks all, and the letters do what they do there.", "$muted"),
        )  # fmt: skip
    if not is_counted:
        return content("Looking…", "$faint")
    return Content.assemble(
        ("Nothing here holds ", "bold $ink"), content(asked, "bold $ink"), (".\n\n", ""),
        ("Try fewer words, or the beginning of one: refu*. ", "$muted"),
        ("l", "bold $here"), (" looks at another kind, ", "$muted"), ("g", "bold $here"), (" goes to a number.", "$muted"),
    )  # fmt: skip
