"""What the desk can choose for everybody: every key once, with its kind, its range, its default and a sentence."""

from dataclasses import dataclass
from typing import Any, Final

from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.near import suggest

CLOSE_AFTER: Final = "close_after_days"
ACK_MINUTES: Final = "ack_minutes"
MAIL_DOMAIN: Final = "mail_domain"
MAIL_FROM: Final = "mail_from"
ORGANIZATION: Final = "organization"
SEND_WINDOW: Final = "send_window"
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class DeskSetting:
    """One key.

    Attributes:
        key: its name.
        default: what holds until somebody sets it; its type is that of the value.
        about: what it does, as a sentence.
        low: the least a number may be.
        high: the most a number may be.
        form: what a text has to be: `address`, `domain`, or anything.
    """

    key: str
    default: int | str
    about: str
    low: int = 0
    high: int = 0
    form: str = ""

    @property
    def kind(self) -> str:
        """`number` or `text`."""
        return "number" if isinstance(self.default, int) else "text"

    @property
    def range(self) -> str:
        """What may be written: `0 to 365`."""
        if self.form:
            return _FORMS[self.form]
        return f"{self.low} to {self.high}" if self.kind == "number" else f"up to {_LONGEST} characters"

    def parse(self, text: str) -> int | str:
        """The value that words mean.

        Raises:
            InvalidValueError: it is no number, out of range, empty or too long.
        """
        if self.kind == "text":
            words = " ".join(text.split())
            if not words:
                hint = f"agentdesk setting unset {self.key} brings the default back."
                raise InvalidValueError(self.key, text, hint=hint)
            if len(words) > _LONGEST:
                raise InvalidValueError(self.key, f"{words[:20]}...", hint=f"Write {self.range}.")
            return self._formed(words)
        digits = text.strip()
        if not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(self.high)):
            raise InvalidValueError(self.key, text, hint=f"Write a whole number from {self.range}.")
        if not self.low <= int(digits) <= self.high:
            raise InvalidValueError(self.key, text, hint=f"Write a whole number from {self.range}.")
        return int(digits)

    def _formed(self, words: str) -> str:
        if not self.form:
            return words
        from agentdesk.domain.identity import normalise_email  # noqa: PLC0415  most settings are no addresses

        found = normalise_email(words if self.form == "address" else f"desk@{words}")
        if found is None:
            raise InvalidValueError(self.key, words, hint=f"Write {self.range}.")
        return found if self.form == "address" else found.removeprefix("desk@")

    def read(self, value: Any) -> int | str:
        """A value as the store holds it; the default where it is none that the key can have."""
        if type(value) is not type(self.default):
            return self.default
        is_in_range = not isinstance(value, int) or self.low <= value <= self.high
        return value if is_in_range else self.default


_FORMS: Final = {
    "address": "an e-mail address, such as support@company.example",
    "domain": "a domain, such as company.example",
}
DESK_SETTINGS: Final = {
    one.key: one
    for one in (
        DeskSetting(
            ACK_MINUTES,
            60,
            "Open minutes of the ticket's calendar within which somebody acknowledges an escalation.",
            1,
            10_080,
        ),
        # Between Zendesk's 4 and its most, 28 (rule R10).
        DeskSetting(CLOSE_AFTER, 7, "Days after which a solved ticket is closed; 0 is never.", 0, 365),
        DeskSetting(
            MAIL_DOMAIN,
            "",
            "The domain in the Message-ID of letters; that of mail_from unless set.",
            form="domain",
        ),
        DeskSetting(MAIL_FROM, "", "The address that letters come from.", form="address"),
        DeskSetting(
            SEND_WINDOW,
            30,
            "Seconds in which a letter can be taken back before it leaves; 0 is none.",
            0,
            600,
        ),
        DeskSetting(ORGANIZATION, "", "What the organization that runs this desk is called."),
    )
}


def desk_setting_of(key: str) -> DeskSetting:
    """The setting that people call `key`.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest keys.
    """
    wanted = key.strip().lower().replace("-", "_")
    if wanted not in DESK_SETTINGS:
        raise NotFoundError("setting", key, suggest(key, [(one, one) for one in DESK_SETTINGS]))
    return DESK_SETTINGS[wanted]
