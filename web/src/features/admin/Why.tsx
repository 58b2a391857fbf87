import { Autocomplete, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useState } from "react";
import { Icon } from "@/components/icons";
import { ReceiverField } from "@/components/ReceiverField";
import { type Answer, get, part, type TaskPage } from "@/lib/api";
import type { Receiver } from "@/lib/people";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import styles from "./Admin.module.css";

type About = Answer["reasons"][number]["about"][number];
const ABOUTS: readonly About[] = ["sees", "panel", "contents", "claim", "complete", "reassign"];

/** Why somebody does or does not see a step, in the words of the server; for operators. */
export function Why(): ReactElement {
  const texts = useTexts();
  const { admin } = texts;
  const [step, setStep] = useState("");
  const [person, setPerson] = useState<Receiver | null>(null);
  const [wrong, setWrong] = useState<{ step?: string; person?: string }>({});
  const [answer, setAnswer] = useState<Answer | null>(null);
  const tasks = useQuery({
    queryKey: ["open-tasks"],
    queryFn: () => get<TaskPage>("/user-tasks", { limit: 100 }),
  });
  const id = step.split(" ")[0] ?? "";
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setAnswer(null);
    if (!id || !person) {
      setWrong({ ...(!id && { step: admin.stepMissing }), ...(!person && { person: admin.personMissing }) });
      return;
    }
    try {
      setWrong({});
      setAnswer(await get<Answer>(`/user-tasks/${part(id)}/why`, { person: person.name }));
    } catch (error) {
      setWrong({ step: says(error, texts) });
    }
  };
  return (
    <section className={`sw-card ${styles["card"]}`} aria-label={admin.why}>
      <Text c="dimmed" mb="md">
        {admin.whyLead}
      </Text>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <Autocomplete
            label={admin.step}
            description={admin.stepHint}
            data={(tasks.data?.items ?? []).map((one) => `${one.id} ${one.title}`)}
            value={step}
            error={wrong.step}
            limit={20}
            onChange={setStep}
          />
          <ReceiverField label={admin.person} value={person} error={wrong.person} onChange={setPerson} />
        </Group>
        <Button type="submit" mt="md">
          {admin.explain}
        </Button>
      </form>
      {answer && <Explained answer={answer} />}
    </section>
  );
}

function Explained({ answer }: { answer: Answer }): ReactElement {
  const { admin } = useTexts();
  return (
    <ul className={styles["answers"]} aria-live="polite">
      {ABOUTS.map((about) => (
        <li key={about}>
          <strong>
            <Icon sign={answer[about] ? "check" : "close"} size={18} />
            {admin.answers[about]}: {answer[about] ? admin.yes : admin.no}
          </strong>
          <ul>
            {answer.reasons
              .filter((one) => one.about.includes(about))
              .map((one) => (
                <li key={one.reason}>{one.reason}</li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
