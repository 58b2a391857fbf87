/** Views of lists that people keep under a name: their own, and those of everybody. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get, part, type SavedView, type SavedViews, send, type ViewContent } from "@/lib/api";

export interface Named {
  label: string;
  shared: boolean;
}

export interface ViewCommands {
  add: (named: Named, content: ViewContent, key: string) => Promise<SavedView>;
  change: (view: SavedView, named: Named, content: ViewContent) => Promise<SavedView>;
  remove: (view: SavedView) => Promise<void>;
}

const VIEWS = "saved-views";

/** Those of one list. */
export function useViews(subject: string) {
  return useQuery({
    queryKey: [VIEWS, subject],
    queryFn: async () => (await get<SavedViews>(`/${VIEWS}`, { subject })).items,
  });
}

export function useViewCommands(subject: string): ViewCommands {
  const client = useQueryClient();
  const told = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const found = await answer;
    await client.invalidateQueries({ queryKey: [VIEWS, subject] });
    return found;
  };
  const pathOf = (view: SavedView): string => `/${VIEWS}/${part(view.id)}`;
  return {
    add: (named, content, key) =>
      told(send<SavedView>("POST", `/${VIEWS}`, { subject, ...named, content }, { key })),
    change: (view, named, content) =>
      told(send<SavedView>("PUT", pathOf(view), { label: named.label, shared: named.shared, content })),
    remove: async (view) => void (await told(send("POST", `${pathOf(view)}/remove`))),
  };
}
