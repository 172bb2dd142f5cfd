from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.renderers.to_json import render
from tests.reports.tiny_document import one_of_each


def test_the_data_is_printed_in_its_own_order_and_in_ascii():
    assert render(one_of_each(), RenderOptions()) == (
        '{\n  "z": 1,\n  "a": [\n    "\\u00fc",\n    null\n  ]\n}\n'
    )
