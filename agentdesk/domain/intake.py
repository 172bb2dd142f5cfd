"""What has to be known before a ticket of a category is solved: its form, and what of it is still missing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agentdesk.domain.errors import AgentDeskError, InvalidValueError
from agentdesk.domain.near import suggest
from agentdesk.domain.quoting import quoted

LONGEST: Final = 1000
"""Characters of a value, a label or a question."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_HOW: Final = (
    "Write it NAME:LABEL, as in order_number:Order number:required:choices=shop|web:ask=Which order?"
)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        name: what is typed on a command line: `order_number`.
        label: what people read.
        required: whether a ticket cannot be solved without it.
        choices: what it may be; empty for anything.
        question: how the customer is asked for it; made of the label unless given.
    """

    name: str
    label: str
    required: bool = False
    choices: tuple[str, ...] = ()
    question: str = ""

    @property
    def asked(self) -> str:
        """The question to the customer."""
        return self.question or f"What is the {self.label[:1].lower()}{self.label[1:]}?"

    def as_row(self) -> dict[str, Any]:
        """As the store holds it."""
        told = {"name": self.name, "label": self.label, "required": self.required}
        return {**told, "choices": list(self.choices), "question": self.question}


class UnfilledError(AgentDeskError):
    """A ticket cannot be solved because its form is not complete."""

    def __init__(self, ref: str, category: str, missing: Sequence[FormField]) -> None:
        labels = [one.label for one in missing]
        listed = " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
        verb = "is" if len(labels) == 1 else "are"
        typed = " ".join(f"{one.name}=..." for one in missing)
        self.why = f"{ref} cannot be solved yet: {listed} of the form {category} {verb} missing."
        super().__init__(
            f"{self.why} Fill in the form: key I of the console, or agentdesk ticket intake TICKET {typed}"
        )
        self.missing = tuple(missing)

    @property
    def in_console(self) -> str:
        """The same, with the key."""
        return f"{self.why} Back in the list or in the ticket, I fills it in."


def parse_field(text: str) -> FormField:
    """A field as it is typed: `order_number:Order number:required:choices=shop|web:ask=Which order is it?`.

    Raises:
        InvalidValueError: it has no name, no label, or something a field does not have.
    """
    name, _, rest = text.partition(":")
    label, _, rest = rest.partition(":")
    name, label = name.strip().lower(), " ".join(label.split())
    if not _NAME.fullmatch(name) or not label or len(text) > LONGEST:
        raise InvalidValueError("form field", text, hint=_HOW)
    required, question = False, ""
    choices: tuple[str, ...] = ()
    while rest:
        if rest.startswith("ask="):
            question, rest = rest.removeprefix("ask=").strip(), ""
            break
        word, _, rest = rest.partition(":")
        if word.strip() == "required":
            required = True
        elif word.startswith("choices="):
            listed = (one.strip() for one in word.removeprefix("choices=").split("|"))
            choices = tuple(dict.fromkeys(filter(None, listed)))
        else:
            raise InvalidValueError("form field", text, hint=f"It cannot be {quoted(word)}. {_HOW}")
    return FormField(name, label, required, choices, question)


def fields_of(rows: Iterable[Mapping[str, Any]]) -> tuple[FormField, ...]:
    """The fields of a form as the store holds them."""
    return tuple(
        FormField(
            str(one["name"]),
            str(one.get("label") or one["name"]),
            bool(one.get("required")),
            tuple(map(str, one.get("choices") or ())),
            str(one.get("question") or ""),
        )
        for one in rows
    )


def unanswered(fields: Iterable[FormField], values: Mapping[str, Any]) -> tuple[FormField, ...]:
    """The fields that have no value yet."""
    return tuple(one for one in fields if not str(values.get(one.name) or "").strip())


def missing(fields: Iterable[FormField], values: Mapping[str, Any]) -> tuple[FormField, ...]:
    """The required ones among them: without these nothing is solved."""
    return unanswered((one for one in fields if one.required), values)


def questions(fields: Iterable[FormField], values: Mapping[str, Any]) -> str:
    """What to ask the customer, a line for each required field without a value; of none required, of each."""
    asked = missing(fields, values) or unanswered(fields, values)
    return "\n".join(f"- {one.asked}" for one in asked)


def checked_values(
    fields: Sequence[FormField], before: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """The values of a form after some of them were typed; an empty text takes one away.

    Raises:
        InvalidValueError: the form has no such field, or the field no such choice.
    """
    known = {one.name: one for one in fields}
    values = dict(before)
    for typed, text in texts.items():
        name = typed.strip().lower().replace("-", "_")
        if name not in known:
            raise InvalidValueError("field", typed, hint=suggest(name, [(one, one) for one in known]))
        value = _checked(known[name], text.strip())
        values.pop(name, None)
        values |= {name: value} if value else {}
    return {one.name: values.pop(one.name) for one in fields if one.name in values} | values


def _checked(field: FormField, text: str) -> str:
    if len(text) > LONGEST:
        raise InvalidValueError(field.label, f"{text[:20]}...", hint=f"Write at most {LONGEST} characters.")
    if not text or not field.choices:
        return text
    chosen = next((one for one in field.choices if one.casefold() == text.casefold()), None)
    if chosen is None:
        raise InvalidValueError(field.label, text, field.choices)
    return chosen
