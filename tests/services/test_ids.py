"""What people may call things."""

import pytest

from stepwell.errors import NotFound
from stepwell.services import ids


def test_an_instance_is_its_number() -> None:
    assert ids.instance_number("17") == ids.instance_number(17) == 17


def test_what_is_inside_an_instance_has_two_numbers() -> None:
    assert ids.inner_key("17-3", "user task") == (17, 3)


@pytest.mark.parametrize("wrong", ["", "0", "-1", "x", "1.5", "1_000", "9" * 19, "17-3", " 17", "٣", "17\n"])
def test_no_instance_has_such_an_id(wrong: str) -> None:
    with pytest.raises(NotFound, match="Expected the id of an instance such as 17, but found"):
        ids.instance_number(wrong)


@pytest.mark.parametrize("wrong", ["", "17", "17-", "-3", "17-3-1", "0-3", "17-x", "17-3\n"])
def test_no_user_task_has_such_an_id(wrong: str) -> None:
    with pytest.raises(NotFound) as refused:
        ids.inner_key(wrong, "user task")
    assert refused.value.code == "user-task.unknown"


def test_a_refused_id_reads_as_a_sentence() -> None:
    with pytest.raises(NotFound, match="the id of an incident such as 17-3"):
        ids.inner_key("x", "incident")


def test_a_long_wrong_id_is_cut_in_the_message() -> None:
    with pytest.raises(NotFound) as refused:
        ids.instance_number("x" * 1000)
    assert len(refused.value.message) < 150
