import { useQuery } from "@tanstack/react-query";
import type { FieldView } from "@/lib/api";
import { choicesNamed } from "@/lib/choices";
import { valueText } from "@/lib/fieldText";
import { useTexts } from "@/lib/texts";
import { useReader } from "./useReader";

/** A value that comes without its title. */
export function NamedValue({ field, value }: { field: FieldView; value: unknown }): string {
  const { record } = useTexts();
  const reader = useReader();
  const type = field.holds === "person" ? "User" : (field.to ?? "");
  const isChoice = type !== "" && value !== null && value !== undefined && !Array.isArray(value);
  const found = useQuery({
    queryKey: ["choices-named", type, [String(value)]],
    queryFn: () => choicesNamed(type, [String(value)]),
    enabled: isChoice,
    staleTime: Infinity,
  });
  const text = isChoice ? (found.data?.[0]?.label ?? String(value)) : valueText(value, field, reader);
  return text || record.nothing;
}
