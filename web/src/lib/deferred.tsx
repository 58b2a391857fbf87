import {
  Component,
  type ComponentType,
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  Suspense,
  use,
  useEffect,
  useState,
} from "react";

export interface Lost {
  /** Bring once more what did not come. */
  bring: () => Promise<unknown>;
  /** It has come: show it. */
  onBack: () => void;
  /** Only for what stands over the page. */
  onClose?: (() => void) | undefined;
}

/** What stands in place of a part that did not come or broke; all else on the page goes on. */
export const LostContext = createContext<ComponentType<Lost>>(() => null);

interface Waiting {
  /** What stands in its place until it has come. */
  waiting?: ReactNode;
  /** Given to what stands over the page: so does then what is said in its place. */
  onClose?: () => void;
}

export interface Deferred<Props> {
  (props: Props & Waiting): ReactElement | null;
  /** Bring the code already now. Where that fails it is tried again when it is shown, and told then. */
  preload: () => Promise<void>;
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
        // Who asks again may have a connection again. Styles that did not come are asked for by a new page only.
        if (!String(error).includes("CSS")) coming = null;
        throw error;
      },
    );
    return coming;
  };

  function Content({ waiting, ...props }: Props & Waiting): ReactElement | null {
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

  function Shown(props: Props & Waiting): ReactElement | null {
    return (
      <Guard bring={load} waiting={props.waiting} onClose={props.onClose}>
        <Content {...props} />
      </Guard>
    );
  }

  return Object.assign(Shown, { preload: () => load().catch(() => undefined) });
}

interface Guarded {
  bring: Lost["bring"];
  waiting: ReactNode;
  onClose: (() => void) | undefined;
  children: ReactNode;
}

class Guard extends Component<Guarded, { isLost: boolean }> {
  override state = { isLost: false };

  static getDerivedStateFromError(): { isLost: boolean } {
    return { isLost: true };
  }

  override render(): ReactNode {
    const { bring, waiting, onClose, children } = this.props;
    if (!this.state.isLost) return children;
    return (
      <>
        {onClose && waiting}
        <LostHere bring={bring} onBack={() => this.setState({ isLost: false })} onClose={onClose} />
      </>
    );
  }
}

function LostHere(given: Lost): ReactElement {
  return createElement(use(LostContext), given);
}
