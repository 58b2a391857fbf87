/** Files that are kept on the server, by their ids. */
import { useQuery } from "@tanstack/react-query";
import { type Attachment, get, part } from "@/lib/api";

export function useAttachment(id: string) {
  return useQuery({
    queryKey: ["attachment", id],
    queryFn: () => get<Attachment>(`/attachments/${part(id)}`),
    enabled: id !== "",
    staleTime: Infinity,
    retry: false,
  });
}
