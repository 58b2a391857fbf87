"""``stepwell demo``: the application to try, and a way back to its beginning that nobody takes by accident."""

from tests.cli.conftest import MODELS, Say


def test_the_demo_is_deployed_and_says_how_to_go_on(say: Say) -> None:
    said = say("demo")
    assert said.status == 0, said.err
    assert "The demo harbour is deployed." in said.out
    assert "serve --demo" in said.out
    assert "vera" in say("demo", "--json").json["people"]


def started(say: Say) -> list[str]:
    return sorted(one["process_id"] for one in say("instances", "--json").json["items"])


def test_a_reset_wants_a_yes(say: Say) -> None:
    say("demo")
    begun = started(say)
    say("start", "order", "--set", "amount=5000")
    said = say("demo", "--reset")
    assert said.status == 1
    assert "demo.not-confirmed" in said.err
    assert len(started(say)) == len(begun) + 1
    assert "is as at the beginning" in say("demo", "--reset", "--yes").out
    assert started(say) == begun


def test_a_reset_beside_other_applications_has_to_be_meant(say: Say) -> None:
    say("demo")
    say("deploy", str(MODELS / "order.bpmn"))
    refused = say("demo", "--reset", "--yes")
    assert refused.status == 1
    assert "demo.beside-others" in refused.err
    assert say("demo", "--reset", "--yes", "--beside-others").status == 0
