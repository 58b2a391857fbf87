import { Checkbox, NativeSelect, Stack, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import type { Role } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { namesBelow } from "./tree";

export type Filled = Omit<Role, "name">;
type Right = Role["rights"][number];
const RIGHTS: readonly Right[] = ["design", "operate", "administer"];

interface Given {
  filled: Filled;
  roles: readonly Role[];
  /** The role itself, if there is one: it can not stand below itself. */
  name?: string;
  wrong: Record<string, string>;
  onChange: (part: Partial<Filled>) => void;
}

/** How a role is called, where it stands, and what it gives. */
export function RoleFields({ filled, roles, name = "", wrong, onChange }: Given): ReactElement {
  const { admin } = useTexts();
  const impossible = new Set(name ? [name, ...namesBelow(roles, name)] : []);
  const parents = roles
    .filter((one) => one.kind === "organisational" && !impossible.has(one.name))
    .map((one) => ({ value: one.name, label: one.label || one.name }));
  const turn = (right: Right, isOn: boolean): void =>
    onChange({ rights: RIGHTS.filter((one) => (one === right ? isOn : filled.rights.includes(one))) });
  return (
    <Stack gap="md">
      <TextInput
        label={admin.roleLabel}
        value={filled.label}
        error={wrong["label"]}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <NativeSelect
        label={admin.kind}
        data={[
          { value: "organisational", label: admin.organisational },
          { value: "functional", label: admin.functionalKind },
        ]}
        value={filled.kind}
        error={wrong["kind"]}
        onChange={(event) => {
          const kind = event.currentTarget.value as Role["kind"];
          onChange(kind === "functional" ? { kind, parent: "" } : { kind });
        }}
      />
      {filled.kind === "organisational" && (
        <NativeSelect
          label={admin.parent}
          data={[{ value: "", label: admin.parentNone }, ...parents]}
          value={filled.parent}
          error={wrong["parent"]}
          onChange={(event) => onChange({ parent: event.currentTarget.value })}
        />
      )}
      <Checkbox.Group label={admin.gives} value={[...filled.rights]}>
        <Stack gap="xs" mt={4}>
          {RIGHTS.map((right) => (
            <Checkbox
              key={right}
              value={right}
              label={admin[right]}
              onChange={(event) => turn(right, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </Stack>
  );
}
