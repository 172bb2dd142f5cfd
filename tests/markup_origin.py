"""Tells from the source where a text comes from: written by us, wrapped, or of unknown origin.

What cannot be shown to be good is not: a name counts by all that was bound to it in its function, a call by
the annotation of its return value, an f-string field by a format that only a number can have.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

Sink = tuple[int, tuple[str, ...]]
# What wraps: these never read their argument as markup (or, as `from_markup`, are sinks themselves).
MAKERS = frozenset({"content", "body", "rich_text", "Content", "Text", "len", "int", "float"})
MAKER_METHODS = frozenset(
    {"from_markup", "from_text", "from_rich_text", "styled", "assemble", "blank", "empty"}
)
WRAPPED = frozenset({"Content", "Text", "Table", "Group", "Option", "Selection", "None"})
NUMERIC_FORMATS = tuple("dfFeEgG%")


@dataclass(slots=True)
class Knowledge:
    """What all scanned files say: functions that return wrapped text, and the widgets that are sinks."""

    wrappers: set[str] = field(default_factory=set)
    widgets: dict[str, Sink] = field(default_factory=dict)


def learn(trees: list[ast.Module], constructors: dict[str, Sink]) -> Knowledge:
    """Return the functions annotated to return wrapped text and the sinks' subclasses without an `__init__`."""
    known = Knowledge(widgets=dict(constructors))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    plain = {one.name for one in functions if one.returns is not None and not is_wrapped_type(one.returns)}
    known.wrappers = {one.name for one in functions if is_wrapped_type(one.returns)} - plain
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    for _ in classes:  # until grandchildren are known, whatever the order of the files
        for one in classes:
            inherited = [known.widgets[base] for base in map(last_name, one.bases) if base in known.widgets]
            if inherited and not any(
                isinstance(item, ast.FunctionDef) and item.name == "__init__" for item in one.body
            ):
                known.widgets[one.name] = inherited[0]
    return known


def is_wrapped_type(annotation: ast.expr | None) -> bool:  # noqa: PLR0911  one line for each shape of a type
    """Whether an annotation can only mean wrapped text (`Content`, `Text | None`, `list[Content]`)."""
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return is_wrapped_type(left) and is_wrapped_type(right)
        case ast.Subscript(value=value, slice=ast.Tuple(elts=elts)) if last_name(value) in ("tuple", "Tuple"):
            return all(
                is_wrapped_type(one) or last_name(one) == "Ellipsis" or is_ellipsis(one) for one in elts
            )
        case ast.Subscript(value=value, slice=inner):
            return last_name(value) in (
                "list",
                "Sequence",
                "Iterable",
                "Iterator",
                "tuple",
            ) and is_wrapped_type(inner)
        case ast.Constant(value=str() as text):
            return is_wrapped_type(ast.parse(text, mode="eval").body)
        case ast.Constant(value=None):
            return True
        case ast.Name() | ast.Attribute():
            return last_name(annotation) in WRAPPED
    return False


def is_ellipsis(node: ast.expr) -> bool:
    """Whether a node is `...`."""
    return isinstance(node, ast.Constant) and node.value is ...


def last_name(node: ast.expr) -> str:
    """Return `c` of `a.b.c`, of `c`, or of a call or a generic type of it."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return last_name(inner)
    return ""


def own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function or module without those of the functions and classes inside it."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from own_nodes(child)


class Judge:
    """Judges expressions in the light of the scopes they stand in."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.scopes: list[ast.AST] = []
        self.takes_pairs = False
        self.pending: set[str] = set()

    def is_good(self, node: ast.expr) -> bool:  # noqa: C901, PLR0911  one line for each shape of an expression
        """Whether an expression can be shown not to be a `str` of unknown origin."""
        match node:
            case ast.Constant():
                return True
            case ast.JoinedStr(values=values):
                return all(isinstance(one, ast.Constant) or self.is_number(one) for one in values)
            case ast.Call():
                return self.is_wrapping(node)
            case ast.IfExp(body=body, orelse=orelse):
                return self.is_good(body) and self.is_good(orelse)
            case ast.BoolOp(values=values):
                return all(map(self.is_good, values))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return (
                    self.is_made(left) or self.is_made(right) or (self.is_good(left) and self.is_good(right))
                )
            case ast.Tuple(elts=[prompt, _]) if self.takes_pairs and self.is_good(prompt):
                return True  # what a Select shows, and the value it stands for
            case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
                return all(map(self.is_good, elts))
            case ast.ListComp(elt=inner) | ast.GeneratorExp(elt=inner) | ast.Starred(value=inner):
                return self.is_good(inner)
            case ast.NamedExpr(value=inner) | ast.Await(value=inner) | ast.Subscript(value=inner):
                return self.is_good(inner)
            case ast.Name(id=name):
                return name.isupper() or self.is_good_name(name)
            case ast.Attribute(attr=name):
                return name.isupper()
        return False

    def is_number(self, node: ast.expr) -> bool:
        """Whether an f-string field has a format only a number can have, or holds a constant of ours."""
        match node:
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str() as spec)])):
                return spec.endswith(NUMERIC_FORMATS) or spec == ","
            case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                return isinstance(inner, ast.Name | ast.Attribute) and last_name(inner).isupper()
        return False

    def is_made(self, node: ast.expr) -> bool:
        """Whether an expression is wrapped text and no bare literal."""
        return not isinstance(node, ast.Constant | ast.JoinedStr) and self.is_good(node)

    def is_wrapping(self, call: ast.Call) -> bool:
        """Whether a call returns wrapped text, a widget that is checked itself, or a list of them."""
        name = last_name(call.func)
        match call.func:
            case ast.Name():
                if name in ("list", "tuple", "sorted", "reversed"):
                    return all(map(self.is_good, call.args))
                return name in MAKERS or name in self.known.wrappers or name in self.known.widgets
            case ast.Attribute(value=ast.Name(id="Content" | "Text")):
                return name in MAKER_METHODS
            case ast.Attribute(value=receiver):
                if name == "highlight":  # a sink itself, so its argument is checked where it is called
                    return True
                return name in MAKERS or name in self.known.wrappers or self.is_made(receiver)
        return False

    def is_good_name(self, name: str) -> bool:
        """Whether all that a name was bound to in the innermost scope that binds it is good."""
        if name in self.pending:
            return True  # a name built from itself is as good as what it started with
        self.pending.add(name)
        try:
            for scope in reversed(self.scopes):
                if bound := list(self.bindings(scope, name)):
                    return all(bound)
            return False
        finally:
            self.pending.discard(name)

    def bindings(self, scope: ast.AST, name: str) -> Iterator[bool]:
        """Yield for each thing a scope does to a name whether it leaves wrapped text in it."""
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)
            yield from (is_wrapped_type(one.annotation) for one in arguments if one.arg == name)
        for node in own_nodes(scope):
            match node:
                case ast.Assign(targets=targets, value=value) if any(binds(one, name) for one in targets):
                    yield self.is_good(value)
                case ast.AnnAssign(target=target, value=value, annotation=note) if binds(target, name):
                    yield is_wrapped_type(note) or (value is not None and self.is_good(value))
                case ast.AugAssign(target=target, value=value) if binds(target, name):
                    yield self.is_good(value)
                case ast.NamedExpr(target=target, value=value) if binds(target, name):
                    yield self.is_good(value)
                case ast.For(target=target, iter=source) | ast.comprehension(target=target, iter=source) if (
                    binds(target, name)
                ):
                    yield self.is_good(source)
                case ast.Call(
                    func=ast.Attribute(attr="append" | "extend" | "insert", value=ast.Name(id=owner)),
                    args=[*_, value],
                ) if owner == name:
                    yield self.is_good(value)


def binds(target: ast.expr, name: str) -> bool:
    """Whether an assignment target is a name, or holds it."""
    return any(
        isinstance(node, ast.Name) and node.id == name for node in ast.walk(target)
    ) and not isinstance(target, ast.Attribute | ast.Subscript)
