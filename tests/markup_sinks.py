"""Reads the source of the faces and reports where a plain `str` could be read as markup.

Textual and Rich read a `str` in the sinks below as markup: a stray `[/]` in a subject ends the program, and
`[@click=...]` runs an action. An argument is good when its source shows that it is a literal, that it was
wrapped (`content`, `Content`, `Text`), or that `markup=False` is passed.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

from tests.markup_origin import Judge, Knowledge, Sink, is_wrapped_type, last_name, learn, own_nodes

EVERY = 99
# Widgets and what they are given: how many leading positional arguments are read as markup, and which keywords.
CONSTRUCTORS: dict[str, Sink] = {
    "Static": (1, ("content", "renderable")),
    "Label": (1, ("content", "renderable")),
    "Button": (1, ("label", "tooltip")),
    "Checkbox": (1, ("label", "tooltip")),
    "RadioButton": (1, ("label", "tooltip")),
    "RadioSet": (EVERY, ("tooltip",)),
    "Option": (1, ("prompt",)),
    "OptionList": (EVERY, ("tooltip",)),
    "Selection": (1, ("prompt",)),
    "SelectionList": (EVERY, ()),
    "Select": (1, ("options", "prompt", "tooltip")),
    "Placeholder": (1, ("label",)),
    "Tab": (1, ("label",)),
    "Tabs": (EVERY, ()),
    "TabPane": (1, ("title",)),
    "TabbedContent": (EVERY, ()),
    "Collapsible": (0, ("title",)),
    "Tree": (1, ("label",)),
    "Hit": (0, ("match_display", "text", "help")),
    "DiscoveryHit": (1, ("display", "text", "help")),
}
METHODS: dict[str, Sink] = {
    "update": (1, ("content", "renderable")),
    "notify": (1, ("message",)),
    "add_row": (EVERY, ("label",)),
    "add_rows": (1, ("rows",)),
    "add_column": (1, ("label",)),
    "add_columns": (EVERY, ()),
    "add_leaf": (1, ("label",)),
    "set_label": (1, ("label",)),
    "add_option": (1, ("option",)),
    "add_options": (1, ("items", "options")),
    "set_options": (1, ("options",)),
    "with_tooltip": (1, ("tooltip",)),
    "highlight": (1, ("candidate",)),  # the palette's matcher; it fails on a Content, so safe.matched is ours
    "from_markup": (1, ("markup", "text")),
    "from_text": (1, ("markup_content_or_text",)),
}
# Methods whose markup is not their first argument: the position it has.
LATER: dict[str, int] = {"Hit": 1, "update_cell": 2, "update_cell_at": 1, "replace_option_prompt": 1}
ATTRIBUTES = ("border_title", "border_subtitle", "tooltip", "label", "prompt")
# A tree node's `add` is a sink, a set's is not.
NODES = ("root", "node", "tree", "branch", "parent")
# Sinks of (what is shown, what it stands for): only the first of a pair is read.
PAIRED = ("Select", "SelectionList", "set_options", "add_options")


@dataclass(frozen=True, slots=True)
class Breach:
    """A place where a `str` of unknown origin meets a sink."""

    path: str
    row: int
    sink: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.row}: {self.sink} reads markup in `{self.source}`; wrap it with content() or rich_text()"


def find_breaches(paths: list[Path], root: Path) -> list[Breach]:
    """Return every breach in the files, in order."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(paths)}
    known = learn(list(trees.values()), CONSTRUCTORS)
    return [
        breach
        for path, tree in trees.items()
        for breach in Reader(known, str(path.relative_to(root))).read(tree)
    ]


class Reader(Judge):
    """Reads one file, scope by scope."""

    def __init__(self, known: Knowledge, path: str) -> None:
        super().__init__(known)
        self.path = path
        self.bases: list[str] = []
        self.breaches: list[Breach] = []

    def read(self, scope: ast.AST) -> list[Breach]:
        """Return the breaches in a scope and in the scopes inside it."""
        outer = self.bases
        if isinstance(scope, ast.ClassDef):
            self.bases = [last_name(base) for base in scope.bases]
        self.scopes.append(scope)
        for node in own_nodes(scope):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    self.read(node)
                case ast.Call():
                    self.check_call(node)
                case ast.Assign(targets=targets, value=value):
                    self.check_assignment(targets, value)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self.check_assignment([target], value)
                case ast.Return(value=ast.expr() as value) if self.is_render(scope):
                    self.check("render()", value)
        self.scopes.pop()
        self.bases = outer
        return self.breaches

    def is_render(self, scope: ast.AST) -> bool:
        """Whether a scope is a `render` method whose type lets a `str` through."""
        return (
            isinstance(scope, ast.FunctionDef)
            and scope.name == "render"
            and not is_wrapped_type(scope.returns)
        )

    def check_call(self, call: ast.Call) -> None:
        """Check the arguments of a call that are read as markup."""
        keywords = {one.arg: one.value for one in call.keywords if one.arg}
        match keywords.get("markup"):
            case ast.Constant(value=False):
                return
        sink = last_name(call.func) if isinstance(call.func, ast.Name | ast.Attribute) else ""
        first, (count, names) = 0, (0, ())
        match call.func:
            case ast.Attribute(attr="__init__", value=ast.Call(func=ast.Name(id="super"))):
                base = next((one for one in self.bases if one in self.known.widgets), "")
                sink, (count, names) = f"{base}.__init__", self.known.widgets.get(base, (0, ()))
            case ast.Attribute(attr="add", value=value) if last_name(value).strip("_") in NODES:
                count = 1
            case ast.Attribute() if sink in METHODS:
                count, names = METHODS[sink]
            case _ if sink in self.known.widgets:
                count, names = self.known.widgets[sink]
        if sink in LATER:
            first, count = LATER[sink], 1
        for argument in call.args[first : first + count]:
            self.check(sink, argument)
        for name in names:
            if name in keywords:
                self.check(f"{sink}({name}=)", keywords[name])

    def check_assignment(self, targets: list[ast.expr], value: ast.expr) -> None:
        """Check what a title or a tooltip is set to."""
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
                self.check(target.attr, value)

    def check(self, sink: str, value: ast.expr) -> None:
        """Note a breach unless the value is good."""
        self.takes_pairs = sink.partition("(")[0].removesuffix(".__init__") in PAIRED
        if not self.is_good(value):
            self.breaches.append(Breach(self.path, value.lineno, sink, ast.unparse(value)))
