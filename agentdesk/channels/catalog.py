"""The ways out. A new one is a module here that fits `protocol.Channel`, and a line in `CHANNELS`."""

from collections.abc import Callable
from typing import Final

from agentdesk.channels import to_eml
from agentdesk.channels.protocol import Channel

CHANNELS: Final[dict[str, Callable[[str], Channel]]] = {to_eml.NAME: to_eml.EmlFolder}


def channel_at(place: str) -> Channel:
    """The channel that the outbox noted down: `eml:/var/spool/desk`."""
    name, _, where = place.partition(":")
    return CHANNELS[name](where)
