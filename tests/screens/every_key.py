"""Every command of the console with a way to try it on `trial_desk`; one that is missing here fails by its name.

`seen` is what its key does, `then` finishes what it begins, `back` says how it is taken back. See `trial.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.vocabulary import Origin, Role
from tests.screens.trial import AGAIN, ASKS, UNDO, Trial, at, moves, says, shows, turns

BO = Actor(2, "bo", "Bo Larsen", Role.AGENT)


@contextmanager
def renamed_by_bo(desk: Desk) -> Iterator[None]:
    """Somebody else gives the first tickets another subject, and later the old one again."""
    from agentdesk import services

    with desk.store.change(desk.clock, BO, Origin.CONSOLE) as change:
        for ticket_id in (1001, 1025):
            services.edit_ticket(change, ticket_id, {"subject": "Renamed by bo"})
    yield
    with desk.store.change(desk.clock, BO, Origin.CONSOLE) as change:
        services.undo_change(change)


@contextmanager
def third_twin(desk: Desk) -> Iterator[None]:
    """Somebody else adds one more who may be Dana, and later takes that back."""
    from agentdesk import services

    with desk.store.change(desk.clock, BO, Origin.CONSOLE) as change:
        services.create_customer(change, name="Kim, Dana", email="dana+3@hooli.example")
    yield
    with desk.store.change(desk.clock, BO, Origin.CONSOLE) as change:
        services.undo_change(change)


@contextmanager
def practising(desk: Desk) -> Iterator[None]:
    """The desk is one to practise on: the tour begins here, and no other desk is built and opened."""
    desk.is_practice = True
    yield
    desk.is_practice = False


def _page(before: Any) -> int:
    return int(before.facts["rows"]) - 1


WRITE, LAST = ("=Hello", "f2"), ("list.bottom",)
ANSWER, ASKED = ("app.inbox",), ("app.inbox", "inbox.next_tab")
TOLD = ("app.inbox", "inbox.previous_tab")
REPORT = ("app.reports",)
CLOCKS = ("app.goto", "=1026", "enter", "ticket.clocks")
LONG = ("app.goto", "=1003", "enter")
LETTER = ("ticket.reply", "=Hello")
REVIEW = (*LETTER, "editor.send")
CUSTOMER = ("ticket.customer",)
NEW = ("tab", "=Cup", "f2")
ASK = (*"bill", "enter", "tab", *"defect", "enter", "tab", "tab", "=Please look", "f2")
REFUND = ("app.goto", "=T-1001", "enter")
GAP = ("ticket.reply", "=Hello {{customer.phone}}")
FORWARD = ("=help@bank.example", "f2", "y")
KNOWN = ("app.knowledge",)
LEAFLET = ("=How to return it", "f2", "=So.", "f2")
MERGED = ("app.goto", "=T-1022", "enter")
EARLIER = ("queue.query", "=invoice", "enter", "queue.query")
FOUND = ("app.search", "escape", "search.query", "=invoice", "enter")
CHOICE = ("app.preferences",)
BOTH = ("app.customers",)
PAIRS = ("app.customers", "customers.duplicates")
BRING = ("app.imports", "imports.new")
PLAN = (*BRING, f"={Path(__file__).with_name('contacts.csv')}", "f2")
BROUGHT = (*PLAN, "plan.apply", "f2")
TOP = (*REPORT, "reading.page_up")

TRIALS: dict[str, Trial] = {
    "app.queue": Trial(at("queue"), ("app.customers",)),
    "app.customers": Trial(at("customers")),
    "app.knowledge": Trial(at("knowledge")),
    "app.reports": Trial(at("reports")),
    "app.inbox": Trial(at("inbox")),
    "app.goto": Trial(at("goto")),
    "app.search": Trial(at("search")),
    "app.resume": Trial(at("compose"), (*LETTER, "editor.leave")),
    "app.undo": Trial(says("Took back"), ("ticket.priority", "=low", "f2"), back=AGAIN),
    "app.redo": Trial(says("Did again"), ("ticket.priority", "=low", "f2", "app.undo"), back=UNDO),
    "app.refresh": Trial(shows("Renamed by bo"), meanwhile=renamed_by_bo),
    "app.help": Trial(at("help")),
    "app.palette": Trial(at("palette")),
    "app.jump": Trial(at("jump")),
    "app.preferences": Trial(at("preferences")),
    "app.imports": Trial(at("imports")),
    "app.theme": Trial(turns("theme")),
    "app.record": Trial(says("Recording keys"), tidy=("app.record",)),
    "app.play": Trial(at("play"), ("app.record", "list.down", "app.record")),
    "app.suspend": Trial(says("cannot put the console aside")),
    "app.tour": Trial(shows("TOUR 1/"), ("app.palette", "=Tour"), then=("escape",), meanwhile=practising),
    "app.practice": Trial(
        says("This is the practice desk"), ("app.palette", "=nothing is real"), meanwhile=practising
    ),
    "app.leave": Trial(at("queue"), ("list.open",)),
    "app.quit": Trial(turns("is leaving", True)),
    "list.down": Trial(moves(lambda _: 1)),
    "list.up": Trial(moves(lambda _: -1), LAST),
    "list.top": Trial(turns("cursor", 0), LAST),
    "list.bottom": Trial(moves(lambda before: before.facts["total"])),
    "list.page_down": Trial(moves(_page)),
    "list.page_up": Trial(moves(lambda before: -_page(before)), LAST),
    "list.half_down": Trial(moves(lambda before: before.facts["rows"] // 2)),
    "list.half_up": Trial(moves(lambda before: -(before.facts["rows"] // 2)), LAST),
    "list.mark": Trial(turns("marks", 1)),
    "list.range": Trial(turns("marks", 1), tidy=("escape",)),
    "list.open": Trial(at("ticket")),
    "queue.query": Trial(turns("focus", "QuestionLine"), tidy=("escape",)),
    "queue.next_view": Trial(turns("view"), tidy=("queue.previous_view",)),
    "queue.previous_view": Trial(turns("view"), tidy=("queue.next_view",)),
    "queue.sort": Trial(at("sort")),
    "queue.save_view": Trial(at("save_view"), then=("=Mine today", "f2"), back=UNDO, tidy=("queue.back",)),
    "queue.columns": Trial(at("columns")),
    "queue.group": Trial(shows("by queue"), tidy=("queue.group", "queue.group")),
    "queue.mark_all": Trial(lambda before, after: after.facts["marks"] == before.facts["total"]),
    "queue.preview": Trial(turns("panes"), tidy=("queue.preview",)),
    "queue.preview_place": Trial(says("no room beside the list"), tidy=("queue.preview",)),
    "queue.practice": Trial(says("offered where a desk is empty")),
    "queue.new": Trial(at("new_ticket"), then=NEW, back=UNDO),
    "queue.back": Trial(turns("marks", 0), ("list.mark",)),
    "ticket.reply": Trial(at("compose"), then=(*WRITE, "y"), back=UNDO),
    "ticket.note": Trial(at("compose"), then=(*WRITE, "y"), back=UNDO),
    "ticket.forward": Trial(at("compose"), then=FORWARD, back=UNDO),
    "ticket.assign": Trial(at("assign"), then=("=bo l", "enter"), back=UNDO),
    "ticket.take": Trial(says("Took"), back=UNDO),
    "ticket.take_next": Trial(says("Took T-"), back=UNDO),
    "ticket.status": Trial(at("status"), then=("=solved", "f2"), back=UNDO),
    "ticket.priority": Trial(at("priority"), then=("=low", "f2"), back=UNDO),
    "ticket.tags": Trial(at("tags"), then=("=blue", "enter", "f2"), back=UNDO),
    "ticket.edit": Trial(at("edit"), then=("=Another subject", "f2"), back=UNDO),
    "ticket.snooze": Trial(at("snooze"), then=("=tomorrow", "f2"), back=UNDO),
    "ticket.escalate": Trial(at("escalation"), then=ASK, back=UNDO),
    "ticket.merge": Trial(at("merge"), then=("=T-1002", "enter", "f2"), back=UNDO),
    "ticket.link": Trial(at("link"), then=("=T-1002", "f2"), back=UNDO),
    "ticket.macro": Trial(at("macro"), then=("=Take on", "enter"), back=UNDO),
    "ticket.intake": Trial(at("intake"), REFUND, then=("=A-77", "f2"), back=UNDO),
    "ticket.thanks": Trial(says("Kept T-1033 solved"), ("app.goto", "=T-1033", "enter"), back=UNDO),
    "ticket.customer": Trial(at("customer")),
    "ticket.why": Trial(says("T-")),
    "ticket.clocks": Trial(at("clocks")),
    "ticket.copy_menu": Trial(at("copy_menu"), then=("enter",)),
    "ticket.copy": Trial(says("Copied T-")),
    "page.next": Trial(turns("ticket"), ("list.open",)),
    "page.previous": Trial(turns("ticket"), ("list.down", "list.open")),
    "page.find": Trial(at("search"), ("list.open",)),
    "page.fold": Trial(shows("we updated tonight"), ("app.goto", "=1002", "enter")),
    "page.split": Trial(at("split"), ("list.open",), then=("enter", "enter"), back=UNDO),
    "page.unmerge": Trial(at("unmerge"), MERGED, then=("f2",), back=UNDO),
    "page.enter": Trial(turns("ticket"), MERGED),
    "page.files": Trial(at("files"), ("list.open",)),
    "page.new": Trial(at("new_ticket"), ("list.open",), then=NEW, back=UNDO),
    "page.next_tab": Trial(turns("page"), ("list.open",)),
    "page.previous_tab": Trial(turns("page"), ("list.open",)),
    "page.down": Trial(turns("scroll"), (*LONG, "page.up", "page.up")),
    "page.up": Trial(turns("scroll"), (*LONG, "page.down", "page.down")),
    "page.back": Trial(at("queue"), ("list.open",)),
    "customers.query": Trial(turns("focus", "QuestionLine"), ("app.customers",), tidy=("escape",)),
    "customers.open": Trial(at("customer"), ("app.customers",)),
    "customers.duplicates": Trial(at("duplicates"), ("app.customers",)),
    "customers.merge": Trial(
        at("customer_merge"), (*BOTH, "list.mark", "list.mark"), then=("f2",), back=UNDO
    ),
    "duplicates.merge": Trial(at("customer_merge"), PAIRS, then=("f2",), back=UNDO),
    "duplicates.group": Trial(at("customer_merge"), PAIRS, then=("f2",), back=UNDO),
    "duplicates.distinct": Trial(says("Called 1 pair distinct"), PAIRS, back=UNDO),
    "duplicates.one": Trial(at("customer"), PAIRS),
    "duplicates.other": Trial(at("customer"), PAIRS),
    "duplicates.again": Trial(turns("total"), PAIRS, meanwhile=third_twin),
    "duplicates.back": Trial(at("customers"), PAIRS),
    "customers.copy": Trial(says("Copied"), ("app.customers",)),
    "customers.back": Trial(turns("total"), ("app.customers", "customers.query", "=acme", "enter")),
    "customer.new": Trial(at("new_ticket"), CUSTOMER, then=NEW, back=UNDO),
    "customer.merge": Trial(at("duplicates"), CUSTOMER),
    "customer.copy": Trial(says("Copied"), CUSTOMER),
    "customer.down": Trial(turns("highlighted"), CUSTOMER),
    "customer.up": Trial(turns("highlighted"), (*CUSTOMER, "customer.down")),
    "customer.back": Trial(at("queue"), CUSTOMER),
    "inbox.next_tab": Trial(turns("tab"), ANSWER, tidy=("inbox.previous_tab",)),
    "inbox.previous_tab": Trial(turns("tab"), ANSWER, tidy=("inbox.next_tab",)),
    "inbox.copy": Trial(says("Copied T-"), ANSWER),
    "inbox.back": Trial(at("queue"), ANSWER),
    "answers.accept": Trial(says("Accepted"), ANSWER, back=UNDO),
    "answers.decline": Trial(at("answer"), ANSWER, then=("=Not mine", "f2"), back=UNDO),
    "answers.return": Trial(at("answer"), (*ANSWER, "answers.accept"), then=("=Found", "f2"), back=UNDO),
    "answers.resolve": Trial(at("answer"), ANSWER, then=("=Done", "f2"), back=UNDO),
    "answers.withdraw": Trial(
        at("answer"), ASKED, then=("f2",), back=UNDO, tidy=("app.inbox", "inbox.previous_tab")
    ),
    "answers.further": Trial(at("escalation"), ANSWER, then=ASK, back=UNDO),
    "notices.seen": Trial(turns("total"), TOLD, tidy=("inbox.next_tab",)),
    "notices.all_seen": Trial(turns("total", 0), TOLD, tidy=("inbox.next_tab",)),
    "knowledge.query": Trial(turns("focus", "WordLine"), KNOWN, tidy=("escape",)),
    "knowledge.order": Trial(
        shows("last changed first"),
        (*KNOWN, "knowledge.query", "=return", "enter"),
        tidy=("knowledge.order", "escape"),
    ),
    "knowledge.new": Trial(at("article"), KNOWN, then=LEAFLET, back=UNDO),
    "knowledge.edit": Trial(at("article"), KNOWN, then=("=More. ", "f2"), back=UNDO),
    "knowledge.copy": Trial(says("Copied KB-"), KNOWN),
    "knowledge.review": Trial(says("Looked at KB-"), KNOWN, back=UNDO),
    "knowledge.retire": Trial(says("Retired KB-"), KNOWN, back=UNDO),
    "knowledge.back": Trial(turns("focus", "LineTable"), (*KNOWN, "list.open")),
    "typing.submit": Trial(turns("focus", "LineTable"), (*FOUND[:-1],), tidy=("escape",)),
    "typing.leave": Trial(turns("focus", "LineTable"), (*FOUND[:-1],), tidy=("escape",)),
    "asking.submit": Trial(turns("total"), ("queue.query", "=invoice"), tidy=("escape",)),
    "asking.complete": Trial(
        shows("/ assignee:me"), ("queue.query", "ctrl+u", "=assignee:m"), tidy=("escape",)
    ),
    "asking.earlier": Trial(shows("earlier question 1 of"), EARLIER, tidy=("escape",)),
    "asking.later": Trial(shows("earlier questions"), (*EARLIER, "asking.earlier"), tidy=("escape",)),
    "asking.leave": Trial(turns("focus", "LineTable"), ("queue.query",)),
    "search.query": Trial(turns("focus", "SearchBox"), FOUND, tidy=("escape",)),
    "search.next_tab": Trial(turns("total"), FOUND, tidy=("search.previous_tab",)),
    "search.previous_tab": Trial(turns("total"), FOUND, tidy=("search.next_tab",)),
    "search.best": Trial(shows("best of the newest"), FOUND, tidy=("search.best",)),
    "search.mark_all": Trial(lambda before, after: after.facts["marks"] == before.facts["total"] > 0, FOUND),
    "search.preview": Trial(turns("panes"), FOUND, tidy=("search.preview",)),
    "search.back": Trial(turns("total", 0), FOUND),
    "reading.down": Trial(turns("scroll"), TOP),
    "reading.up": Trial(turns("scroll"), (*REPORT, "reading.down")),
    "reading.page_down": Trial(turns("scroll"), TOP),
    "reading.page_up": Trial(turns("scroll"), (*REPORT, "reading.page_down")),
    "clocks.next": Trial(turns("clock"), CLOCKS),
    "clocks.previous": Trial(turns("clock"), CLOCKS),
    "clocks.down": Trial(turns("scroll"), CLOCKS),
    "clocks.up": Trial(turns("scroll"), (*CLOCKS, "clocks.down")),
    "clocks.page_down": Trial(turns("scroll"), CLOCKS),
    "clocks.page_up": Trial(turns("scroll"), (*CLOCKS, "clocks.page_down")),
    "clocks.back": Trial(at("ticket"), CLOCKS),
    "imports.new": Trial(at("import_file"), ("app.imports",)),
    "imports.path": Trial(at("import_file"), ("app.imports",)),
    "imports.undo": Trial(at("confirm"), BROUGHT, then=("f2",), back=AGAIN),
    "imports.force": Trial(at("confirm"), BROUGHT, then=("f2",), back=AGAIN),
    "imports.resume": Trial(says("came to its end"), BROUGHT),
    "imports.back": Trial(at("queue"), ("app.imports",)),
    "plan.apply": Trial(at("confirm"), PLAN, then=("f2",), back=UNDO),
    "plan.next_tab": Trial(turns("tab"), PLAN),
    "plan.previous_tab": Trial(turns("tab"), PLAN),
    "plan.back": Trial(at("imports"), PLAN),
    "preferences.next": Trial(turns("theme"), CHOICE, tidy=("preferences.default",)),
    "preferences.previous": Trial(says("theme = auto"), CHOICE, tidy=("preferences.default",)),
    "preferences.default": Trial(turns("theme", "ink"), (*CHOICE, "preferences.next")),
    "preferences.edit": Trial(says("no configuration file to open"), CHOICE),
    "preferences.down": Trial(turns("highlighted"), CHOICE),
    "preferences.up": Trial(turns("highlighted"), (*CHOICE, "preferences.down")),
    "preferences.back": Trial(at("queue"), CHOICE),
    "editor.send": Trial(at("review"), LETTER, then=("y",), back=UNDO),
    "editor.help": Trial(at("help"), LETTER),
    "editor.external": Trial(says("cannot be handed to another editor"), LETTER),
    "editor.preview": Trial(at("review"), LETTER),
    "editor.insert": Trial(at("insert"), LETTER),
    "editor.next_gap": Trial(turns("selected", ["{{customer.phone}}"]), GAP),
    "editor.attach": Trial(at("attach"), LETTER),
    "editor.other": Trial(says("There is no other text of yours"), LETTER),
    "editor.after": Trial(turns("choices"), LETTER, tidy=("f7",)),
    "editor.leave": Trial(says("Draft kept"), LETTER),
    "review.send": Trial(says("Replied to"), REVIEW, back=UNDO),
    "review.solve": Trial(says("Replied to"), REVIEW, back=UNDO),
    "review.wait": Trial(says("Replied to"), REVIEW, back=UNDO),
    "review.open": Trial(says("Replied to"), REVIEW, back=UNDO),
    "review.edit": Trial(at("compose"), REVIEW),
    "review.postpone": Trial(says("Draft kept"), REVIEW),
    "review.discard": Trial(at("confirm"), REVIEW, back=ASKS),
    "dialog.confirm": Trial(at("queue"), ("ticket.priority", "=low"), back=UNDO),
    "dialog.cancel": Trial(at("queue"), ("ticket.priority", "=low")),
}
