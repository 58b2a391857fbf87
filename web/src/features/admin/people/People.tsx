import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Empty } from "@/components/Empty";
import { Icon } from "@/components/icons";
import { PersonName } from "@/components/PersonName";
import type { Column } from "@/components/table/columns";
import { DataTable } from "@/components/table/DataTable";
import { listingOf } from "@/components/table/listing";
import { get, type Person, type PersonPage } from "@/lib/api";
import { type Texts, useTexts } from "@/lib/texts";
import styles from "../Admin.module.css";
import { AddPerson } from "./AddPerson";
import { PersonDialog } from "./PersonDialog";

type State = "active" | "inactive" | "all";
const TYPING = 200;

/** Everybody who may log in, or once could. */
export function People(): ReactElement {
  const { admin } = useTexts();
  const [search, setSearch] = useState("");
  const [state, setState] = useState<State>("active");
  const [wanted] = useDebouncedValue(search.trim(), TYPING);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const found = usePeople(wanted, state);
  return (
    <>
      <div className={styles["bar"]}>
        <TextInput
          aria-label={admin.searchPeople}
          placeholder={admin.searchPeople}
          value={search}
          leftSection={<Icon sign="search" size={16} />}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={admin.personState}
          data={[
            { value: "active", label: admin.active },
            { value: "inactive", label: admin.inactive },
            { value: "all", label: admin.everybody },
          ]}
          value={state}
          onChange={(event) => setState(event.currentTarget.value as State)}
        />
        <Button leftSection={<Icon sign="plus" size={16} />} onClick={() => setIsAdding(true)}>
          {admin.addPerson}
        </Button>
      </div>
      <DataTable
        label={admin.people}
        columns={columnsFor(admin, setChosen)}
        listing={listingOf<Person>(found)}
        keyOf={(person) => person.name}
        empty={<Empty title={admin.nobodyFound} sign="person" />}
      />
      {isAdding && <AddPerson onClose={() => setIsAdding(false)} />}
      {chosen !== null && <PersonDialog name={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function usePeople(search: string, state: State) {
  return useInfiniteQuery({
    queryKey: ["people", search, state],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<PersonPage>("/people", {
        search,
        is_active: state === "all" ? null : state === "active",
        limit: 50,
        after: pageParam,
      }),
    getNextPageParam: (last) => last.after ?? null,
    placeholderData: (before) => before,
  });
}

function columnsFor(admin: Texts["admin"], onOpen: (name: string) => void): Column<Person>[] {
  return [
    {
      name: "name",
      label: admin.name,
      isMain: true,
      show: (one) => (
        <button type="button" className={styles["way"]} onClick={() => onOpen(one.name)}>
          {one.display_name || one.name}
          {!one.is_active && <span className={styles["off"]}> · {admin.inactive}</span>}
        </button>
      ),
    },
    { name: "login", label: admin.login, show: (one) => one.name },
    { name: "email", label: admin.email, show: (one) => one.email },
    {
      name: "manager",
      label: admin.manager,
      show: (one) => one.manager && <PersonName name={one.manager} />,
    },
  ];
}
