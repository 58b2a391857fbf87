import { Combobox } from "@mantine/core";
import type { ReactElement } from "react";
import { useTexts } from "@/lib/texts";

/** Says below what can be chosen that there is more, and how it is found. */
export function MoreChoices({ count }: { count: number }): ReactElement {
  const { form } = useTexts();
  return (
    <Combobox.Footer fz="sm" c="dimmed" role="status">
      {form.more(count)}
    </Combobox.Footer>
  );
}
