from agentdesk.domain.metrics import METRICS


def test_every_metric_is_listed_under_its_own_id():
    assert all(key == metric.id for key, metric in METRICS.items())


def test_every_formula_stands_beside_its_id_on_a_page_of_80_columns():
    room = max(map(len, METRICS)) + 2

    assert [metric.id for metric in METRICS.values() if len(metric.formula) > min(56, 80 - room)] == []


def test_every_metric_says_how_it_is_rounded():
    assert METRICS["attainment"].rounding == "percent with one decimal, half up"
    assert all(metric.rounding for metric in METRICS.values())
