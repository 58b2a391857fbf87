import { Alert, Button, Loader, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Empty } from "@/components/Empty";
import { Icon } from "@/components/icons";
import { PageHead } from "@/components/PageHead";
import { newKey } from "@/lib/api";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { Changes } from "./Changes";
import { check, type Checked, deploy, kindOf } from "./checking";
import styles from "./Deploy.module.css";
import { Findings } from "./Findings";
import { Here } from "./Here";
import { Picker } from "./Picker";

/** Bringing processes in: what is wrong with a file, what it would change, and then doing it. */
export function DeployPage(): ReactElement {
  const { processes } = useTexts();
  const mayDesign = useMe().rights.includes("design");
  return (
    <div className={styles["page"]}>
      <PageHead title={processes.deploy.title} above={<Link to="/processes">{processes.title}</Link>} />
      {mayDesign ? (
        <Upload />
      ) : (
        <div className="sw-card">
          <Empty title={processes.deploy.forbidden} sign="hand" />
        </div>
      )}
    </div>
  );
}

function Upload(): ReactElement {
  const texts = useTexts();
  const { deploy: words } = texts.processes;
  const mayZip = useMe().rights.includes("administer");
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState("");
  const [checked, setChecked] = useState<Checked | null>(null);
  const choose = async (file: File): Promise<void> => {
    const kind = kindOf(file.name);
    const isTaken = kind === "bpmn" || (kind !== null && mayZip);
    setChecked(null);
    setWrong(isTaken ? "" : kind ? words.onlyBpmn : words.wrongKind(file.name));
    if (!isTaken) return;
    setName(file.name);
    try {
      setChecked(await check(file, kind));
    } catch (error) {
      setWrong(says(error, texts));
    } finally {
      setName("");
    }
  };
  return (
    <>
      <Text c="dimmed" mb="md" maw={760}>
        {mayZip ? words.lead : words.leadBpmn}
      </Text>
      <Picker
        chosen={checked?.file.name ?? ""}
        withZip={mayZip}
        isBusy={name !== ""}
        onChoose={(file) => void choose(file)}
      />
      <div role="status">
        {name && (
          <p className={styles["checking"]}>
            <Loader size="xs" /> {words.checking(name)}
          </p>
        )}
      </div>
      {wrong && (
        <Alert color="red" role="alert" mt="md">
          {wrong}
        </Alert>
      )}
      {!checked && (
        <div className={styles["result"]}>
          <Here />
        </div>
      )}
      {checked && <Result key={checked.file.name + checked.file.lastModified} checked={checked} />}
    </>
  );
}

function Result({ checked }: { checked: Checked }): ReactElement {
  const texts = useTexts();
  const { deploy: words } = texts.processes;
  const client = useQueryClient();
  const [key] = useState(newKey);
  const { isBusy, once } = useOnce();
  const [isDone, setIsDone] = useState(false);
  const [wrong, setWrong] = useState("");
  const errors = checked.problems.filter((one) => one.warning !== true).length;
  const mayDeploy = errors === 0 && checked.refusal === null;
  const press = async (): Promise<void> => {
    setWrong("");
    try {
      await deploy(checked, key);
      tell(words.done(checked.file.name));
      setIsDone(true);
      await client.invalidateQueries();
    } catch (error) {
      setWrong(says(error, texts));
    }
  };
  return (
    <div className={styles["result"]}>
      {checked.refusal !== null && (
        <Alert color="red" role="alert">
          {says(checked.refusal, texts)}
        </Alert>
      )}
      <Findings checked={checked} />
      {mayDeploy && (
        <Changes checked={checked} isDone={isDone}>
          {wrong && (
            <Alert color="red" role="alert" my="sm">
              {wrong}
            </Alert>
          )}
          {!isDone && (
            <Button
              mt="sm"
              loading={isBusy}
              leftSection={<Icon sign="upload" size={16} />}
              onClick={() => void once(press)}
            >
              {words.submit}
            </Button>
          )}
        </Changes>
      )}
    </div>
  );
}
