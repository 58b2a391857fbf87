"""The outcomes that a step offers, as its page and its flows have it."""

import pytest

from stepwell.engine.offers import listed, offered
from tests.bpmn.build import flow, process
from tests.bpmn.reading import element

CODES = '<stepwell:results codes="{}"/>'


def steps(work: str, *ways: str, gateway: bool = False) -> str:
    """A process whose step ``a`` has these ways behind it: codes, or ``default``."""
    source = "g" if gateway else "a"
    default = f'default="w{ways.index("default")}"' if "default" in ways else ""
    found = f'<startEvent id="s"/><userTask id="a" {"" if gateway else default}><extensionElements>{work}</extensionElements></userTask>'
    found += f'<exclusiveGateway id="g" {default}/>' + flow("to", "a", "g") if gateway else ""
    for number, codes in enumerate(ways):
        inside = (
            f"<extensionElements>{CODES.format(codes)}</extensionElements>"
            if codes not in ("", "default")
            else ""
        )
        found += f'<endEvent id="e{number}"/>' + flow(f"w{number}", source, f"e{number}", inside)
    return process(found + flow("f", "s", "a"))


@pytest.mark.parametrize(
    ("work", "codes"),
    [
        ("", ("done",)),
        ('<stepwell:question><stepwell:answer code="y"/><stepwell:answer code="n"/></stepwell:question>', ("y", "n")),
        ('<stepwell:autoPage><stepwell:button code="a"/><stepwell:button code="b" completes="false"/></stepwell:autoPage>', ("a",)),
        ('<stepwell:page ref="elsewhere"/>', None),
        ('<stepwell:approval recordType="A" record="1"/>', ("approved", "rejected")),
        ('<stepwell:recordPage recordType="A" mode="new"/>', ()),
        ('<stepwell:recordPage recordType="A" mode="new" outcomeField="s"/>', None),
        ("<stepwell:emailDraft/>", ("sent",)),
        ('<stepwell:activityStep><stepwell:result code="r"/></stepwell:activityStep>', ("r",)),
        ("<stepwell:activityStep/>", None),
    ],
)  # fmt: skip
def test_a_step_offers_what_its_page_lets_one_choose(work: str, codes: tuple[str, ...] | None) -> None:
    assert offered(element(steps(work, ""))) == codes


@pytest.mark.parametrize("gateway", [False, True])
def test_k1_without_a_list_of_its_own_the_flows_say_what_an_activity_offers(gateway: bool) -> None:
    found = element(steps("<stepwell:activityStep/>", "b, a", "c", gateway=gateway))
    assert offered(found) == ("b", "a", "c")


@pytest.mark.parametrize("gateway", [False, True])
def test_k1_with_a_default_flow_the_category_does(gateway: bool) -> None:
    found = element(steps("<stepwell:activityStep/>", "b", "default", gateway=gateway))
    assert (offered(found), listed(found)) == (None, ["b"])
