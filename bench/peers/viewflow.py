"""django-viewflow on SQLite (WAL, FULL), one caller: W2 and the queue of W5.

A completion is assign, start and execute in one transaction, as its view does it. A task of viewflow carries
one permission, so the second candidate role of W5 falls away, which makes its work lighter, not heavier.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings

from bench import inbox_data, script

PAGE = 50


def prepare(database: Path) -> None:
    """Configures Django and makes the tables if they are not there yet."""
    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "viewflow.workflow",
            "bench.peers.viewflow_flow",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(database),
                "OPTIONS": {"init_command": "pragma journal_mode=wal; pragma synchronous=full"},
            }
        },
        USE_TZ=True,
        SECRET_KEY="bench",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def w2(count: int) -> None:
    from django.contrib.auth.models import User
    from viewflow.workflow.models import Process, Task

    from bench.peers.viewflow_flow.flows import AskFlow

    user = User.objects.create_superuser("ann")
    script.say("starts", script.one_caller(lambda _: AskFlow.start.run(), range(count)))
    waiting = list(Task.objects.filter(flow_task=AskFlow.ask).values_list("pk", flat=True))
    script.say("completions", script.one_caller(lambda key: _complete(key, user), waiting))
    done = Process.objects.filter(status="DONE").count()
    assert done == count, f"Expected {count} finished processes but found {done}"


def w5(tasks: int, pages: int) -> None:
    from django.contrib.auth.models import User
    from viewflow.workflow.models import Task

    from bench.peers.viewflow_flow.flows import AskFlow

    if not User.objects.exists():
        _fill(tasks)
    user = User.objects.get(username=inbox_data.USER)

    def page(_: int) -> None:
        found = list(Task.objects.queue([AskFlow], user).order_by("-created")[:PAGE])
        assert len(found) == PAGE, f"Expected a full page but found {len(found)} tasks"

    script.say("pages", script.one_caller(page, range(pages)))


def _complete(key: int, user: Any) -> None:
    from django.db import transaction
    from viewflow.workflow.models import Task

    with transaction.atomic(), Task.objects.get(pk=key).activation() as activation:
        activation.assign(user)
        activation.start(SimpleNamespace(user=user))
        activation.execute()


def _fill(tasks: int) -> None:
    from django.contrib.auth.models import Permission, User
    from django.contrib.contenttypes.models import ContentType
    from viewflow.workflow.models import Process, Task

    from bench.peers.viewflow_flow.flows import AskFlow

    kind = ContentType.objects.get_for_model(Process)
    roles = {
        role: Permission.objects.create(content_type=kind, codename=role, name=role)
        for role in inbox_data.roles()
    }
    users = {name: User.objects.create(username=name) for name in inbox_data.users()}
    viewer = users[inbox_data.USER]
    viewer.user_permissions.add(*(roles[role] for role in inbox_data.USER_ROLES))
    viewer.user_permissions.add(Permission.objects.get(content_type=kind, codename="view_process"))
    began = datetime(2026, 1, 1, tzinfo=UTC)
    rows = Process.objects.bulk_create((Process(flow_class=AskFlow) for _ in range(tasks)), batch_size=2_000)
    Task.objects.bulk_create(
        (
            Task(
                process=process,
                flow_task=AskFlow.ask,
                flow_task_type="HUMAN",
                created=began + timedelta(seconds=number),
                **_offer(number, users),
            )
            for number, process in enumerate(rows)
        ),
        batch_size=2_000,
    )


def _offer(number: int, users: dict[str, Any]) -> dict[str, Any]:
    assignee, candidates = inbox_data.offer(number)
    if assignee:
        return {"owner": users[assignee], "status": "ASSIGNED"}
    return {"owner_permission": f"viewflow.{candidates[0]}", "status": "NEW"}


def main() -> None:
    given = script.task()
    prepare(script.folder(given) / "viewflow.db")
    if given["workload"] == "W2":
        w2(given["count"])
    else:
        w5(given["tasks"], given["count"])


if __name__ == "__main__":
    main()
