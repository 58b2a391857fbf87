import {
  type ComponentType,
  createElement,
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useState,
} from "react";

interface Waiting {
  /** What stands in its place until it has come. */
  waiting?: ReactNode;
}

export interface Deferred<Props> {
  (props: Props & Waiting): ReactElement | null;
  /** Bring the code already now. Where that fails it is tried again when it is shown, and told then. */
  ahead: () => void;
}

/**
 * A component whose code comes when it is first shown. It is on the screen the moment that it has come, while React holds back for up
 * to 300 ms what `lazy` reveals.
 */
export function deferred<Props extends object>(bring: () => Promise<ComponentType<Props>>): Deferred<Props> {
  let found: ComponentType<Props> | null = null;
  let coming: Promise<void> | null = null;

  const load = (): Promise<void> => {
    coming ??= bring().then(
      (brought) => {
        found = brought;
      },
      (error: unknown) => {
        coming = null; // who asks again may have a connection again
        throw error;
      },
    );
    return coming;
  };

  function Shown({ waiting = null, ...props }: Props & Waiting): ReactElement | null {
    const [isThere, setIsThere] = useState(found !== null);
    const [failed, setFailed] = useState<{ error: unknown } | null>(null);
    useEffect(() => {
      let isWanted = true;
      load().then(
        () => isWanted && setIsThere(true),
        (error: unknown) => isWanted && setFailed({ error }),
      );
      return () => {
        isWanted = false;
      };
    }, []);
    if (failed) throw failed.error;
    if (!isThere || found === null) return <>{waiting}</>;
    return <Suspense fallback={waiting}>{createElement(found, props as unknown as Props)}</Suspense>;
  }

  return Object.assign(Shown, { ahead: () => void load().catch(() => undefined) });
}
