"""What a step brings about while its person waits: the mask, the next step, an incident, and leaving it to itself."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.web.conftest import Arrive, Demo, Person, demonstration

MODEL = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stepwell="urn:stepwell:bpmn:1"
  id="d" targetNamespace="urn:test"><bpmn:process id="shop" name="Shop" isExecutable="true"><bpmn:startEvent id="start"/>
  <bpmn:userTask id="first" name="Order the goods"/>
  <bpmn:serviceTask id="ask" name="Ask the warehouse"><bpmn:extensionElements>
    <stepwell:task type="http.request" retries="0" timeout="PT60S"/>
    <stepwell:input name="method" value="GET"/><stepwell:input name="url" value="{url}"/>
  </bpmn:extensionElements></bpmn:serviceTask>
  <bpmn:userTask id="second" name="Unpack the goods"/><bpmn:endEvent id="end"/>
  <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="first"/><bpmn:sequenceFlow id="b" sourceRef="first" targetRef="ask"/>
  <bpmn:sequenceFlow id="c" sourceRef="ask" targetRef="second"/><bpmn:sequenceFlow id="e" sourceRef="second" targetRef="end"/>
  </bpmn:process></bpmn:definitions>"""


class Warehouse:
    """Another system, which answers when it is told to."""

    def __init__(self) -> None:
        self.status = 200
        self.first: list[int] = []
        self.keys: list[str] = []
        self.answers = threading.Event()
        self.asked = threading.Event()
        warehouse = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                warehouse.keys.append(self.headers["idempotency-key"])
                warehouse.asked.set()
                warehouse.answers.wait(60)
                with suppress(OSError):  # who asked may have been killed meanwhile
                    self.send_response(warehouse.first.pop(0) if warehouse.first else warehouse.status)
                    self.send_header("content-length", "0")
                    self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def begin(self, *first: int) -> None:
        """Answer from now on: at first with these statuses, then that all is well."""
        self.status, self.first, self.keys = 200, list(first), []
        self.asked.clear()
        self.answers.set()


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    found = Warehouse()
    yield found
    found.answers.set()
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser, warehouse: Warehouse) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with demonstration(
        f"sqlite:///{folder / 'stepwell.db'}", folder, allow_private_addresses="true"
    ) as found:
        answer = found.server.client.post(
            "/deployments?name=shop.bpmn",
            content=MODEL.format(url=warehouse.address),
            headers={"content-type": "application/xml"},
        )
        assert answer.status_code < 300, answer.text
        yield found


def order(demo: Demo, arrive: Arrive, name: str) -> Person:
    """Somebody has done the first step, in the foreground, with time in their own hand."""
    demo.start("shop", actor=name)
    person = arrive(demo, name)
    person.page.clock.install()
    person.page.reload()
    person.open("Order the goods")
    person.press("Done")
    return person


def mask(person: Person) -> Locator:
    return person.page.get_by_role("dialog", name="Ask the warehouse")


def test_r4_the_mask_names_what_runs_and_the_next_step_opens_at_once(
    demo: Demo, arrive: Arrive, warehouse: Warehouse
) -> None:
    warehouse.begin()
    warehouse.answers.clear()
    vera = order(demo, arrive, "vera")
    expect(mask(vera)).to_contain_text("The next step opens by itself.")
    expect(mask(vera).get_by_role("button")).to_have_count(0)
    warehouse.answers.set()
    vera.sees("Unpack the goods")
    vera.press("Done")
    expect(vera.page.get_by_role("heading", name="Hello, Vera Lindqvist")).to_be_visible()


def test_r4_after_ten_seconds_one_may_leave_it_to_the_background(
    demo: Demo, arrive: Arrive, warehouse: Warehouse
) -> None:
    warehouse.begin()
    warehouse.answers.clear()
    nora = order(demo, arrive, "nora")
    expect(mask(nora)).to_be_visible()
    nora.page.clock.fast_forward("00:11")
    mask(nora).get_by_role("button", name="Continue in the background").click()
    expect(nora.page.get_by_role("heading", name="Hello, Nora Iversen")).to_be_visible()
    warehouse.answers.set()
    expect(nora.row("Unpack the goods")).to_be_visible()
    demo.start("welcome_customer", actor="nora")
    nora.sees("Who is the new customer?")  # which would have to wait if the other step had opened


def test_r4_an_incident_stands_in_place_of_the_mask_with_who_can_repair_it(
    demo: Demo, arrive: Arrive, warehouse: Warehouse
) -> None:
    warehouse.answers.clear()
    warehouse.status = 404
    tom = order(demo, arrive, "tom")
    expect(mask(tom)).to_be_visible()
    warehouse.answers.set()
    dialog = tom.page.get_by_role("dialog", name="The process can not go on by itself")
    expect(dialog).to_contain_text("404")
    expect(dialog).to_contain_text("At: Ask the warehouse")
    expect(dialog).to_contain_text("It can be repaired by: Administrators, Process operators.")
    dialog.get_by_role("button", name="Close").last.click()
    expect(tom.page.get_by_role("heading", name="Hello, Tom Okafor")).to_be_visible()
    vera = arrive(demo, "vera", path="/notifications")
    told = vera.page.get_by_role("main").get_by_role("listitem").filter(has_text="404")
    expect(told).to_contain_text("Shop")
    expect(told).to_contain_text("Unread")
    warehouse.begin()
    [incident] = demo.server.client.get("/incidents", params={"process_id": "shop"}).json()["items"]
    assert demo.server.client.post(f"/incidents/{incident['id']}/retry", json={}).status_code == 200
    over = vera.page.get_by_role("main").get_by_role("listitem").filter(has_text="that is over")
    expect(over).to_contain_text("Shop")
    expect(over.get_by_text("Unread")).to_have_count(0)


def test_r4_an_operator_goes_from_the_incident_to_the_run_and_tries_again(
    demo: Demo, arrive: Arrive, warehouse: Warehouse
) -> None:
    warehouse.answers.clear()
    warehouse.status = 404
    vera = order(demo, arrive, "vera")
    expect(mask(vera)).to_be_visible()
    warehouse.answers.set()
    dialog = vera.page.get_by_role("dialog", name="The process can not go on by itself")
    dialog.get_by_role("link", name="Open its run to repair it").click()
    retry = vera.page.get_by_role("button", name="Retry")
    expect(retry).to_be_visible()
    warehouse.begin()
    retry.click()
    expect(vera.row("Unpack the goods")).to_be_visible()
