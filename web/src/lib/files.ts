/** Files that are kept on the server, by their ids. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { type Attachment, get, part } from "@/lib/api";

export const attachmentQuery = (id: string) =>
  queryOptions({
    queryKey: ["attachment", id],
    queryFn: () => get<Attachment>(`/attachments/${part(id)}`),
    enabled: id !== "",
    staleTime: Infinity,
    retry: false,
  });

export const useAttachment = (id: string) => useQuery(attachmentQuery(id));
