"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Clock } from "#components/ui/clock.tsx";
import { Toasts } from "#components/ui/toast.tsx";
import { newQueryClient } from "#lib/client/query-client.ts";

/** What every page stands on: one clock, one cache of answers, toasts. */
export function AppProviders({ now, children }: { now: number; children: ReactNode }) {
  const [queryClient] = useState(() => newQueryClient(() => location.assign("/sign-in")));
  return (
    <Clock now={now}>
      <QueryClientProvider client={queryClient}>
        <Toasts>{children}</Toasts>
      </QueryClientProvider>
    </Clock>
  );
}
