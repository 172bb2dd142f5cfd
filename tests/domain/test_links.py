"""Links are found as they stand, and what is odd about one is said before it is opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.file_dangers import danger_of
from agentdesk.domain.links import links_in


def test_a_link_ends_where_the_sentence_goes_on() -> None:
    text = (
        "See https://a.example/x?b=(1). And (www.b.example), <https://c.example>; https://a.example/x?b=(1)!"
    )
    assert [one.url for one in links_in(text)] == [
        "https://a.example/x?b=(1)",
        "http://www.b.example",
        "https://c.example",
    ]


@pytest.mark.parametrize(
    ("url", "host", "odd"),
    [
        ("https://acme.example", "acme.example", ""),
        ("http://acme.example", "acme.example", "not encrypted"),
        ("https://bank.example@evil.example/x", "evil.example", "it leads to evil.example"),
        ("https://xn--80ak6aa92e.com", "xn--80ak6aa92e.com", "it reads аррӏе.com"),
        ("https://аpple.example", "аpple.example", "letters of other alphabets"),
        ("https://10.0.0.1/x", "10.0.0.1", "a number in place of a name"),
        ("https://a.example:8443", "a.example", "an unusual port: 8443"),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_link_is_said(url: str, host: str, odd: str) -> None:
    [link] = links_in(f"go to {url} now")
    assert (link.url, link.host) == (url, host)
    assert odd in "; ".join(link.odd)
    assert bool(link.odd) is bool(odd)


@given(st.text())
def test_no_text_makes_looking_for_links_fail_and_none_is_anything_else(text: str) -> None:
    assert all(
        one.url.lower().startswith(("http://", "https://")) for one in links_in(f"https://{text} {text}")
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("invoice.pdf", ""),
        ("photo.jpg.exe", "a program, called like a .jpg file"),
        ("RUN.BAT ", "a program"),
        ("plan.xlsm", "a document with macros"),
        ("page.HTML", "a page that may run scripts"),
        ("exe", ""),
    ],
)
def test_a_file_that_may_act_is_named_as_such(name: str, told: str) -> None:
    assert danger_of(name) == told
