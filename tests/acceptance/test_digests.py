"""The mail that sums up what is open: when it comes, and what it says; with a clock that moves when told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from stepwell.identity import STEPWELL
from stepwell.services import people
from stepwell.services.people import PersonChange
from stepwell.services.user_tasks import Later, Receiver
from stepwell.store import notifications
from stepwell.store.notifications import About
from tests.acceptance.posting import ADDRESS, VIENNA, Post, step, text, titles


def test_a_daily_mail_comes_each_morning_where_the_person_is(post: Post) -> None:
    post.hire("ada", zone=VIENNA)
    post.hire("ken", zone="Asia/Tokyo")
    post.begin(step('user="ada"'))
    post.begin(step('user="ken"'))
    assert post.at("2030-03-07T06:59:59", "Asia/Tokyo") == []
    assert [mail["To"] for mail in post.at("2030-03-07T07:00", "Asia/Tokyo")] == ["ken@example.org"]
    assert post.at("2030-03-07T06:59:59") == []
    assert [mail["To"] for mail in post.at("2030-03-07T07:00")] == ["ada@example.org"]
    assert post.at("2030-03-07T23:59") != []  # the next morning in Tokyo
    assert [mail["To"] for mail in post.at("2030-03-08T07:00")] == ["ada@example.org"]


def test_the_morning_stays_at_seven_when_the_clocks_change(post: Post) -> None:
    post.hire("ada")
    post.begin(step('user="ada"'))
    assert len(post.at("2030-03-30T07:00")) == 1
    assert post.at("2030-03-31T06:59") == []
    assert len(post.at("2030-03-31T07:00")) == 1


def test_a_weekly_mail_comes_on_mondays(post: Post) -> None:
    post.hire("ada", digest="weekly")
    post.begin(step('user="ada"'))
    mornings = [f"2030-03-{day:02}T07:00" for day in range(7, 20)]
    assert [at for at in mornings if post.at(at)] == ["2030-03-11T07:00", "2030-03-18T07:00"]


def test_it_says_what_is_open_and_leads_there(post: Post) -> None:
    post.hire("ada", "clerks", display_name="Ada Byron")
    late = post.begin(step('user="ada"', "2030-03-06T18:00:00+01:00", "Call &lt;Eve&gt;"))
    today = post.begin(step('user="ada"', "2030-03-07T15:30:00+01:00", "Answer"))
    week = post.begin(step('roles="clerks"', "2030-03-08T09:00:00+01:00", "Count"))
    later = post.begin(step('user="ada"', "2030-03-11T09:00:00+01:00", "Plan"))
    [mail] = post.at("2030-03-07T07:00")
    assert mail["Subject"] == "Stepwell: 4 open steps, 1 overdue"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == f"<{ADDRESS}/settings>"
    lines = [line.strip() for line in text(mail).splitlines() if line.strip()]
    links = {name: f"{ADDRESS}/tasks?step={name}" for name in (late, today, week, later)}
    assert lines[0] == "Hello Ada Byron,"
    assert lines[1:5] == ["Overdue (1)", "- Call <Eve>", "p · due Wed 6 Mar, 18:00", links[late]]
    assert lines[5:9] == ["Due today (1)", "- Answer", "p · due 15:30", links[today]]
    assert lines[9:13] == [
        "Due this week (1)", "- Count", "p · due Fri 8 Mar, 09:00 · offered to Clerks", links[week],
    ]  # fmt: skip
    assert lines[13:17] == ["Other open steps (1)", "- Plan", "p · due Mon 11 Mar, 09:00", links[later]]
    assert lines[17] == f"See all steps: {ADDRESS}/tasks"
    assert f"every morning at 07:00 ({VIENNA})" in lines[-2]
    assert lines[-1].endswith(f"{ADDRESS}/settings")
    html = text(mail, "html")
    assert f'<a href="{links[late]}">Call &lt;Eve&gt;</a>' in html
    assert '<html lang="en">' in html


def test_of_many_steps_the_first_are_named_and_all_are_counted(post: Post) -> None:
    post.hire("ada")
    post.engine.deploy(step('user="ada"'))
    for _ in range(12):
        post.engine.start("p")
    [mail] = post.at("2030-03-07T07:00")
    assert mail["Subject"] == "Stepwell: 12 open steps"
    assert "Other open steps (12)" in text(mail)
    assert (text(mail).count("- Check"), "and 2 more" in text(mail)) == (10, True)
    for _ in range(90):
        post.engine.start("p")
    [mail] = post.at("2030-03-08T07:00")
    assert mail["Subject"] == "Stepwell: 99+ open steps"
    assert "Other open steps (99+)" in text(mail)


def test_what_was_told_and_not_read_is_said_too(post: Post) -> None:
    post.hire("ada")
    with post.engine.store.transaction() as tx:
        notifications.add(tx.session, [("ada", About("comment", 1, 1, "Call Eve"))], tx.now)
    [mail] = post.at("2030-03-07T07:00")
    assert mail["Subject"] == "Stepwell: 1 unread notification"
    assert "- New comment: Call Eve" in text(mail)
    assert f"{ADDRESS}/notifications" in text(mail)


def test_with_nothing_open_no_mail_comes_and_later_ones_do(post: Post) -> None:
    post.hire("ada")
    assert post.at("2030-03-07T07:00") == []
    post.begin(step('user="ada"'))
    assert post.at("2030-03-07T12:00") == []
    assert len(post.at("2030-03-08T07:00")) == 1


def test_who_chose_nothing_was_disabled_or_has_no_address_gets_no_mail(post: Post) -> None:
    post.hire("ada", "clerks", digest="none")
    post.hire("ben", "clerks")
    post.hire("eve", "clerks", email="")
    post.begin(step('roles="clerks"'))
    people.set_active(post.engine.store, "ben", is_active=False, actor=STEPWELL)
    assert post.at("2030-03-07T07:00") == []
    people.set_active(post.engine.store, "ben", is_active=True, actor=STEPWELL)
    people.change(post.engine.store, "eve", PersonChange(email="eve@example.org"), STEPWELL)
    assert {mail["To"] for mail in post.at("2030-03-08T07:00")} == {"ben@example.org", "eve@example.org"}
    post.set("ben", digest="none")
    assert [mail["To"] for mail in post.at("2030-03-09T07:00")] == ["eve@example.org"]


def test_it_speaks_the_language_that_the_person_reads_now(post: Post) -> None:
    post.hire("ada")
    post.begin(step('user="ada"', "2030-03-06T18:00:00+01:00"))
    assert text(post.at("2030-03-07T07:00")[0]).startswith("Hello ada,")
    post.set("ada", language="de-AT")
    [mail] = post.at("2030-03-08T07:00")
    assert mail["Subject"] == "Stepwell: 1 offener Schritt, 1 überfällig"
    assert "fällig Mi. 6.3., 18:00" in text(mail)
    assert '<html lang="de">' in text(mail, "html")


def test_another_zone_or_choice_holds_from_the_next_mail_on(post: Post) -> None:
    post.hire("ada")
    post.begin(step('user="ada"'))
    post.set("ada", time_zone="Asia/Tokyo")
    assert len(post.at("2030-03-07T07:00", "Asia/Tokyo")) == 1
    post.set("ada", digest="weekly")
    assert post.at("2030-03-08T07:00", "Asia/Tokyo") == []
    assert len(post.at("2030-03-11T07:00", "Asia/Tokyo")) == 1


def test_t1_d5_a_mail_says_nothing_of_what_the_panel_does_not_show(post: Post) -> None:
    post.hire("ada", "clerks")
    post.hire("ben", "clerks")
    post.hire("eve")
    post.begin(step('user="ben"', title="Bens own"))
    claimed = post.begin(step('roles="clerks"', title="Claimed by Ben"))
    post.engine.claim(claimed, "ben")
    moved = post.begin(step('user="ada"', title="Handed on"))
    post.engine.reassign(moved, Receiver("ben"))
    postponed = post.begin(step('user="ada"', title="For later"))
    tomorrow = datetime(2030, 3, 8, 7, tzinfo=ZoneInfo(VIENNA))
    post.engine.postpone(postponed, Later(start_at=tomorrow))
    post.begin(step('roles="clerks"', title="Offered"))
    mails = {mail["To"].partition("@")[0]: text(mail) for mail in post.at("2030-03-07T07:00")}
    said = {name: titles(found) for name, found in mails.items()}
    assert said["ada"] == ["Offered"]
    assert sorted(said["ben"]) == ["Bens own", "Claimed by Ben", "Handed on", "Offered"]
    assert "eve" not in said
    [mine] = [mail for mail in post.at("2030-03-08T07:00") if mail["To"] == "ada@example.org"]
    assert titles(text(mine)) == ["Offered", "For later"]
