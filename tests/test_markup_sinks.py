import ast
from pathlib import Path

import pytest

from tests.markup_origin import learn
from tests.markup_sinks import CONSTRUCTORS, Reader, find_breaches

ROOT = Path(__file__).resolve().parents[1]
FACES = ("widgets", "screens", "commands")


def breaches_of(source: str) -> list[str]:
    tree = ast.parse(source)
    return [breach.sink for breach in Reader(learn([tree], CONSTRUCTORS), "planted.py").read(tree)]


def test_no_text_of_unknown_origin_is_read_as_markup():
    paths = [path for face in FACES for path in (ROOT / "agentdesk" / face).rglob("*.py")]
    paths += [path for path in [ROOT / "agentdesk" / "app.py"] if path.exists()]
    assert ROOT / "agentdesk" / "widgets" / "safe.py" in paths
    found = find_breaches(paths, ROOT)
    assert not found, "\n" + "\n".join(map(str, found))


@pytest.mark.parametrize(
    "planted",
    [
        "Static(subject)",
        "Static(f'Re: {subject}')",
        "Static('Re: ' + subject)",
        "Static('Re: %s' % subject)",
        "Static('Re: {}'.format(subject))",
        "Static(content=subject)",
        "Static(str(subject))",
        "Static(line(subject))",
        "Static(escape(subject))",
        "Static(ticket.subject)",
        "Static(subject or 'none')",
        "Static('a' if subject else subject)",
        "Static(subject, markup=True)",
        "Label(subject)",
        "widgets.Label(subject)",
        "ListItem(Label(subject))",
        "Button(subject)",
        "Checkbox(subject)",
        "Option(subject, id='x')",
        "OptionList('a', subject)",
        "OptionList(*subjects)",
        "Select([(subject, 1)])",
        "Select([(one.name, one.id) for one in people])",
        "SelectionList((subject, 1))",
        "Collapsible(Static('a'), title=subject)",
        "TabPane(subject)",
        "DiscoveryHit(subject, run)",
        "Tree(subject)",
        "tree.root.add(subject)",
        "self.root.add_leaf(subject)",
        "self.notify(subject)",
        "self.app.notify(f'{subject} was closed')",
        "self.app.notify(message=subject)",
        "self.query_one(Static).update(subject)",
        "table.add_row(content(a), subject)",
        "table.add_row(*cells)",
        "table.add_row(*(content(a), subject))",
        "table.add_rows([(content(a), subject)])",
        "Hit(1.0, subject, run)",
        "Hit(1.0, matcher.highlight(subject), run)",
        "Hit(1.0, content(a), run, help=subject)",
        "table.add_column(subject)",
        "table.add_row(rich_text(a), label=subject)",
        "table.update_cell(row, column, subject)",
        "options.replace_option_prompt('id', subject)",
        "self.border_title = subject",
        "self.border_subtitle = f'{count} of {total}'",
        "panel.tooltip = subject",
        "button.label = subject",
        "Content.from_markup(f'[b]{subject}[/b]')",
        "Content.from_markup('[b]' + subject)",
        "Text.from_markup(subject)",
        "Content.from_text(subject)",
        "text = f'{subject}'\nStatic(text)",
        "text = content(subject)\ntext = subject\nStatic(text)",
        "rows = []\nrows.append((subject, 1))\nSelect(rows)",
        "rows = [content(a)]\nrows += [subject]\nOptionList(*rows)",
        "for subject in subjects:\n    Static(subject)",
        "def show(subject: str):\n    Static(subject)",
        "def show(subject):\n    Static(subject)",
        "def say(a) -> str: ...\nStatic(say(a))",
        "class Line(Static): ...\nLine(subject)",
        "class Line(Static):\n    def __init__(self, subject):\n        super().__init__(subject)",
        "class Line(Widget):\n    def render(self) -> str:\n        return self.subject",
        "class Line(Widget):\n    def render(self):\n        return f'{self.subject}'",
    ],
)
def test_a_planted_breach_is_found(planted):
    assert len(breaches_of(planted)) == 1


@pytest.mark.parametrize(
    "good",
    [
        "Static()",
        "Static('a title')",
        "Static(subject, markup=False)",
        "Static(content(subject))",
        "Static(safe.content(subject, 'bold'))",
        "Static(Content.assemble((subject, 'bold'), ' ', other))",
        "Static(Content.styled(subject, 'bold').append(other))",
        "Content.from_markup('[b]$name[/b]', name=subject)",
        "Static(Content(' ').join(parts))",
        "Static('Re: ' + content(subject))",
        "Static(content(subject) if subject else 'none')",
        "Static(f'{count:d} tickets, {share:.1f} %')",
        "Static(f'{KEY} closes')",
        "Static(words.EMPTY)",
        "text = content(subject)\nStatic(text)",
        "text = 'one'\ntext += ' two'\nStatic(text)",
        "rows = []\nfor one in people:\n    rows.append((content(one.name), one.id))\nSelect(rows)",
        "Select([(content(one.name), one.id) for one in people])",
        "OptionList(*(Option(content(one)) for one in people))",
        "table.add_row(*[rich_text(one) for one in row])",
        "for title in ('one', 'two'):\n    Static(title)",
        "def show(text: Content | None):\n    Static(text)",
        "def show(cells: list[Text]):\n    table.add_row(*cells)",
        "def head(ticket) -> Content: ...\nStatic(head(ticket))\nself.border_title = self.head(ticket)",
        "class Line(Widget):\n    def render(self) -> Content:\n        return self.made",
        "class Line(Static): ...\nLine(content(subject))",
        "seen.add(subject)",
        "Hit(1.0, matcher.highlight('Quit'), run)",
        "def matched(one, two) -> Content: ...\nHit(1.0, matched(matcher, subject), run)",
        "self.notify(message, markup=False, title=subject)",
        "ListItem(Label('a'))",
        "self.border_title = None",
    ],
)
def test_wrapped_text_and_literals_pass(good):
    assert breaches_of(good) == []
