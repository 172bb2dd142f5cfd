"""Targets as people type and read them: `frt=urgent:30m,high:2h` in; `first reply 30 min / 2 h / - / -` out.

What is not named stays as it is, so that one target can be changed without repeating the others. Law: what
`spell_targets` says, `parse_targets` reads.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from agentdesk.domain.attention import METRIC_WORDS
from agentdesk.domain.minutes import MinutesError, parse_minutes, say_minutes
from agentdesk.domain.near import suggest
from agentdesk.domain.quoting import quoted
from agentdesk.domain.sla.errors import TargetError
from agentdesk.domain.sla.policy import ClockMetric, Targets
from agentdesk.domain.vocabulary import Priority

TargetRows = Mapping[str, Mapping[str, int]]
"""Minutes by metric and priority, as a store and JSON hold them."""
TargetEdits = Mapping[str, Mapping[str, int | None]]
"""The same as an edit; None takes a target away."""
NONE: Final = "none"
METRIC_NAMES: Final[Mapping[str, ClockMetric]] = {
    "first_reply": ClockMetric.FRT,
    "next_reply": ClockMetric.NRT,
    "update": ClockMetric.UPDATE_GAP,
    "solution": ClockMetric.REQUESTER_WAIT,
    "work": ClockMetric.AGENT_WORK,
    **{metric.value: metric for metric in ClockMetric},
    "first_response": ClockMetric.FRT,
    "next_response": ClockMetric.NRT,
    "next_update": ClockMetric.UPDATE_GAP,
    "wait": ClockMetric.REQUESTER_WAIT,
}
"""What people call a metric; the first five are what a sentence offers."""
_OFFERED: Final = tuple(METRIC_NAMES)[:5]


def parse_targets(texts: Iterable[str]) -> dict[str, dict[str, int | None]]:
    """What `frt=urgent:30m,high:2h`, `solution=8h` and `work=none` ask for.

    Raises:
        TargetError: the metric or priority is not known, the length cannot be read, or something is named twice.
    """
    found: dict[str, dict[str, int | None]] = {}
    for text in texts:
        name, equals, lengths = text.partition("=")
        if not equals or not lengths.strip():
            raise TargetError(
                quoted(text), "it has no length. Write frt=4h, or frt=urgent:30m,high:2h,normal:8h,low:2d."
            )
        metric = _metric(name)
        if metric in found:
            raise TargetError(metric, "it is named twice. Write all its priorities in one --target.")
        found[metric] = _by_priority(metric, lengths)
    return found


def merge_targets(known: TargetRows, edits: TargetEdits) -> dict[str, dict[str, int]]:
    """The targets after an edit, in the order of metrics and priorities.

    Raises:
        TargetError: a metric or priority is not known, or a target is less than a minute.
    """
    merged: dict[str, dict[str, int | None]] = {metric: dict(held) for metric, held in known.items()}
    for metric, asked in edits.items():
        merged[metric] = {**merged.get(metric, {}), **asked}
    for metric, told in merged.items():
        _check(metric, told)
    ordered = {
        metric.value: {priority.value: minutes for priority in Priority if (minutes := told.get(priority))}
        for metric in ClockMetric
        if (told := merged.get(metric, {}))
    }
    return {metric: targets for metric, targets in ordered.items() if targets}


def as_targets(rows: TargetRows) -> Targets:
    """What the clocks count towards."""
    return {
        (ClockMetric(metric), Priority(priority)): minutes
        for metric, told in rows.items()
        for priority, minutes in told.items()
    }


def spell_targets(rows: TargetRows) -> list[str]:
    """What `parse_targets` reads, one text a metric."""
    return [f"{metric}={_spell(told)}" for metric, told in rows.items()]


def say_targets(rows: TargetRows) -> str:
    """In words, by priority from urgent to low: `first reply 30 min / 2 h / 8 h / 48 h; solution 8 h`."""
    return "; ".join(f"{METRIC_WORDS[metric]} {_say(told)}" for metric, told in rows.items())


def metric_named(name: str) -> ClockMetric | None:
    """The metric that people call so: `first reply`, `frt`, `First-Reply`; None where nobody does."""
    return METRIC_NAMES.get(_word(name))


def _word(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())


def _metric(name: str) -> str:
    word = _word(name)
    if word not in METRIC_NAMES:
        hint = suggest(word, [(one, one) for one in METRIC_NAMES]) if word else ""
        known = f"Known: {', '.join(_OFFERED)}."
        raise TargetError(
            quoted(name.strip()), f"no clock measures this. {hint if 'mean' in hint else known}"
        )
    return METRIC_NAMES[word].value


def _by_priority(metric: str, lengths: str) -> dict[str, int | None]:
    if ":" not in lengths and "," not in lengths:
        minutes = _length(metric, lengths)
        return dict.fromkeys((one.value for one in Priority), minutes)
    found: dict[str, int | None] = {}
    for part in lengths.split(","):
        name, colon, length = (piece.strip() for piece in part.partition(":"))
        if not colon:
            raise TargetError(metric, f"{quoted(part.strip())} names no priority. Write urgent:30m.")
        priority = name.lower()
        _check_priority(metric, priority)
        if priority in found:
            raise TargetError(metric, f"{priority} is named twice. Name it once.")
        found[priority] = _length(f"{metric}, {priority}", length)
    return found


def _length(place: str, text: str) -> int | None:
    if text.strip().lower() == NONE:
        return None
    try:
        return parse_minutes(text)
    except MinutesError as error:
        raise TargetError(place, str(error)) from None


def _check(metric: str, told: Mapping[str, int | None]) -> None:
    if metric not in list(ClockMetric):
        raise TargetError(quoted(metric), f"no clock measures this. Known: {', '.join(ClockMetric)}.")
    for priority, minutes in told.items():
        _check_priority(metric, priority)
        if minutes is not None and minutes < 1:
            raise TargetError(f"{metric}, {priority}", f"{minutes} is less than a minute. Leave it out.")


def _check_priority(metric: str, priority: str) -> None:
    if priority not in list(Priority):
        hint = f"Known: {', '.join(Priority)}."
        raise TargetError(metric, f"there is no priority {quoted(priority)}. {hint}")


def _spell(told: Mapping[str, int]) -> str:
    lengths = {priority: _short(minutes) for priority, minutes in told.items()}
    if len(lengths) == len(Priority) and len(set(lengths.values())) == 1:
        return next(iter(lengths.values()))
    return ",".join(f"{priority}:{length}" for priority, length in lengths.items())


def _short(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{f'{hours}h' if hours else ''}{f'{rest}m' if rest or not hours else ''}"


def _say(told: Mapping[str, int]) -> str:
    lengths = [say_minutes(told[one]) if one in told else "-" for one in Priority]
    return lengths[0] if len(set(lengths)) == 1 else " / ".join(lengths)
