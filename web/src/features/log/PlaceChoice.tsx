import { NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { useTexts } from "@/lib/texts";

/** A place in an instance that keeps variables: the key of its scope, and the element that it is. */
export interface Place {
  key: number;
  name: string;
}

interface Given {
  places: readonly Place[];
  value: number;
  onChange: (key: number) => void;
}

/** Whose variables are shown; nothing to choose when there are none but those of the whole run. */
export function PlaceChoice({ places, value, onChange }: Given): ReactElement | null {
  const { page } = useTexts().log;
  if (places.length === 0) return null;
  return (
    <NativeSelect
      mb="sm"
      aria-label={page.variables}
      value={String(value)}
      data={[
        { value: "0", label: page.ofInstance },
        ...places.map(({ key, name }) => ({ value: String(key), label: page.ofElement(name) })),
      ]}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  );
}
