import { QueryClient, QueryClientProvider, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Toasts } from "#components/ui/toast.tsx";

/** What a page stands on, with these answers of the API already there. Nothing is asked for. */
export function WithAnswers({ answers, children }: { answers: [QueryKey, unknown][]; children: ReactNode }) {
  const queryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  for (const [key, answer] of answers) queryClient.setQueryData(key, answer);
  return (
    <QueryClientProvider client={queryClient}>
      <Toasts>{children}</Toasts>
    </QueryClientProvider>
  );
}
