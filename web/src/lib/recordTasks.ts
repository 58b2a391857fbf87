/** The open steps about records that the person can go on with (S9), and what they may run on one. */
import { useQuery } from "@tanstack/react-query";
import { get, type InboxTask, part, type Processes, type RecordTasks, type TasksOfRecords } from "@/lib/api";
import { placeOf } from "@/lib/records";

const TASKS = "record-tasks";
const MOST = 200;

/** Of the rows of a list: by the id of the record. */
export function useTasksOfRecords(type: string, ids: readonly string[]) {
  return useQuery({
    queryKey: [TASKS, type, ids],
    queryFn: () => tasksOfRecords(type, ids),
    enabled: ids.length > 0,
    placeholderData: (before) => before,
  });
}

async function tasksOfRecords(type: string, ids: readonly string[]): Promise<Map<string, InboxTask[]>> {
  const numbers = ids.map((id) => id.slice(type.length + 1));
  const found = new Map<string, InboxTask[]>();
  for (let start = 0; start < numbers.length; start += MOST) {
    const some = numbers.slice(start, start + MOST).join(",");
    const page = await get<TasksOfRecords>(`/records/${part(type)}/user-tasks`, { ids: some });
    for (const one of page.items) found.set(one.record, one.items);
  }
  return found;
}

export function useTasksOfRecord(type: string, number: string) {
  return useQuery({
    queryKey: [TASKS, type, number],
    queryFn: async () => (await get<RecordTasks>(`/records/${part(type)}/${part(number)}/user-tasks`)).items,
  });
}

/** What the person may run on a record. */
export function useProcessesOf(record: string, enabled = true) {
  const { type, number } = placeOf(record);
  return useQuery({
    enabled,
    queryKey: ["record-processes", type, number],
    queryFn: async () => (await get<Processes>(`/records/${part(type)}/${part(number)}/processes`)).items,
  });
}
