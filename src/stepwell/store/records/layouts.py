"""The fixed tables around records, column by column, and the statements that write them."""

from stepwell.store.columns import layout
from stepwell.store.writes import Write

HISTORY = layout(
    "record_history",
    3,
    "type_id:int record_id:int revision:int at:int actor:text kind:text instance_id:int element:text changes:blob",
)
LINK = layout("record_link", 5, "type_id:int record_id:int field:int to_type:int to_id:int")
RIGHT = layout(
    "record_right", 2, "type_id:int role:text see:text may_add:int may_change:text may_delete:text"
)

INSERT_HISTORY = Write("insert", HISTORY)
INSERT_LINK = Write("insert", LINK)
DELETE_LINKS = Write("delete", LINK._replace(keys=3))
INSERT_RIGHT = Write("insert", RIGHT)
