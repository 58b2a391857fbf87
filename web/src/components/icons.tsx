/** The signs of the app: drawn on 20 by 20, one line. */
import type { ReactElement } from "react";

const PATHS = {
  account: "M4 17V4.5l7-1.5v14M11 8h5v9M3 17h14M7 7.01V7M7 10.01V10M7 13.01V13M13.5 11.01V11M13.5 14.01V14",
  activity: "M4 5h12v11H4zM4 8.5h12M7 3v3M13 3v3M7.5 12l2 2 3.5-3.5",
  approval: "M10 2.5l6 2.2v4.6c0 4-2.6 6.8-6 8.2-3.4-1.4-6-4.2-6-8.2V4.7zM7.3 9.8l2 2 3.5-3.6",
  basket: "M3 7h14l-1.4 9H4.4zM7 7l2-4M13 7l-2-4M8 10v3M12 10v3",
  bell: "M5.5 13.5V9a4.5 4.5 0 019 0v4.5l1.3 1.5H4.2zM8.5 17a1.6 1.6 0 003 0",
  case: "M3 6h14v10H3zM7 6V4h6v2M3 10.5h14",
  check: "M4.5 10.5l3.7 3.7 7.3-8",
  chevron: "M7.5 5l5 5-5 5",
  clip: "M13.5 6.5v7a3.5 3.5 0 01-7 0V6a2.3 2.3 0 014.6 0v7a1.1 1.1 0 01-2.2 0V6.8",
  close: "M5 5l10 10M15 5L5 15",
  clock: "M10 3a7 7 0 100 14 7 7 0 000-14zM10 6v4.2l2.8 1.8",
  comment: "M3.5 4.5h13v9H9l-3.5 3v-3h-2z",
  columns: "M3.5 4h13v12h-13zM8 4v12M12.3 4v12",
  dots: "M10 5.01V5M10 10.01V10M10 15.01V15",
  down: "M5 7.5l5 5 5-5",
  download: "M10 3v9M6.5 8.5L10 12l3.5-3.5M4 16h12",
  edit: "M4 16l.8-3.2L13.5 4l2.5 2.5-8.8 8.7zM11.5 6l2.5 2.5",
  email: "M3 5h14v10H3zM3.5 5.5L10 11l6.5-5.5",
  filter: "M3 5h14l-5.5 6.5V16l-3-1.5v-3z",
  fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  hand: "M10 17v-6M6 17h8M10 3a3 3 0 100 6 3 3 0 000-6z",
  home: "M3.5 9.5L10 4l6.5 5.5M5.5 8v8h9V8",
  info: "M10 9v5M10 6.01V6M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15z",
  list: "M4 5h12v10H4zM4 8.3h12M4 11.7h12",
  log: "M6.5 5.5h10M6.5 10h10M6.5 14.5h6M3.5 5.51v-.01M3.5 10.01V10M3.5 14.51v-.01",
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  minus: "M4 10h12",
  moon: "M15.5 12A6.5 6.5 0 018 4.5a6.5 6.5 0 107.5 7.5z",
  open: "M4 10h11M11 5.5L15.5 10 11 14.5",
  page: "M5 3h7l3 3v11H5zM8 9h4M8 12.5h4",
  panel: "M3.5 4h13v12h-13zM12 4v12",
  person: "M10 3.5a3 3 0 100 6 3 3 0 000-6zM4 16.5c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5",
  plus: "M10 4v12M4 10h12",
  process: "M3 7.5h5v5H3zM12 3.5h5v5h-5zM12 11.5h5v5h-5zM8 10h2V6h2M10 10v4h2",
  question: "M7.5 7.5A2.5 2.5 0 1110 10.2v1.3M10 14.51v-.01",
  record: "M4 5h12v10H4zM4 8.5h12M8 8.5V15",
  release: "M15 15v-3a4 4 0 00-4-4H5M8.5 4.5L5 8l3.5 3.5",
  run: "M6.5 4.5v11l9-5.5z",
  search: "M9 4a5 5 0 100 10A5 5 0 009 4zM13 13l3.5 3.5",
  sort: "M4 5.5h12M6 10h8M8 14.5h4",
  settings: "M4 6h7M15 6h1M4 14h1M9 14h7M11 6a2 2 0 104 0 2 2 0 10-4 0zM5 14a2 2 0 104 0 2 2 0 10-4 0z",
  star: "M10 3l2.1 4.5 4.9.6-3.6 3.4.9 4.9-4.3-2.4-4.3 2.4.9-4.9L3 8.1l4.9-.6z",
  sun: "M10 6.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M15.3 4.7l-1 1M5.7 14.3l-1 1",
  tasks: "M8.5 5.5h8M8.5 10h8M8.5 14.5h8M3.5 5.5l.9.9 1.6-1.7M3.5 10l.9.9 1.6-1.7M3.5 14.5l.9.9 1.6-1.7",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v4.5M11.5 9v4.5",
  transfer: "M4 7h11M12 4l3 3-3 3M16 13H5M8 10l-3 3 3 3",
  up: "M5 12.5l5-5 5 5",
  upload: "M10 12V3M6.5 6.5L10 3l3.5 3.5M4 16h12",
  view: "M5.5 3.5h9v13L10 13l-4.5 3.5z",
  warning: "M10 3l7.5 13.5h-15zM10 8v4M10 14.21v-.01",
} as const;

export type Sign = keyof typeof PATHS;

export function Icon({
  sign,
  size = 20,
  filled = false,
}: {
  sign: Sign;
  size?: number;
  filled?: boolean;
}): ReactElement {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[sign]} />
    </svg>
  );
}

const KINDS: Record<string, Sign> = {
  question: "question",
  activityStep: "activity",
  approval: "approval",
  recordPage: "record",
  autoPage: "page",
  page: "page",
  emailDraft: "email",
  plain: "check",
};

const TYPES: Record<string, Sign> = {
  account: "account",
  activity: "activity",
  case: "case",
  contact: "person",
  document: "page",
  order: "basket",
};

/** The sign of a record type. */
export const signOfType = (name: string): Sign => TYPES[name] ?? "record";

/** The sign of a kind of step. */
export function KindIcon({ kind, size = 18 }: { kind: string; size?: number }): ReactElement {
  return <Icon sign={KINDS[kind] ?? "check"} size={size} />;
}
