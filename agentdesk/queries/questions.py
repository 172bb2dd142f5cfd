"""The questions that the agent who looks has asked before."""

import json

from agentdesk.domain.fields import Entity
from agentdesk.store.reader import Reader

_ASKED = "SELECT CAST(value AS TEXT) FROM setting WHERE agent_id = :me AND key = :key"


def key_of(entity: Entity) -> str:
    """The key of the setting that holds the questions over one entity."""
    return f"questions.{entity}"


def asked_before(read: Reader, entity: Entity = "ticket") -> list[str]:
    """Questions as they were typed, the newest first, each once."""
    kept = read.value(_ASKED, {"me": read.agent_id, "key": key_of(entity)})
    return [str(one) for one in json.loads(kept)] if kept else []
