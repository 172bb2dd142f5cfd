"""Every command line of the table, with the values it needs; the table is walked, so a new command cannot hide.

`LINES` says by parameter name what a command is given on the hostile desk; a command that is missing there fails
its test by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from agentdesk.cli.branch import Branch, Leaf
from agentdesk.cli.lazy import build_leaf
from agentdesk.cli.tree import ROOT

Values = Mapping[str, Any]

RECORDS = ("organizations", "orders", "feedback", "calls", "articles")
LINES: dict[str, Values] = {
    "ticket list": {},
    "ticket show": {"ticket": "T-1001"},
    "ticket history": {"ticket": "T-1001"},
    "ticket files": {"ticket": "T-1001"},
    "ticket save-file": {"number": 1, "to": "{folder}"},
    "ticket new": {"subject": "x", "customer": "1", "body": "y"},
    "ticket set": {"words": ["T-1001", "T-1002", "priority=high", "tags=+vat"]},
    "ticket assign": {"tickets": ["T-1001", "T-1002"], "agent": "ana"},
    "ticket take": {"tickets": ["T-1001", "T-1002"]},
    "ticket next": {},
    "ticket solve": {"tickets": ["T-1002"]},
    "ticket reopen": {"tickets": ["T-1002"]},
    "ticket thanks": {"tickets": ["T-1002"]},
    "ticket reply": {"ticket": "T-1001", "text": "words"},
    "ticket receive": {"ticket": "T-1001", "text": "words"},
    "ticket note": {"ticket": "T-1001", "text": "words"},
    "ticket forward": {"ticket": "T-1001", "text": "words", "to": "third@party.example"},
    "ticket escalate": {"ticket": "T-1001", "ask": "words", "to_party": "somebody"},
    "ticket merge": {"tickets": ["T-1002", "T-1001"], "across_customers": True},
    "ticket unmerge": {"ticket": "T-1002"},
    "ticket split": {"ticket": "T-1001", "message": "last", "subject": "x"},
    "ticket link": {"ticket": "T-1001", "other": "T-1002"},
    "ticket unlink": {"ticket": "T-1001", "other": "T-1002"},
    "ticket follow-up": {"ticket": "T-1001"},
    "ticket intake": {"ticket": "T-1002", "fields": ["order_number=words"]},
    "macro list": {},
    "macro show": {"name": "new"},
    "macro add": {"name": "new", "body": "words", "category": "x", "changes": ["status=open", "tags=+vat"]},
    "macro set": {"name": "new", "body": "words", "reviewed": True},
    "macro retire": {"name": "new"},
    "macro apply": {"name": "new", "tickets": ["T-1002"]},
    "article list": {},
    "article search": {"text": ["click"]},
    "article show": {"article": "KB-1"},
    "article new": {"title": "new", "body": "words", "category": "x", "tags": "a,b"},
    "article set": {"article": "KB-1", "title": "words"},
    "article retire": {"article": "KB-1"},
    "intake list": {},
    "intake show": {"category": "new"},
    "intake set": {"category": "new", "field": "order_number:Order number"},
    "intake remove": {"category": "new"},
    "customer list": {},
    "customer show": {"customer": "1"},
    "customer new": {"name": "x"},
    "customer set": {"customer": "1", "fields": ["tier=gold"]},
    "customer log": {"customer": "1", "text": "words"},
    "customer duplicates": {"least": 1},
    "customer merge": {"customers": ["1", "2"], "fields": "title=1"},
    "customer distinct": {"customer": "1", "other": "2", "reason": "words"},
    "escalation list": {},
    "escalation show": {"number": 1},
    "escalation accept": {"number": 1},
    "escalation decline": {"number": 1, "reason": "words"},
    "escalation return": {"number": 1, "outcome": "words"},
    "escalation resolve": {"number": 1, "outcome": "words"},
    "escalation withdraw": {"number": 1, "reason": "words"},
    "notice list": {"every": True},
    "notice seen": {"every": True},
    "outbox list": {},
    "outbox export": {"folder": "{folder}/out"},
    "search": {"text": ["click"]},
    "undo": {},
    "redo": {},
    "log": {},
    "import contacts": {"file": "{folder}/people.csv"},
    "import tickets": {"file": "{folder}/tickets.csv", "rules": "{folder}/map.toml"},
    **{f"import {kind}": {"file": "{folder}/records.csv"} for kind in RECORDS},
    "import map list": {},
    "import map show": {"name": "new"},
    "import map save": {"name": "new", "file": "{folder}/map.toml"},
    "import map retire": {"name": "new"},
    "import mail": {"paths": ["{folder}/mail.mbox"]},
    "import desk": {"file": "{folder}/desk.zip"},
    "import apply": {"plan": "{folder}/people.plan"},
    "import resume": {"number": 1},
    "import list": {},
    "import show": {"number": 1},
    "import undo": {"number": 1, "yes": True},
    "export contacts": {},
    "export organizations": {},
    "export tickets": {},
    "export messages": {},
    "export feedback": {},
    "export orders": {},
    "export calls": {},
    "export articles": {},
    "export journal": {},
    "export desk": {"out": "{folder}/desk.zip"},
    "report queue": {},
    "demo": {"path": "{store}", "no_console": True},
    "serve": {"host": "192.0.2.1"},
    "tour": {"no_console": True},
    "init": {},
    "doctor": {},
    "agent list": {},
    "agent add": {"handle": "new"},
    "agent set": {"handle": "ana", "fields": ["name=Ana"]},
    "agent signature": {"text": "{{agent.name}}, Support"},
    "queue list": {},
    "queue add": {"name": "new"},
    "queue join": {"queue": "Support", "agent": "ana"},
    "calendar list": {},
    "calendar show": {"name": "24x7"},
    "calendar add": {"name": "new", "zone": "Europe/London", "hours": "Mon-Fri 09:00-17:00"},
    "calendar set": {"name": "new", "hours": "24/7", "holiday": "2026-12-25=x"},
    "calendar import-holidays": {"name": "new", "country": "GB", "years": "2026"},
    "shift list": {},
    "shift set": {"agent": "ana", "hours": "24/7", "day": "2099-03-02=closed"},
    "shift off": {"agent": "ana", "dates": "2099-03-02"},
    "shift clear": {"agent": "ana"},
    "rule list": {},
    "rule add": {"name": "new", "when": "tag:vat", "queue": "Support"},
    "rule set": {"name": "new", "position": 3},
    "rule remove": {"name": "new"},
    "rule test": {"ticket": "T-1002"},
    "policy list": {},
    "policy show": {"name": "new"},
    "policy add": {"name": "new", "calendar": "24x7", "target": "frt=4h", "conditions": "tag:vat"},
    "policy set": {"name": "new", "target": "frt=2h", "step": "90% notify lead"},
    "policy retire": {"name": "new"},
    "policy preview": {"name": "new", "target": "frt=2h"},
    "policy apply": {"name": "new"},
    "policy tickets": {"name": "new"},
    "setting list": {},
    "setting set": {"key": "organization", "value": "words"},
    "setting unset": {"key": "organization"},
    "tick": {},
    "agreement list": {},
    "agreement add": {"customer": "1", "policy": "new", "product": "x", "plan": "y"},
    "agreement set": {"number": 1, "plan": "gold"},
    "agreement end": {"number": 1, "on": "2100-12-31"},
    "sla explain": {"ticket": "T-1001"},
    "sla due": {"calendar": "24x7", "start": "2026-03-02T10:00Z", "target": "4h"},
    "sla elapsed": {"calendar": "24x7", "start": "2026-03-02T10:00Z", "end": "2026-03-03T10:00Z"},
    "view list": {},
    "view show": {"name": "Mine"},
    "view add": {"name": "new", "query": ["is:open"], "columns": "due,subject", "group_by": "queue"},
    "view rename": {"name": "{view}", "new": "other"},
    "view move": {"name": "{view}", "place": 1},
    "view export": {},
    "view import": {"file": "{folder}/views.json"},
    "view remove": {"name": "{view}", "yes": True},
    "config show": {},
    "config check": {},
    "config path": {},
    "keys": {},
}
_CALENDAR = ("calendar add", {"name": "new", "zone": "Europe/London", "hours": "Mon-Fri 09:00-17:00"})
_POLICY = ("policy add", {"name": "new", "calendar": "24x7", "target": "frt=4h", "conditions": "tag:vat"})
_AGREEMENT = ("agreement add", {"customer": "1", "policy": "new", "product": "x", "plan": "y"})
_SHIFT = ("shift set", {"agent": "ana", "hours": "24/7"})
_RULE = ("rule add", {"name": "new", "when": "tag:vat", "queue": "Support"})
_MERGE = ("ticket merge", {"tickets": ["T-1002", "T-1001"], "across_customers": True})
_MACRO = ("macro add", {"name": "new", "body": "words", "changes": ["priority=high"]})
_ARTICLE = ("article new", {"title": "new", "body": "words"})
_FORM = ("intake set", {"category": "new", "field": "order_number:Order number"})
BEFORE: dict[str, tuple[tuple[str, Values], ...]] = {
    "calendar set": (_CALENDAR,),
    "calendar import-holidays": (_CALENDAR,),
    "shift list": (_SHIFT,),
    "shift clear": (_SHIFT,),
    "rule list": (_RULE,),
    "rule set": (_RULE,),
    "rule remove": (_RULE,),
    "rule test": (_RULE,),
    "policy show": (_POLICY,),
    "policy set": (_POLICY,),
    "policy retire": (_POLICY,),
    "policy preview": (_POLICY,),
    "policy apply": (_POLICY,),
    "policy tickets": (_POLICY,),
    "setting unset": (("setting set", {"key": "organization", "value": "words"}),),
    "agreement list": (_POLICY, _AGREEMENT),
    "agreement add": (_POLICY,),
    "agreement set": (_POLICY, _AGREEMENT),
    "agreement end": (_POLICY, _AGREEMENT),
    "ticket unmerge": (_MERGE,),
    "ticket unlink": (("ticket link", {"ticket": "T-1001", "other": "T-1002"}),),
    "ticket follow-up": (
        ("ticket solve", {"tickets": ["T-1001"]}),
        ("ticket set", {"words": ["T-1001", "status=closed"]}),
    ),
    **dict.fromkeys(("macro list", "macro show", "macro set", "macro retire", "macro apply"), (_MACRO,)),
    **dict.fromkeys(
        ("article list", "article search", "article show", "article set", "article retire"), (_ARTICLE,)
    ),
    **dict.fromkeys(
        ("import map list", "import map show", "import map retire"),
        (("import map save", {"name": "new", "file": "{folder}/map.toml"}),),
    ),
    **dict.fromkeys(("intake list", "intake show", "intake remove"), (_FORM,)),
    "ticket intake": (_FORM, ("ticket set", {"words": ["T-1002", "category=new"]})),
    "import apply": (("import contacts", {"file": "{folder}/people.csv", "plan": "{folder}/people.plan"}),),
    "outbox export": (("setting set", {"key": "mail_from", "value": "support@desk.example"}),),
    "ticket reopen": (("ticket solve", {"tickets": ["T-1002"]}),),
    "ticket thanks": (
        ("ticket solve", {"tickets": ["T-1002"]}),
        ("ticket receive", {"ticket": "T-1002", "text": "thank you"}),
    ),
    "import desk": (("export desk", {"out": "{folder}/desk.zip"}),),
    "escalation return": (("escalation accept", {"number": 1}),),
    "undo": (("ticket set", {"words": ["T-1002", "priority=urgent"]}),),
    "redo": (("ticket set", {"words": ["T-1002", "priority=urgent"]}), ("undo", {})),
}
"""What has to have been done first."""
CODES = {
    **dict.fromkeys(("import contacts", "import tickets", "import mail", "import apply"), 3),
    **{f"import {kind}": 3 for kind in RECORDS},
    "import desk": 1,
    "import resume": 1,
    "serve": 2,
}
"""Exit codes other than 0: some rows of the hostile files cannot be taken; no desk goes into one that is there; no import
was stopped, so none goes on (`tests/transfer/contacts/test_resumed.py`); a network is not served unasked."""


@dataclass(frozen=True)
class Parameter:
    """One thing a command can be given."""

    name: str
    option: str
    """`--name`; empty for an argument."""
    kind: type[Any]
    is_list: bool


def leaves(
    tree: Mapping[str, Leaf | Branch] = ROOT, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, Leaf]]:
    """Every command of the table: `ticket list` and where it lives."""
    for name, entry in tree.items():
        if isinstance(entry, Leaf):
            yield " ".join((*path, name)), entry
        else:
            yield from leaves(entry.commands, (*path, name))


COMMANDS: dict[str, Leaf] = dict(leaves())


def parameters(command: str) -> list[Parameter]:
    """What a command can be given, from its signature, in its order."""
    found = []
    for param in build_leaf(command.rpartition(" ")[2], COMMANDS[command]).params:
        kind, is_list = param.type_descriptor.annotation, bool(param.type_descriptor.is_list)
        option = next((one for one in param.opts if one.startswith("--")), "")
        found.append(Parameter(param.name, option, kind.__args__[0] if is_list else kind, is_list))
    return found


def formats(command: str) -> list[str]:
    """Every value of `--format`, the default one first; one empty word where there is no such option.

    A workbook is no text and goes to a file alone: see `test_exports`.
    """
    form = next((one for one in parameters(command) if one.name == "form"), None)
    if not form or not issubclass(form.kind, Enum):
        return [""]
    return [str(word.value) for word in form.kind if word.value != "xlsx"]


def line(command: str, values: Values, form: str = "", *, ends_options: bool = False) -> list[str]:
    """The words of a command line.

    Args:
        command: `ticket list`.
        values: By parameter name.
        form: The value of `--format`, unless empty.
        ends_options: Whether `--` stands before the arguments, so that one may begin with a dash.
    """
    words, arguments = command.split(), list[str]()
    for param in parameters(command):
        if param.name not in values:
            continue
        value = values[param.name]
        if not param.option:
            arguments += map(str, value if isinstance(value, list) else [value])
        else:
            words += [param.option] if value is True else [f"{param.option}={value}"]
    return [*words, *([f"--format={form}"] if form else []), *(["--"] if ends_options else []), *arguments]


def filled(values: Values, **places: str) -> dict[str, Any]:
    """The values with `{store}`, `{folder}` and `{view}` put in; foreign braces stay as they are."""

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(one) for one in value]
        if not isinstance(value, str):
            return value
        for name, place in places.items():
            value = value.replace(f"{{{name}}}", place)
        return value

    return {name: fill(value) for name, value in values.items()}
