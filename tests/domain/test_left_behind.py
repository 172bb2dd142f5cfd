from agentdesk.domain.left_behind import fold_left


def test_few_rows_are_told_each_and_many_alike_in_one_line():
    few = ["customer 2 (title changed since)", "organization 4 (still needed)"]
    assert fold_left(few) == few
    many = [few[0], *(f"organization {number} (still needed)" for number in range(1, 1961))]
    assert fold_left(many) == [few[0], "1,960 organizations (still needed): 1, 2, 3 and 1,957 more"]


def test_beyond_the_last_line_the_rows_are_counted():
    told = [f"customer {number} (field {number} changed since)" for number in range(30)]
    assert fold_left([*told, *(f"ticket {number} (still needed)" for number in range(9))], 3) == [
        *told[:3],
        "36 more",
    ]


def test_rows_that_several_need_are_told_together():
    told = [f"organization {number} (still needed by customer {number + 50})" for number in range(1, 6)]
    assert fold_left(told) == ["5 organizations (still needed): 1, 2, 3 and 2 more"]
    assert fold_left([f"agent {number} (still needed by T-4)" for number in range(1, 6)]) == [
        "5 agents (still needed by T-4): 1, 2, 3 and 2 more"
    ]
