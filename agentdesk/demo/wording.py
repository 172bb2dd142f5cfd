"""From a template to a letter: choices made, slots filled, greeting, mood, signature and quoted text around it."""

import re
from collections.abc import Mapping
from random import Random
from typing import Any

from agentdesk.demo.material import phrases
from agentdesk.demo.persons import Person

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SHORT = ("chat", "social", "sms")
"""Roads on which nobody writes a letter."""
_PARTIES = {
    "carrier": "party_carrier",
    "workshop": "party_workshop",
    "payment provider": "party_bank",
    "our bank": "party_bank",
    "roastery": "party_roastery",
    "developers": "party_developers",
}


def spin(rng: Random, template: str) -> str:
    """The template with every `[a|b]` decided."""
    while (found := _CHOICE.search(template)) is not None:
        template = template[: found.start()] + rng.choice(found[1].split("|")) + template[found.end() :]
    return template


def fill(rng: Random, template: str, slots: Mapping[str, str]) -> str:
    """The template decided and filled, without the gaps that an empty choice leaves."""
    text = spin(rng, template).format_map(slots)
    return re.sub(r"  +", " ", text).replace(" .", ".").replace(" \n", "\n").strip()


def pick(rng: Random, language: str, occasion: str) -> str:
    """A phrase for an occasion."""
    return str(rng.choice(phrases()[language][occasion]))


def party_says(rng: Random, waiting_for: str, language: str) -> str:
    """What the party a ticket waits for has said last; English only."""
    occasion = _PARTIES.get(waiting_for)
    return pick(rng, "en", occasion) if occasion and language == "en" else ""


def write_as_customer(
    rng: Random,
    template: str,
    slots: Mapping[str, str],
    *,
    person: Person,
    language: str,
    mood: str,
    channel: str,
    is_first: bool,
    quoted: str = "",
) -> str:
    """What a customer sends: a letter where the channel is one, two lines where it is not.

    Args:
        rng: where chance comes from.
        template: the matter itself.
        slots: what is filled in.
        person: who writes.
        language: of the text.
        mood: one of `MOODS`.
        channel: the road it comes by.
        is_first: whether it opens the ticket.
        quoted: the message it answers, with its heading; empty quotes nothing.
    """
    words = phrases()[language]
    body = fill(rng, template, slots)
    if channel in _SHORT:
        return capital(body)
    hello = _hello(rng, words, mood) if is_first else _hello_again(rng, words)
    if not (hello and language == "de"):
        body = capital(body)
    parts = [
        fill(rng, hello, slots),
        body,
        _goodbye(rng, words, slots, person=person, mood=mood, channel=channel, is_first=is_first),
    ]
    return "\n\n".join(part for part in [*parts, quoted] if part)


def write_as_agent(
    rng: Random,
    template: str,
    slots: Mapping[str, str],
    *,
    language: str,
    channel: str,
    is_first: bool,
    sorry: bool,
) -> str:
    """What an agent sends, with `sorry` in front where the customer is angry."""
    words = phrases()[language]
    body = fill(rng, template, slots)
    if channel in _SHORT:
        return f"{fill(rng, 'Hi {first}!', slots)} {body}" if is_first and language == "en" else body
    hello = fill(rng, rng.choice(words["agent_hello"]), slots)
    regret = fill(rng, rng.choice(words["agent_sorry"]), slots) if sorry else ""
    bye = fill(rng, rng.choice(words["agent_bye"]), slots)
    return "\n\n".join(part for part in (hello, regret, body, bye) if part)


def quote(text: str, heading: str) -> str:
    """The beginning of a message as mail programs quote it."""
    lines = [line for line in text.splitlines() if line.strip()][:4]
    return "\n".join([heading, *(f"> {line}" for line in lines)])


def _hello(rng: Random, words: Mapping[str, Any], mood: str) -> str:
    if mood == "terse" or (mood == "furious" and rng.random() < 0.6):
        return ""
    return str(rng.choice(words["confused_hello" if mood == "confused" else "polite_hello"]))


def _hello_again(rng: Random, words: Mapping[str, Any]) -> str:
    return str(rng.choice(words["reply_hello"])) if rng.random() < 0.45 else ""


def _goodbye(
    rng: Random,
    words: Mapping[str, Any],
    slots: Mapping[str, str],
    *,
    person: Person,
    mood: str,
    channel: str,
    is_first: bool,
) -> str:
    by_company = person.company is not None and channel == "email"
    if by_company and rng.random() < 0.7:
        assert person.company is not None
        lines = [person.signed, f"{person.title}, {person.company.name}", person.phone or person.email]
        return "-- \n" + "\n".join(lines)
    if not is_first:
        return fill(rng, rng.choice(words["short_bye"]), slots)
    bye = fill(rng, rng.choice(words[f"{mood}_bye"]), slots)
    if channel == "email" and mood == "terse" and rng.random() < 0.35:
        return "\n\n".join(part for part in (bye, str(words["mobile"])) if part)
    return bye


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
