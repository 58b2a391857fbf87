"""Rules of the panel and of steps that a screen can show, and no other story tells."""

import re

from playwright.sync_api import expect

from tests.web.conftest import Arrive, Demo
from tests.web.test_panel import orders
from tests.web.test_step_pages import begin

ASSIGNED = '<bpmn:extensionElements><stepwell:assignment user="{}"/></bpmn:extensionElements>'
BRANCHES = f"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:stepwell="urn:stepwell:bpmn:1" id="model" targetNamespace="urn:test">
  <bpmn:process id="branches" name="Branches" isExecutable="true">
  <bpmn:startEvent id="start"/><bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>
  <bpmn:userTask id="wait" name="Wait here">{ASSIGNED.format("vera")}</bpmn:userTask>
  <bpmn:userTask id="first" name="First">{ASSIGNED.format("samir")}</bpmn:userTask>
  <bpmn:userTask id="second" name="Second">{ASSIGNED.format("samir")}</bpmn:userTask>
  <bpmn:endEvent id="end"/>
  <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="fork"/>
  <bpmn:sequenceFlow id="b" sourceRef="fork" targetRef="wait"/>
  <bpmn:sequenceFlow id="c" sourceRef="fork" targetRef="first"/>
  <bpmn:sequenceFlow id="d" sourceRef="first" targetRef="second"/>
  <bpmn:sequenceFlow id="e" sourceRef="wait" targetRef="join"/>
  <bpmn:sequenceFlow id="f" sourceRef="second" targetRef="join"/>
  <bpmn:sequenceFlow id="g" sourceRef="join" targetRef="end"/></bpmn:process></bpmn:definitions>"""
WELCOME = "Who is the new customer?"


def test_r3_other_branches_go_on_while_a_step_waits_for_its_person(demo: Demo, arrive: Arrive) -> None:
    answer = demo.server.client.post(
        "/deployments?name=branches.bpmn", content=BRANCHES, headers={"content-type": "application/xml"}
    )
    assert answer.status_code < 300, answer.text
    demo.start("branches", actor="paul")
    vera, samir = arrive(demo, "vera"), arrive(demo, "samir")
    expect(vera.row("Wait here")).to_be_visible()
    samir.open("First")
    samir.press("Done")
    samir.sees("Second")
    expect(vera.row("Wait here")).to_be_visible()


def test_t2_a_row_says_what_it_is_whose_and_when(demo: Demo, arrive: Arrive) -> None:
    timing = '<stepwell:timing due="PT2H"/><stepwell:assignment roles="service"/>'
    begin(demo, "rows", timing, actor="paul")
    jon = arrive(demo, "jon")
    row = jon.row("Step of rows")
    expect(row.get_by_title("Step", exact=True)).to_be_visible()
    expect(row.get_by_text("Customer service", exact=True)).to_be_visible()
    expect(row.locator("time")).to_have_attribute("title", re.compile("^Due: "))


def test_t3_a_step_is_taken_and_opened_from_its_row(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=2000, customer="Row")
    nora = arrive(demo, "nora")
    nora.act("Approve the order", "Assign to me")
    expect(nora.page.get_by_text("“Approve the order” is yours now.")).to_be_visible()
    nora.act("Approve the order", "Open")
    nora.sees("Approve the order")
    expect(nora.page.get_by_text("Assigned to you")).to_be_visible()


def test_s1_who_starts_a_process_has_its_steps_when_nobody_else_is_named(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "alone", "", actor="mia")
    mia, jon = arrive(demo, "mia"), arrive(demo, "jon")
    expect(mia.row("Step of alone")).to_be_visible()
    expect(jon.panel.get_by_text("Live", exact=True)).to_be_visible()
    begin(demo, "others", "", actor="jon")
    expect(jon.row("Step of others")).to_be_visible()
    expect(jon.row("Step of alone")).to_have_count(0)


def test_s2_the_hint_opens_behind_its_sign(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "hinted", "<stepwell:hint>Look at the **photos** first.</stepwell:hint>", actor="tom")
    tom = arrive(demo, "tom")
    tom.open("Step of hinted")
    expect(tom.page.get_by_text("Look at the")).to_be_hidden()
    tom.page.get_by_label("What this step is about").click()
    expect(tom.page.get_by_role("strong").filter(has_text="photos")).to_be_visible()
    tom.page.keyboard.press("Escape")
    expect(tom.page.get_by_text("Look at the")).to_be_hidden()
    tom.sees("Step of hinted")


def test_s3_a_step_that_starts_later_is_no_task_yet(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "later", '<stepwell:timing startIn="P2D"/>', actor="ines")
    ines = arrive(demo, "ines")
    expect(ines.panel.get_by_text("Nothing to do.")).to_be_visible()
    ines.panel.get_by_label("Show future tasks").check()
    expect(ines.row("Step of later")).to_be_visible()
    expect(ines.panel.get_by_role("heading", name="Starts later")).to_be_visible()


def test_s3_priority_and_due_order_the_tasks_and_a_reminder_comes_to_all_of_the_role(
    demo: Demo, arrive: Arrive
) -> None:
    # A reminder that lies in the past comes at once.
    reminded = (
        '<stepwell:timing startIn="P1D" duration="PT1H" remind="P2D"/><stepwell:assignment roles="service"/>'
    )
    for priority in ("low", "high"):
        settings = f'<stepwell:timing duration="PT3H" priority="{priority}"/>'
        begin(demo, f"of_{priority}_priority", settings, actor="jon")
    begin(demo, "reminded", reminded, actor="paul")
    mia, jon = arrive(demo, "mia"), arrive(demo, "jon")
    for person in (mia, jon):
        person.page.get_by_role("tab", name="unread notifications").click()
        told = person.page.get_by_role("region", name="Notifications").get_by_role("listitem")
        expect(told.filter(has_text="Step of reminded")).to_contain_text("Reminder")
        person.page.get_by_role("tab", name="Business process tasks").click()
        expect(person.row("Step of reminded")).to_have_count(0)
    orders(jon, sort_by="Priority")
    ours = jon.panel.get_by_role("article").filter(has_text="priority")
    expect(ours).to_contain_text(["Step of of_high_priority", "Step of of_low_priority"])
    expect(ours.first.locator("time")).to_have_attribute("title", re.compile("^Due: "))
    jon.panel.get_by_label("Show future tasks").check()
    expect(jon.row("Step of reminded").locator("time")).to_have_attribute("title", re.compile("^Starts: "))


def test_k4_the_pressed_button_of_a_page_is_its_outcome(demo: Demo, arrive: Arrive) -> None:
    id = demo.start("welcome_customer", actor="tom")
    tom = arrive(demo, "tom")
    tom.open(WELCOME)
    tom.page.get_by_label("Company").fill("By a button")
    tom.page.get_by_label("City").fill("Oslo")
    tom.press("Keep it")
    tom.sees("Whom do we talk to at By a button?")
    steps = demo.server.client.get(f"/instances/{id}/steps").json()["items"]
    assert [step["outcome"] for step in steps if step["title"] == WELCOME] == ["keep"]


def test_k7_a_plain_step_is_done_with_one_press(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "plain", "", actor="nora")
    nora = arrive(demo, "nora")
    nora.open("Step of plain")
    expect(nora.page.get_by_role("button", name="Done", exact=True)).to_be_focused()
    nora.page.keyboard.press("Enter")
    expect(nora.row("Step of plain")).to_have_count(0)
