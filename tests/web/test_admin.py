"""Administration: people, roles, rights, tokens, and why somebody sees a step."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Arrive, Demo
from tests.web.test_for_everybody import SCREENS, findings, visit


def test_administration_is_only_for_those_who_may(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom", path="/admin")
    expect(tom.page.get_by_text("Administration is for administrators")).to_be_visible()
    expect(tom.page.get_by_role("link", name="Administration")).to_have_count(0)
    vera = arrive(demo, "vera", path="/admin/people")
    expect(vera.page.get_by_role("combobox", name="Step")).to_be_visible()
    expect(vera.page.get_by_role("link", name="People", exact=True)).to_have_count(0)


def test_a_person_is_added_changed_and_disabled(demo: Demo, arrive: Arrive) -> None:
    admin = arrive(demo, "admin", path="/admin")
    page = admin.page
    admin.press("New person")
    admin.press("Save")
    expect(page.get_by_text("Expected a login name")).to_be_visible()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Login name").fill("zoe")
    dialog.get_by_label("Name", exact=True).fill("Zoe Quist")
    dialog.get_by_role("textbox", name="Password").fill("short")
    admin.press("Save")
    expect(dialog.get_by_text("Expected password to be text of 10")).to_be_visible()
    dialog.get_by_role("textbox", name="Password").fill(demo.password)
    admin.press("Save")
    page.get_by_role("button", name="Zoe Quist").click()
    dialog.get_by_role("textbox", name="Manager").fill("vera")
    page.get_by_role("option", name="Vera").click()
    dialog.get_by_role("textbox", name="Roles").fill("field")
    page.get_by_role("option", name="Field sales").click()
    admin.press("Save")
    expect(page.get_by_role("row", name="Zoe Quist").get_by_text("Vera Lindqvist")).to_be_visible()
    found = demo.server.client.get("/people/zoe").json()
    assert (found["manager"], found["roles"]) == ("vera", ["field sales"])
    page.get_by_role("button", name="Zoe Quist").click()
    admin.press("Disable")
    page.get_by_role("dialog", name="Disable Zoe Quist?").get_by_role("button", name="Disable").click()
    expect(dialog.get_by_role("button", name="Enable", exact=True)).to_be_visible()
    assert demo.server.client.get("/people/zoe").json()["is_active"] is False


def test_what_could_not_be_saved_of_a_person_stays_filled_in(demo: Demo, arrive: Arrive) -> None:
    admin = arrive(demo, "admin", path="/admin")
    page = admin.page
    page.route("**/roles/*/add-members", lambda route: route.abort())
    page.get_by_role("button", name="Jon Aasen").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill("jon@example.net")
    dialog.get_by_role("textbox", name="Roles").fill("field")
    page.get_by_role("option", name="Field sales").click()
    admin.press("Save")
    expect(dialog.get_by_role("alert")).to_be_visible()
    expect(dialog.get_by_text("Field sales").first).to_be_visible()
    page.unroute("**/roles/*/add-members")
    admin.press("Save")
    expect(dialog).to_have_count(0)
    found = demo.server.client.get("/people/jon").json()
    assert found["email"] == "jon@example.net" and "field sales" in found["roles"]


def test_a_role_stands_in_the_tree_with_members_of_its_own_and_inherited_ones(
    demo: Demo, arrive: Arrive
) -> None:
    admin = arrive(demo, "admin", path="/admin/roles")
    page = admin.page
    admin.press("New role")
    page.get_by_role("dialog").get_by_label("Name", exact=False).first.fill("fair team")
    page.get_by_role("dialog").get_by_label("Below").select_option("sales")
    admin.press("Save")
    page.get_by_label("Add a member").fill("mia")
    page.get_by_role("option", name="Mia").click()
    expect(page.get_by_role("button", name="Take Mia Kowalska out")).to_be_visible()
    admin.press("Sales")
    expect(page.get_by_role("button", name="Take Tom Okafor out")).to_be_visible()
    expect(page.get_by_text("in fair team")).to_be_visible()
    admin.press("fair team")
    page.get_by_label("Below").select_option("")
    admin.press("Save")
    expect(page.get_by_text("“fair team” is saved.")).to_be_visible()
    admin.press("Sales")
    expect(page.get_by_role("button", name="Take Tom Okafor out")).to_be_visible()
    expect(page.get_by_text("in fair team")).to_have_count(0)
    admin.press("fair team")
    admin.press("Take Mia Kowalska out")
    expect(page.get_by_text("Nobody is in it directly.")).to_be_visible()
    admin.press("Remove role")
    page.get_by_role("dialog").get_by_role("button", name="Remove role").click()
    expect(page.get_by_role("button", name="fair team")).to_have_count(0)


def test_what_another_administrator_changed_meanwhile_stays(demo: Demo, arrive: Arrive) -> None:
    client = demo.server.client
    for name in ("night", "night guard"):
        assert client.post("/roles", json={"name": name, "rights": ["design", "operate"]}).status_code == 201
    admin = arrive(demo, "admin", path="/admin/roles")
    page = admin.page
    page.get_by_role("button", name="night", exact=True).click()
    page.get_by_label("How it is called").fill("Night shift")
    client.put("/roles/night", json={"rights": ["design"], "parent": "night guard"})
    admin.press("Save")
    expect(page.get_by_role("heading", name="Night shift")).to_be_visible()
    expect(page.get_by_label("Below")).to_have_value("night guard")
    role = client.get("/roles/night").json()
    assert (role["label"], role["rights"], role["parent"]) == ("Night shift", ["design"], "night guard")
    page.goto(f"{demo.address}/admin")
    page.get_by_role("button", name="Samir").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Samir B. Haddad")
    client.put("/people/samir", json={"email": "samir@example.net"})
    admin.press("Save")
    expect(page.get_by_role("button", name="Samir B. Haddad")).to_be_visible()
    found = client.get("/people/samir").json()
    assert (found["display_name"], found["email"]) == ("Samir B. Haddad", "samir@example.net")


def test_what_is_half_typed_of_a_role_outlives_what_others_change(demo: Demo, arrive: Arrive) -> None:
    client = demo.server.client
    client.post("/roles", json={"name": "early", "rights": ["design"]})
    admin = arrive(demo, "admin", path="/admin/roles")
    page = admin.page
    admin.press("early")
    label = page.get_by_label("How it is called")
    label.fill("Early sh")
    client.put("/roles/early", json={"rights": ["operate"]})
    page.get_by_label("Add a member").fill("mia")
    page.get_by_role("option", name="Mia").click()
    expect(page.get_by_role("button", name="Take Mia Kowalska out")).to_be_visible()
    expect(page.get_by_label("Design:")).not_to_be_checked()
    expect(page.get_by_label("Operate:")).to_be_checked()
    expect(label).to_have_value("Early sh")


def test_a_renamed_role_is_called_so_everywhere_at_once(demo: Demo, arrive: Arrive) -> None:
    demo.server.client.post("/roles", json={"name": "late", "label": "Late shift"})
    demo.server.client.post("/roles/late/add-members", json={"people": ["jon"]})
    admin = arrive(demo, "admin", path="/admin/people")
    page = admin.page
    row = page.get_by_role("row", name="Jon Aasen")
    row.get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Late shift")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Roles", exact=True).click()
    admin.press("Late shift")
    page.get_by_label("How it is called").fill("Evening shift")
    admin.press("Save")
    expect(page.get_by_role("heading", name="Evening shift")).to_be_visible()
    page.get_by_role("link", name="People", exact=True).click()
    row.get_by_role("button").click()
    expect(dialog.get_by_text("Evening shift")).to_be_visible()
    expect(dialog.get_by_text("Late shift")).to_have_count(0)


def test_members_that_can_not_be_read_are_asked_for_again(demo: Demo, arrive: Arrive) -> None:
    admin = arrive(demo, "admin", path="/admin/roles")
    page = admin.page
    members = "**/api/v1/people?role=sales*"
    page.route(members, lambda route: route.fulfill(status=500, json={"code": "x", "message": ""}))
    admin.press("Sales")
    told = page.get_by_role("region", name="Sales").get_by_role("alert")
    expect(told).to_contain_text("Something went wrong on the server")
    page.unroute(members)
    told.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Take Tom Okafor out")).to_be_visible()


def test_d4_rights_for_records_hold_when_they_are_saved(demo: Demo, arrive: Arrive) -> None:
    admin = arrive(demo, "admin", path="/admin/rights")
    page = admin.page
    page.get_by_label("Record type").select_option("document")
    page.get_by_label("Delete: Office and accounts").select_option("own")
    page.get_by_label("Give a role rights").fill("service")
    page.get_by_role("option", name="Customer service").click()
    page.get_by_label("Add: Customer service").check()
    admin.press("Save rights")
    expect(page.get_by_text("The rights hold now.")).to_be_visible()
    found = demo.server.client.get("/record-types/document/rights").json()["rights"]
    rights = {one["role"]: (one["see"], one["add"], one["delete"]) for one in found}
    assert (rights["office"][2], rights["service"]) == ("own", ("all", True, "none"))
    expect(page.get_by_role("row", name="Approve a discount")).to_be_visible()


def test_rights_that_somebody_else_gave_meanwhile_are_shown_before_they_are_lost(
    demo: Demo, arrive: Arrive
) -> None:
    admin = arrive(demo, "admin", path="/admin/rights")
    page = admin.page
    page.get_by_label("Record type").select_option("contact")
    page.get_by_label("Delete: Customer service").select_option("all")
    path = "/record-types/contact/rights"
    theirs = [*demo.server.client.get(path).json()["rights"], {"role": "finance", "see": "own", "add": True}]
    assert demo.server.client.put(path, json={"rights": theirs}).status_code == 200
    admin.press("Save rights")
    dialog = page.get_by_role("dialog", name="Somebody has changed these rights before you")
    expect(dialog).to_contain_text("financeYours: NoneTheirs: See: Own, Add")
    expect(dialog).to_contain_text("Delete: All")
    assert findings(page) == []
    dialog.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("See: finance")).to_have_value("own")
    expect(page.get_by_label("Delete: Customer service")).to_have_value("none")
    page.get_by_label("Delete: Customer service").select_option("all")
    demo.server.client.put(path, json={"rights": theirs[:-1]})
    admin.press("Save rights")
    dialog.get_by_role("button", name="Save mine").click()
    expect(page.get_by_text("The rights hold now.")).to_be_visible()
    rights = {one["role"]: one for one in demo.server.client.get(path).json()["rights"]}
    assert (rights["service"]["delete"], rights["finance"]["add"]) == ("all", True)


def test_the_tokens_of_everybody_are_seen_and_revoked(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom", path="/settings")
    tom.press("New API token")
    tom.page.get_by_label("What it is for").fill("Import")
    tom.press("Create token")
    expect(tom.page.get_by_text("Copy the token now")).to_be_visible()
    admin = arrive(demo, "admin", path="/admin/tokens")
    expect(admin.page.get_by_role("row", name="Import").get_by_text("Tom Okafor")).to_be_visible()
    admin.press("Revoke: Import")
    admin.page.get_by_role("dialog").get_by_role("button", name="Revoke", exact=True).click()
    expect(admin.page.get_by_text("There is no API token.")).to_be_visible()


def test_d5_an_operator_learns_why_somebody_does_not_see_a_step(demo: Demo, arrive: Arrive) -> None:
    instance = demo.start("order", amount=2000, actor="tom")
    vera = arrive(demo, "vera", path="/admin/why")
    vera.press("Explain")
    expect(vera.page.get_by_text("Expected a step, but none is named.")).to_be_visible()
    [task] = demo.server.client.get("/user-tasks", params={"instance": instance}).json()["items"]
    vera.page.get_by_role("combobox", name="Step").fill(task["id"])
    vera.page.get_by_role("textbox", name="Person").fill("lena")
    vera.page.get_by_role("option", name="Lena").click()
    vera.press("Explain")
    expect(vera.page.get_by_text("Has it among the tasks: No")).to_be_visible()
    expect(vera.page.get_by_text("lena did not start it").first).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_of_administration_has_a_serious_finding(
    demo: Demo, arrive: Arrive, screen: dict[str, Any]
) -> None:
    seen: dict[str, list[str]] = {}
    admin = arrive(demo, "admin", path="/admin", **screen)
    page = admin.page
    page.get_by_role("button", name="Nora Iversen").click()
    expect(page.get_by_role("button", name="Set a new password")).to_be_visible()
    visit(admin, "a person", seen)
    page.goto(f"{demo.address}/admin")
    admin.press("New person")
    visit(admin, "a new person", seen)
    page.goto(f"{demo.address}/admin/roles")
    admin.press("Sales")
    expect(page.get_by_role("button", name="Take Tom Okafor out")).to_be_visible()
    visit(admin, "roles", seen)
    for part, words in (("rights", "Approve a discount"), ("tokens", "What programs"), ("why", "Explain")):
        page.goto(f"{demo.address}/admin/{part}")
        expect(page.get_by_text(words).first).to_be_visible()
        visit(admin, part, seen)
    assert not seen, "\n".join(f"{place}: {one}" for place, found in seen.items() for one in found)
