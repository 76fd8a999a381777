import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { newQueryClient } from "#lib/client/query-client.ts";

type AskedProps = { ask: (client: QueryClient) => Promise<unknown>; children: ReactNode };

/**
 * A part of the page below the fold: it is asked for beside the others and follows as soon as it is answered, so that
 * the page does not wait for its slowest number. `fallback` keeps its height.
 */
export function AskedLater({ fallback, ...asked }: AskedProps & { fallback: ReactNode }) {
  return (
    <Suspense fallback={fallback}>
      <Asked {...asked} />
    </Suspense>
  );
}

async function Asked({ ask, children }: AskedProps) {
  const client = newQueryClient();
  await ask(client);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
