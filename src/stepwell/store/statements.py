"""The statements that load rows, the same text for both databases.

Each is for many pairs of an instance id and a key at once. ``cross join`` with the conditions behind it
makes SQLite begin with the pairs, and ``{by NAME}`` makes it use that index (it would rather go through all
rows of an instance); PostgreSQL is told by its session settings to use the indexes.
"""

from stepwell.engine.rows import PAGE
from stepwell.store import columns
from stepwell.store.columns import Layout

_WANTED = "with wanted(first, second) as ({pairs})"


def _list(layout: Layout, alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in layout.names)


def _by(layout: Layout, second: str, more: str = "", index: str = "") -> str:
    """Rows of one table by instance id and the column ``second``, along an index that is not the key."""
    return (
        f"{_WANTED} select {_list(layout, 't')} from wanted cross join {layout.name} t{index and f' {{by {index}}}'}"
        f" where t.instance_id = wanted.first and t.{second} = wanted.second{more}"
    )


ELEMENTS = _by(columns.ELEMENT_INSTANCE, "key")
USER_TASKS = _by(columns.USER_TASK, "key")
JOBS = _by(columns.JOB, "key")
SUBSCRIPTIONS = _by(columns.SUBSCRIPTION, "key")
INCIDENTS = _by(columns.INCIDENT, "key")
JOBS_OF = _by(columns.JOB, "element_key", " and t.key > 0", "job_element")
SUBSCRIPTIONS_OF = _by(columns.SUBSCRIPTION, "element_key", index="subscription_element")
VARIABLES = (
    f"{_WANTED} select t.instance_id, t.scope, t.data from wanted cross join variables t"
    " where t.instance_id = wanted.first and t.scope = wanted.second and t.name = ''"
)
PAGES = (
    f"{_WANTED} select t.instance_id, t.scope, t.data from wanted cross join variables t"
    f" where t.instance_id = wanted.first and t.scope = wanted.second and t.name = '{PAGE}'"
)
JOINING = _by(columns.ELEMENT_INSTANCE, "scope", " and t.state = 'joining'", "element_instance_unsettled")
FLOWS = (
    f"{_WANTED} select {_list(columns.WAITING_FLOW, 'f')}"
    " from wanted cross join element_instance t {by element_instance_unsettled} cross join waiting_flow f"
    " where t.instance_id = wanted.first and t.scope = wanted.second and t.state = 'joining'"
    " and f.instance_id = t.instance_id and f.gateway_key = t.key"
)
CHILDREN = (
    f"select {_list(columns.ELEMENT_INSTANCE, 't')} from element_instance t"
    " {by element_instance_scope} where t.instance_id = ? and t.scope = ? and t.scope != 0"
    " order by t.key limit ?"
)
CHILDREN_OF_INSTANCE = (
    f"select {_list(columns.ELEMENT_INSTANCE, 't')} from element_instance t"
    " where t.instance_id = ? and t.scope = 0 order by t.key limit ?"
)
PENDING = (
    f"select {_list(columns.ELEMENT_INSTANCE, 't')} from element_instance t"
    " {by element_instance_unsettled} where t.instance_id = ? and t.state = 'pending' order by t.key limit ?"
)
SIGNALLED = (
    f"select {_list(columns.SUBSCRIPTION, 't')} from subscription t"
    " where t.instance_id = ? and t.kind = 'signal' and t.name = ? order by t.key"
)
VALUE = "select data from variables where instance_id = ? and scope = ? and name = ?"
OUTPUTS = "select name, data from variables where instance_id = ? and scope = ? and substr(name, 1, 1) = '#'"
INSTANCE_COLUMNS = _list(columns.PROCESS_INSTANCE, "p")
NEWEST = "(select max(n.version) from definition n where n.process_id = d.process_id and n.active >= 0)"
"""The version of the process of ``d`` that new instances run if it is active; a negative ``active``: set aside."""
EPOCH = "select value from counter where name = 'epoch'"
RAISE_EPOCH = "update counter set value = value + 1 where name = 'epoch'"
