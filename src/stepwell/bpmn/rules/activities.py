"""Activities and sub-processes (BPMN 2.0, 10.3)."""

from stepwell.bpmn.grammar import ACTIVITIES, CHOREOGRAPHY_ACTIVITIES, RESOURCE_ROLES, SUB_PROCESSES
from stepwell.bpmn.index import Index, attribute_names, child, children, flag, say, tag
from stepwell.bpmn.rules.events import is_event_sub_process
from stepwell.bpmn.rules.registry import Findings, rule


@rule("activity.quantity", "Use a whole number from 1 on, or leave the attribute out.")
def quantities_are_positive(index: Index) -> Findings:
    for activity in index.each(*sorted(ACTIVITIES)):
        for name in ("startQuantity", "completionQuantity"):
            value = activity.get(name, "1").strip()
            if value.startswith("-") or value.strip("+0") == "":
                yield activity, f"Expected {name} of {say(activity)} to be at least 1 but it is {value}."


@rule("activity.loops-doubled", "Keep one of the loops, or put the activity into a looping sub-process.")
def activities_loop_in_one_way(index: Index) -> Findings:
    for activity in index.each(*sorted(ACTIVITIES)):
        loops = children(activity, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
        if len(loops) > 1:
            yield activity, f"Expected at most one kind of loop but {say(activity)} has {len(loops)}."


@rule("multi-instance.count-missing", "Add a loopCardinality, or name a collection in loopDataInputRef.")
def multi_instances_know_how_many(index: Index) -> Findings:
    """An attribute or element of another engine may say it; that is the reader's to refuse."""
    for loop in index.each("multiInstanceLoopCharacteristics"):
        known = child(loop, "loopCardinality") is not None or child(loop, "loopDataInputRef") is not None
        foreign = (
            any(name.startswith("{") for name in attribute_names(loop))
            or child(loop, "extensionElements") is not None
        )
        if not known and not foreign and index.runs(loop):
            yield loop, f"Expected a cardinality or a collection but {say(loop)} has neither."


@rule("receive-task.start-with-flow", "Remove the flows into the task, or instantiate.")
def starting_receive_tasks_have_no_flow_in(index: Index) -> Findings:
    for task in index.each("receiveTask"):
        if flag(task, "instantiate") and index.incoming.get(task):
            yield task, f"Expected no flow into {say(task)}, which starts the process, but there is one."


@rule("event-sub-process.with-flow", "Remove the flow: the event alone starts the sub-process.")
def event_sub_processes_have_no_flow(index: Index) -> Findings:
    for scope in index.each(*sorted(SUB_PROCESSES)):
        for flow in (*index.incoming.get(scope, ()), *index.outgoing.get(scope, ())):
            if is_event_sub_process(scope):
                yield (
                    scope,
                    f"Expected no flow at the event sub-process {say(scope)} but {say(flow)} is there.",
                )


@rule(
    "event-sub-process.start", "Keep exactly one start event; further events need sub-processes of their own."
)
def event_sub_processes_have_one_start(index: Index) -> Findings:
    for scope in index.each(*sorted(SUB_PROCESSES)):
        starts = len(children(scope, "startEvent"))
        if is_event_sub_process(scope) and starts != 1:
            yield (
                scope,
                f"Expected one start event in the event sub-process {say(scope)} but there are {starts}.",
            )


@rule("sub-process.data", "Give the data to the activities inside; a sub-process sees the data around it.")
def sub_processes_have_no_inputs(index: Index) -> Findings:
    for scope in index.each(*sorted(SUB_PROCESSES)):
        if child(scope, "ioSpecification") is not None:
            yield scope, f"Expected no ioSpecification in {say(scope)} but it has one."


@rule("ad-hoc.empty", "Add an activity.")
def ad_hoc_sub_processes_have_activities(index: Index) -> Findings:
    for scope in index.each("adHocSubProcess"):
        if not children(scope, *ACTIVITIES):
            yield scope, f"Expected an activity in {say(scope)} but there is none."


@rule(
    "ad-hoc.event",
    "Remove the event: inside, people choose what to begin and the sub-process ends by itself.",
)
def ad_hoc_sub_processes_have_no_start_or_end(index: Index) -> Findings:
    for scope in index.each("adHocSubProcess"):
        for event in children(scope, "startEvent", "endEvent", *CHOREOGRAPHY_ACTIVITIES):
            yield event, f"Expected no {tag(event)} in {say(scope)} but {say(event)} is there."


@rule("role.doubled", "Keep resourceRef or resourceAssignmentExpression.")
def roles_are_given_in_one_way(index: Index) -> Findings:
    for role in index.each(*sorted(RESOURCE_ROLES)):
        if child(role, "resourceRef") is not None and child(role, "resourceAssignmentExpression") is not None:
            yield role, f"Expected a resource or an expression but {say(role)} has both."


@rule("role.parameter-without-resource", "Add the resourceRef whose parameters these are.")
def role_parameters_belong_to_a_resource(index: Index) -> Findings:
    for role in index.each(*sorted(RESOURCE_ROLES)):
        if child(role, "resourceParameterBinding") is not None and child(role, "resourceRef") is None:
            yield role, f"Expected a resourceRef because {say(role)} binds its parameters, but there is none."


@rule("script.format-missing", 'Add scriptFormat="text/feel".', warning=True)
def scripts_say_their_language(index: Index) -> Findings:
    for task in index.each("scriptTask", "globalScriptTask"):
        if child(task, "script") is not None and task.get("scriptFormat") is None:
            yield task, f"Expected a scriptFormat because {say(task)} has a script, but there is none."
