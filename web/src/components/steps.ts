/** What the dialogs about a step need to know of it. */
export interface StepNamed {
  id: string;
  title: string;
  assignee: string;
}
