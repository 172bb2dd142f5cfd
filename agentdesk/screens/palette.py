"""The palette: any command by its words, any record by what it says; what was chosen lately comes first."""

from collections.abc import Sequence
from time import sleep
from typing import Any, ClassVar, cast

from textual.content import Content
from textual.worker import get_current_worker

from agentdesk.commands.command import Command
from agentdesk.commands.registry import PLACES, SCOPES, all_commands, in_place, shown_keys, with_keys
from agentdesk.desk import Desk
from agentdesk.domain.safe_text import clip, line, pad
from agentdesk.domain.search_words import beginning, wanted
from agentdesk.screens.frame import REST
from agentdesk.screens.help import KEYS, FinderScreen, command_lines
from agentdesk.screens.palette_things import Thing, named_here, thing_of
from agentdesk.widgets.finder import Finder, Line
from agentdesk.widgets.fitting import fitting

MOST = 8
"""Commands, things with names, and records that are shown for words, of each so many."""
REST_OF_IT = "Type on; 6 searches all that was written, / in the customers all of them."
"""How to come to what is not shown."""
LABEL = 14
"""Cells for the name of a command."""


class PaletteScreen(FinderScreen):
    """Commands first, then what has a name, then what the store finds; dismissed with a command or a `Thing`.

    Args:
        desk: The desk.
        place: Where you were.
        recent: What was chosen lately, the last first.
        named: For the screen of help.
    """

    heading: ClassVar[str] = "Palette"
    placeholder: ClassVar[str] = "a command, a ticket, a customer, a view, a macro, any words"

    def __init__(
        self, desk: Desk, place: str = "queue", *, recent: Sequence[Command | Thing] = (), **named: Any
    ) -> None:
        super().__init__(desk, place, **named)
        self._recent = recent
        self._records: list[Thing] = []
        self._left_out: list[str] = []
        self._named: list[Thing] = named_here()

    def on_mount(self) -> None:
        """Commands, until something is typed; names are read meanwhile."""
        self.find("")
        self.run_worker(self._read_names, thread=True, group="names", exit_on_error=False)

    def find(self, text: str) -> None:
        """Commands and names at once, records once the typing rests."""
        if not text.strip():
            self._records, self._left_out = [], []
        self._put(text)
        if text.strip():
            self._search(text)

    def _put(self, text: str) -> None:
        typed = text.strip()
        if not typed:
            lines = [self._line(one) for one in self._recent]
            heading = [Line(Content.styled("Lately", "$faint"))] if lines else []
            others = command_lines(self.place, "", self.desk.settings.keymap, self.why_not)
            first = others[0]
            others[0] = Line(Content.styled("\n", "") + first.text, None) if lines else first
            self.query_one(Finder).put([*heading, *lines, *others])
            return
        found = fitting(typed, self._everything(), name=_name, about=_about)
        commands = [one for one in found if isinstance(one, Command)]
        things = [one for one in found if isinstance(one, Thing)]
        more = [*_over(things), *self._left_out]
        commands = commands[:MOST]
        commands.sort(key=lambda one: one.id in self.why_not)  # what can be done now comes first
        found = sorted([*commands, *things[:MOST]], key=lambda one: one not in self._recent)
        lines = [self._line(one) for one in [*found, *self._records]]
        told = f"… and more: {', '.join(more)}. {REST_OF_IT}" if more else "Nothing fits these words."
        if more or not lines:
            lines.append(Line(Content.styled(told, "$faint")))
        self.query_one(Finder).put(lines)

    def _everything(self) -> list[Command | Thing]:
        """Commands that work here, those of other places, and what has a name."""
        keymap = self.desk.settings.keymap
        here = in_place(self.place, keymap)
        known = {one.id for one in here}
        others = [one for one in with_keys(all_commands(), keymap) if one.id not in known]
        return [*here, *others, *self._named]

    def _line(self, one: Command | Thing) -> Line:
        if not isinstance(one, Command):
            return Line(_thing_row(one), one, KEYS + 1)
        reason = self.why_not.get(one.id) or elsewhere(one, self.place)
        tone = "$faint" if reason else "$ink"
        keys = (pad(shown_keys(one), KEYS), "$faint" if reason else "bold $here")
        told = reason or one.help
        row = Content.assemble(keys, " ", (pad(one.label, LABEL), tone), " ", (told, "$faint"))
        return Line(row, one, KEYS + LABEL + 2)

    def _read_names(self) -> None:
        from agentdesk.queries.named import named_things

        try:
            with self.desk.read() as read:
                found = [
                    Thing(one.kind, one.key, line(one.name), line(one.about)) for one in named_things(read)
                ]
        except Exception as error:  # noqa: BLE001  the console knows what to say; the commands are there without
            self.app.call_from_thread(cast("Any", self.app).report, error)
        else:
            self.app.call_from_thread(self._know, found)

    def _know(self, found: list[Thing]) -> None:
        self._named = [*found, *self._named]
        if self.is_attached and (text := self.query_one(Finder).text).strip():
            self._put(text)

    def _search(self, text: str) -> None:
        def run() -> None:
            from agentdesk.queries.search import search

            worker = get_current_worker()
            sleep(REST)
            if worker.is_cancelled:  # more was typed
                return
            people = " ".join(beginning(word) for word in text.split())
            with self.desk.read() as read:
                known = search(read, people, limit=MOST // 2 + 1, kinds=("customer", "organization"))
                told = search(read, wanted(text, is_typing=True), limit=MOST + 1, kinds=("ticket", "message"))
            cut = [
                *(["customers"] if len(known) > MOST // 2 else []),
                *(["tickets"] if len(told) > MOST else []),
            ]
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take, text, [*known[: MOST // 2], *told[:MOST]], cut)

        self.run_worker(run, thread=True, exclusive=True, group="search", exit_on_error=False)

    def _take(self, text: str, found: Sequence[Any], cut: list[str]) -> None:
        if text == self.query_one(Finder).text:
            self._left_out = cut
            self._records = list(dict.fromkeys(thing_of(one) for one in found))
            self._put(text)


def _over(things: Sequence[Thing]) -> list[str]:
    """How many things with names are not shown; commands fit loosely, so nobody misses those."""
    over = len(things) - MOST
    return [f"{over} name{'' if over == 1 else 's'}"] if over > 0 else []


def elsewhere(command: Command, place: str) -> str:
    """Where a command works that does not work here."""
    scope = command.scope
    if scope in PLACES.get(place, ("app",)):
        return ""
    return f"Works {SCOPES[scope].title[0].lower()}{SCOPES[scope].title[1:]}."


def _name(one: Command | Thing) -> str:
    return one.label if isinstance(one, Command) else one.name


def _about(one: Command | Thing) -> str:
    return f"{one.help} {one.id}" if isinstance(one, Command) else one.kind


def _thing_row(thing: Thing) -> Content:
    return Content.assemble(
        (pad(thing.kind, KEYS), "$waiting"), " ", (clip(thing.name, 44), "$ink"), (f"  {clip(thing.about, 40)}", "$faint")
    )  # fmt: skip
