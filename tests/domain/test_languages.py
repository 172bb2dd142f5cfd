import pytest

from agentdesk.domain.languages import is_language


@pytest.mark.parametrize(
    "text", ["en", "EN", "pt-BR", "zh_Hant_TW", "English", "Deutsch (Schweiz)", "gsw", "\u65e5\u672c\u8a9e"]
)
def test_codes_and_names_are_languages(text):
    assert is_language(text)


@pytest.mark.parametrize("text", ["xx-invalid", "xx", "7", "-", "e"])
def test_what_begins_with_no_known_code_is_none(text):
    assert not is_language(text)
