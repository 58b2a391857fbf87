"""The ASGI application: all routes, their description, and what goes wrong."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from litestar import Litestar, Router
from litestar.di import Provide

from stepwell.api import (
    activities,
    applications,
    attachments,
    audit,
    continuing,
    definitions,
    description,
    events,
    health,
    inbox,
    incidents,
    instances,
    me,
    messages,
    notifications,
    people,
    problems,
    processes,
    record_types,
    records,
    roles,
    saved_views,
    step_contents,
    user_tasks,
    user_tasks_many,
    web_app,
)
from stepwell.api.command import PREFIX, described
from stepwell.api.front import Front
from stepwell.api.reading import only_known_parameters, provide_actor, provide_caller, provide_rooms
from stepwell.api.rooms import Rooms
from stepwell.identity import Actor
from stepwell.services.directory import Caller

COMMANDS = {
    "instances": (instances.start_instance, instances.cancel_instance, instances.set_variables),
    "user tasks": (
        user_tasks.open_user_task,
        user_tasks.claim_user_task,
        user_tasks.release_user_task,
        user_tasks.complete_user_task,
        user_tasks.save_draft,
        user_tasks.examine_page,
        user_tasks.reassign_user_task,
        user_tasks.postpone_user_task,
        user_tasks.cancel_user_task,
    ),
    "step contents": (step_contents.add_comment, step_contents.put_presence),
    "notifications": (
        notifications.read_notifications,
        notifications.read_notification,
        notifications.postpone_notification,
    ),
    "many user tasks": (
        user_tasks_many.claim_many,
        user_tasks_many.release_many,
        user_tasks_many.reassign_many,
        user_tasks_many.postpone_many,
        user_tasks_many.complete_many,
    ),
    "definitions": (definitions.activate_definition,),
    "processes": (processes.set_favourite, processes.start_many),
    "messages": (messages.publish_message, messages.throw_signal),
    "incidents": (incidents.retry_incident,),
    "me": (
        me.change_settings,
        me.change_password,
        me.end_session,
        me.add_api_token,
        me.revoke_api_token,
    ),
    "people": (
        people.add_person,
        people.change_person,
        people.disable_person,
        people.enable_person,
        people.set_password,
    ),
    "roles": (
        roles.add_role,
        roles.change_role,
        roles.remove_role,
        roles.add_members,
        roles.remove_members,
    ),
    "record types": (
        record_types.add_record_type,
        record_types.change_record_type,
        record_types.remove_record_type,
        record_types.set_record_rights,
    ),
    "records": (records.add_record, records.change_record, records.delete_record),
    "attachments": (attachments.remove_attachment,),
    "saved views": (
        saved_views.add_saved_view,
        saved_views.change_saved_view,
        saved_views.remove_saved_view,
    ),
}
READS = (
    applications.list_applications,
    applications.deploy_application,
    applications.export_application,
    definitions.deploy,
    definitions.check_deployment,
    definitions.list_definitions,
    definitions.get_definition,
    definitions.get_definition_xml,
    processes.list_processes,
    processes.list_processes_of_record,
    processes.get_start_form,
    instances.list_instances,
    instances.get_instance,
    instances.get_path,
    instances.list_steps,
    instances.get_diagram,
    instances.get_history,
    instances.get_variables,
    user_tasks.get_page,
    user_tasks.list_user_tasks,
    user_tasks.get_user_task,
    user_tasks.why_user_task,
    inbox.get_inbox,
    inbox.count_inbox,
    inbox.list_inbox_groups,
    me.log_in,
    me.log_out,
    me.get_me,
    me.list_sessions,
    me.list_api_tokens,
    people.list_people,
    people.get_person,
    roles.list_roles,
    roles.get_role,
    incidents.list_incidents,
    incidents.get_incident,
    record_types.list_record_types,
    record_types.get_record_type,
    record_types.get_record_rights,
    records.list_records,
    records.count_records,
    records.measure_records,
    records.export_records,
    records.import_records,
    records.get_record,
    records.get_record_history,
    records.get_related_lists,
    records.get_approvals,
    continuing.list_user_tasks_of_record,
    continuing.list_user_tasks_of_records,
    records.search_everything,
    activities.list_activities,
    activities.get_calendar,
    activities.get_activity,
    attachments.list_attachments,
    attachments.add_attachment,
    attachments.upload_file,
    attachments.get_attachment,
    attachments.get_attachment_content,
    saved_views.list_saved_views,
    step_contents.list_comments,
    step_contents.get_presence,
    step_contents.list_step_attachments,
    step_contents.add_step_attachment,
    notifications.list_notifications,
    events.get_events,
    audit.list_audit,
)


def build(rooms: Rooms) -> Front:
    """The application over these rooms."""
    commands = [found for group in COMMANDS.values() for found in group]
    web = web_app.load(Path(str(files("stepwell") / "static")), rooms.demo_people)
    return Front(framework(), rooms, commands, web)


@cache
def framework() -> Litestar:
    """All routes as the framework knows them; over which rooms, the way in says with each request."""
    commands = [described(found, tag) for tag, group in COMMANDS.items() for found in group]
    routes = Router(PREFIX, route_handlers=[*READS, *commands], before_request=only_known_parameters)
    return Litestar(
        [routes, health.live, health.ready],
        dependencies={
            "rooms": Provide(provide_rooms, sync_to_thread=False),
            "caller": Provide(provide_caller, sync_to_thread=False),
            "actor": Provide(provide_actor, sync_to_thread=False),
        },
        exception_handlers={Exception: problems.respond},
        signature_types=[Rooms, Actor, Caller],
        openapi_config=description.config(),
        logging_config=None,
    )
