import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Pills } from "@/components/Pills";
import { SearchField } from "@/components/SearchField";
import { get, type Hit, type Hits } from "@/lib/api";
import type { Found } from "@/lib/people";
import { placeOf, useTitles } from "@/lib/records";
import { useTexts } from "@/lib/texts";
import styles from "./Activities.module.css";

const MOST = 12;

interface Given {
  value: readonly string[];
  onChange: (value: string[]) => void;
  error?: string | undefined;
}

/** The records that an activity is about: of any type, found by their words. */
export function Connections({ value, onChange, error }: Given): ReactElement {
  const { activities: texts } = useTexts();
  const titleOf = useTitles(value);
  const link = (id: string): ReactElement => (
    <Link to="/records/$type/$id" params={{ type: placeOf(id).type, id: placeOf(id).number }}>
      {titleOf(id)}
    </Link>
  );
  return (
    <div>
      <SearchField
        input={{ label: texts.connections, placeholder: texts.connect, error }}
        shown=""
        asked={() => ["connections", value]}
        find={(words) => unconnected(words, value)}
        idOf={(hit) => hit.id}
        draw={drawn}
        onChoose={(hit) => onChange([...value, hit.id])}
        nothing={texts.connectNothing}
        needsWords
      />
      <Pills
        ids={value}
        draw={link}
        removal={(id) => texts.disconnect(titleOf(id))}
        onRemove={(id) => onChange(value.filter((other) => other !== id))}
      />
    </div>
  );
}

function drawn(hit: Hit): ReactElement {
  return (
    <>
      {hit.title} <span className={styles["type"]}>{hit.type_label}</span>
    </>
  );
}

async function unconnected(text: string, value: readonly string[]): Promise<Found<Hit>> {
  const { items } = await get<Hits>("/search", { text });
  const left = items.filter((hit) => hit.kind === "record" && !value.includes(hit.id));
  return { items: left.slice(0, MOST), hasMore: left.length > MOST };
}
