import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api.ts";

const FRESH_MS = 15_000;

/** What will not go better the second time: the answer was understood, and it was no. */
const isFinal = (error: Error): boolean => error instanceof ApiError && error.status >= 400 && error.status < 500;

/** One for each visit in the browser, one for each request on the server. */
export function newQueryClient(onSignedOut: () => void = () => {}): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < 2 && !isFinal(error),
      },
    },
  });
}
