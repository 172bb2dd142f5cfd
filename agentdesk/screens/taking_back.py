"""Back and on again: changes by the journal, a draft that was just discarded, and what was written and not sent."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from agentdesk.desk import Desk
from agentdesk.domain.errors import StuckError, WholeImportError
from agentdesk.screens.discarded import Discarded
from agentdesk.screens.half_typed import HalfTyped
from agentdesk.screens.type_ahead import PatientApp
from agentdesk.screens.under_way import ask_for_import, at_stake, open_pages
from agentdesk.screens.unsent import Unsent
from agentdesk.screens.writing import import_writing


class TakingBackApp(PatientApp, inherit_bindings=False):
    """An app over an open desk whose last step can be taken back."""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(**named)
        self.desk = desk
        self._unsent = Unsent(desk)
        self._beside = set[int]()
        """Changes that could not be taken back: the next z goes on to the one before."""
        self._discarded: Discarded | None = None
        self._way_back: Callable[[], bool] | None = None
        """Of what is no change, as marks: z goes it first."""
        self.half_typed = HalfTyped()
        self._has_brought_back = False
        """Whether the last z brought a draft back: there is nothing in the journal to do again."""

    def action_undo_last(self) -> None:
        """Bring back what was just let go or discarded, else take back the last change; one that is stuck is said once, then passed over."""
        if told := at_stake(open_pages(self)):
            self.say(f"{told} z waits until then: esc on its page stops it.", severity="warning")
            return
        way_back, self._way_back = self._way_back, None
        if way_back is not None and way_back():
            return
        gone, self._discarded = self._discarded, None
        if gone is not None:
            self._bring_back(gone)
            return
        self._walk_back(spares_imports=True)

    def _walk_back(self, *, spares_imports: bool) -> None:
        beside = frozenset(self._beside)
        self._walk("undo_change", "Took back", beside=beside, spares_imports=spares_imports)

    def action_redo_last(self) -> None:
        """Do again what was taken back."""
        if self._has_brought_back:
            self.say("The draft is back; to discard it again: b, then F2 and d.")
            return
        self._walk("redo_change", "Did again")

    def discarded(self, gone: Discarded) -> None:
        """An agent has thrown away what they wrote: until something else is done, z brings it back."""
        self._discarded, self._way_back = gone, None
        self.say(f"Discarded {gone.what} · z brings it back")

    def hold_way_back(self, way_back: Callable[[], bool] | None) -> None:
        """Until something else is done, z calls this; see `screens.protocol.Console`."""
        self._way_back = way_back

    def hold_back_undo(self, why: str) -> None:
        """Until something else is done, the first z only says what the next one takes back; what was let go comes first."""
        if self._way_back is None and self._discarded is None:
            self._way_back = partial(self._tell_next, why)

    def _tell_next(self, why: str) -> bool:
        def run() -> None:
            import_writing()
            from agentdesk import services

            try:
                with self.desk.change() as change:
                    words = services.next_undo(change, beside=frozenset(self._beside))
            except Exception as error:  # noqa: BLE001  the one place that tells
                self.call_from_thread(self._refused, error, None)
            else:
                then = f"z again takes back: {words}" if words else "There is nothing of yours to take back."
                self.call_from_thread(self.say, f"{why} {then}")

        self._in_thread(run)
        return True

    def _bring_back(self, gone: Discarded) -> None:
        def run() -> None:
            try:
                import_writing()
                with self.desk.change(summary="bring a draft back") as change:
                    gone.bring_back(change)
            except Exception as error:  # noqa: BLE001  the one place that tells
                self._discarded = gone
                self.call_from_thread(self._refused, error, None)
            else:
                self._has_brought_back = True
                self.call_from_thread(self._walked, f"Your {gone.what} is a draft again · b goes on with it")

        self._in_thread(run)

    def forget_ways_back(self) -> None:
        """Something new was done: that is what z takes back now."""
        self._beside.clear()
        self._discarded, self._has_brought_back, self._way_back = None, False, None

    def _walk(self, name: str, verb: str, **options: Any) -> None:
        self._discarded, self._has_brought_back = None, False

        def run() -> None:
            try:
                import_writing()
                from agentdesk import services
                from agentdesk.screens.undo_words import words_of

                with self.desk.change() as change:
                    told = getattr(services, name)(change, **options)
                words = words_of(self.desk, told)
            except Exception as error:  # noqa: BLE001  the one place that tells
                self.call_from_thread(self._refused, error, self._is_told)
            else:
                self.call_from_thread(self._walked, f"{verb}: {words}")

        self._in_thread(run)

    def _is_told(self, error: BaseException) -> bool:
        """What is no plain refusal: a whole import is asked about, one that is stuck is passed over next time."""
        if isinstance(error, WholeImportError):
            ask_for_import(self, error.number, error.words, lambda: self._walk_back(spares_imports=False))
            return True
        if isinstance(error, StuckError):
            self._beside.add(error.number)
            self.say(f"{error.why} z again goes on to: {error.words}", severity="warning")
        return isinstance(error, StuckError)

    def _walked(self, sentence: str) -> None:
        self._unsent.begin_again()
        self.say(sentence)
        self.reread()

    def offer_unsent(self) -> None:
        """Say in a thread what was written and not sent, as after a crash."""
        if words := self._unsent.words():
            self.call_from_thread(self.say, words)

    def offer_unsent_soon(self) -> None:
        """Say it once, beside what goes on."""
        self._in_thread(self.offer_unsent, "unsent")

    def action_resume(self) -> None:
        """Go on with what was written and not sent: the newest first, then the others."""
        found = self._unsent.next()
        if found is None:
            self.say("Everything you wrote is sent.")
        else:
            cast("Any", self).show("compose", [found[0]], kind=found[1].value)

    # What the console is to say and read, see `screens.console`.

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """A toast."""
        raise NotImplementedError

    def reread(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def _refused(self, error: BaseException, failed: Callable[[BaseException], object] | None) -> None:
        raise NotImplementedError

    def _in_thread(self, run: Callable[[], object], group: str = "desk") -> None:
        self.run_worker(run, thread=True, group=group, exit_on_error=False)
