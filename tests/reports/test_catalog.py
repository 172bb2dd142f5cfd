import subprocess
import sys

import pytest

from agentdesk.domain.errors import NotFoundError
from agentdesk.reports.catalog import REPORTS, find_report


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_a_title_a_sentence_and_a_builder(name):
    report = find_report(name)

    assert report.title
    assert report.help.endswith(".")
    assert callable(report.build)


def test_an_unknown_report_is_refused_with_the_list_of_known_ones():
    with pytest.raises(NotFoundError, match=r"There is no report horoscope\. There are: queue"):
        find_report("horoscope")


def test_listing_reports_imports_none_of_them():
    code = "import sys; from agentdesk.reports.catalog import REPORTS; print('agentdesk.reports.queue' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"
