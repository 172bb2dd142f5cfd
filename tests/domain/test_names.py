"""What a calendar, policy, rule, view or queue may be called."""

import pytest

from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.names import LONGEST, checked_name


def test_a_name_keeps_its_words_with_single_spaces():
    assert checked_name("  Gold   care ", "A policy") == "Gold care"
    assert checked_name("Büro 東京 👩\u200d👧", "A queue") == "Büro 東京 👩\u200d👧"
    assert len(checked_name("x" * LONGEST, "A view")) == LONGEST


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (" \t", "The name is missing. A rule needs a name."),
        ("a\x1b[31mb", "The name cannot be “a·[31mb”. Leave out the control characters."),
        ("a\nb", "The name cannot be “a·b”. Leave out the control characters."),
        ("a\u202eb", "The name cannot be “a·b”. Leave out the control characters."),
        ("x" * 61, f"The name cannot be “{'x' * 40}…”. It has 61 characters; a rule has at most 60."),
    ],
    ids=["blank", "escape", "newline", "bidirectional", "long"],
)
def test_what_no_table_can_show_is_refused_in_one_sentence(name, told):
    with pytest.raises(InvalidValueError) as refused:
        checked_name(name, "A rule")
    assert str(refused.value) == told
