import { Button, Loader, Text, Textarea } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactElement, useState } from "react";
import { Failed } from "@/components/Failed";
import { PersonName } from "@/components/PersonName";
import { When } from "@/components/When";
import { type Comment, type CommentPage, get, keyAfter, newKey, part, send } from "@/lib/api";
import { forget, keepText, keptText } from "@/lib/kept";
import { touch, useReadAgain } from "@/lib/live/again";
import { useOnce } from "@/lib/once";
import { says } from "@/lib/says";
import { useMe } from "@/lib/session";
import { useTexts } from "@/lib/texts";
import styles from "./Beside.module.css";
import { Section } from "./Section";

const LONGEST = 10_000;

interface Given {
  stepId: string;
  isFolded?: boolean;
}

/** What people wrote about a step; who reads it may write, also when it is done. */
export function Comments({ stepId, isFolded = false }: Given): ReactElement {
  const { beside } = useTexts();
  const found = useComments(stepId);
  const comments = found.data?.pages.flatMap((page) => page.items) ?? [];
  const count = found.data ? `${comments.length}${found.hasNextPage ? "+" : ""}` : null;
  return (
    <Section title={beside.comments} sign="comment" count={count} isFolded={isFolded}>
      {found.isPending && <Loader size="sm" />}
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && comments.length === 0 && (
        <Text size="sm" c="dimmed">
          {beside.noComments}
        </Text>
      )}
      <ol className={styles["comments"]}>
        {comments.map((comment) => (
          <Line key={comment.id} comment={comment} />
        ))}
      </ol>
      {found.hasNextPage && (
        <Button variant="subtle" onClick={() => void found.fetchNextPage()}>
          {beside.more}
        </Button>
      )}
      {found.data && <Write stepId={stepId} />}
    </Section>
  );
}

function useComments(stepId: string) {
  useReadAgain(
    (client) => touch(client, ["comments", stepId]),
    ({ name, data }) => name === "comment" && data["id"] === stepId,
  );
  return useInfiniteQuery({
    queryKey: ["comments", stepId],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<CommentPage>(`/user-tasks/${part(stepId)}/comments`, { after: pageParam, limit: 50 }),
    getNextPageParam: (last) => last.after ?? null,
  });
}

function Line({ comment }: { comment: Comment }): ReactElement {
  return (
    <li>
      <p className={styles["who"]}>
        <b>
          <PersonName name={comment.author} />
        </b>{" "}
        <When at={comment.at} />
      </p>
      <p className={styles["said"]}>{comment.text}</p>
    </li>
  );
}

/** Ctrl and Enter send it, too. What is not sent yet stays, also where one leaves the step; others do not see it. */
function Write({ stepId }: { stepId: string }): ReactElement {
  const texts = useTexts();
  const client = useQueryClient();
  const name = `stepwell.comment.${useMe().name}.${stepId}`;
  const [text, setText] = useState(() => keptText(name) ?? "");
  const [key, setKey] = useState(newKey);
  const [wrong, setWrong] = useState("");
  const { isBusy, once, submitOnce } = useOnce();

  const submit = async (): Promise<void> => {
    if (text.trim() === "") {
      setWrong(texts.beside.empty);
      return;
    }
    try {
      await send("POST", `/user-tasks/${part(stepId)}/comments`, { text: text.trim() }, { key });
      write("");
      setKey(newKey());
      setWrong("");
      await client.invalidateQueries({ queryKey: ["comments", stepId] });
    } catch (error) {
      setKey(keyAfter(error, key));
      setWrong(says(error, texts));
    }
  };
  const write = (text: string): void => {
    setText(text);
    if (text === "") forget(name);
    else keepText(name, text);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void once(submit);
  };
  return (
    <form noValidate className={styles["write"]} onSubmit={submitOnce(submit)}>
      <Textarea
        aria-label={texts.beside.write}
        placeholder={texts.beside.write}
        value={text}
        readOnly={isBusy}
        error={wrong || undefined}
        errorProps={{ role: "alert" }}
        maxLength={LONGEST}
        autosize
        minRows={1}
        maxRows={8}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={press}
      />
      <Button type="submit" variant="default" disabled={isBusy}>
        {texts.beside.send}
      </Button>
    </form>
  );
}
