"""What the desk has chosen for everybody, by key; the default where nobody has."""

import json
from dataclasses import dataclass
from typing import Any

from agentdesk.domain.desk_settings import DESK_SETTINGS, DeskSetting
from agentdesk.store.reader import Reader

_CHOSEN = "SELECT key, CAST(value AS TEXT) FROM setting WHERE agent_id IS NULL"


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One key and its value; `is_set` where somebody chose it."""

    setting: DeskSetting
    value: int | str
    is_set: bool


def desk_settings(read: Reader) -> list[SettingRow]:
    """Every key there is, by name."""
    chosen = {str(key): json.loads(value) for key, value in read.tuples(_CHOSEN) if value is not None}
    return [
        SettingRow(one, one.read(chosen.get(key)), key in chosen)
        for key, one in sorted(DESK_SETTINGS.items())
    ]


def own_setting(read: Reader, key: str) -> Any:
    """What is remembered about the agent who looks; None where nothing is."""
    sql = "SELECT CAST(value AS TEXT) FROM setting WHERE agent_id = :me AND key = :key"
    found = read.tuples(sql, {"me": read.agent_id if read.agent_id is not None else -1, "key": key})
    return json.loads(found[0][0]) if found and found[0][0] is not None else None


def desk_number(read: Reader, key: str) -> int:
    """The value of a key that is a number."""
    value = next(one.value for one in desk_settings(read) if one.setting.key == key)
    assert isinstance(value, int)
    return value


def desk_text(read: Reader, key: str) -> str:
    """The value of a key that is a text."""
    return str(next(one.value for one in desk_settings(read) if one.setting.key == key))
