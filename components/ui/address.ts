"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

export type AddressChange<Name extends string> = Partial<Record<Name, string | null>>;
type Step = "push" | "replace";

/** What repeats means the same as one list. */
function read(params: URLSearchParams, name: string): string | null {
  const values = params.getAll(name);
  return values.length === 0 ? null : values.join(",");
}

/**
 * Parts of the page's address as state: what they say (null = nothing), and a way to change some of them. Without asking
 * the server for the page again; what hangs on the address asks for itself. Each change is a step that "back" undoes,
 * unless it replaces the last.
 */
export function useAddress<Name extends string>(names: readonly Name[]) {
  const params = useSearchParams();
  const written = useMemo(
    // Object.fromEntries forgets its keys.
    () => Object.fromEntries(names.map((name) => [name, read(params, name)])) as Record<Name, string | null>,
    [names, params],
  );
  const write = useCallback((change: AddressChange<Name>, step: Step = "push") => {
    // What the bar says now: a change that is still on its way to `params` is in it.
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries<string | null | undefined>(change)) {
      if (value === null || value === undefined) next.delete(name);
      else next.set(name, value);
    }
    // A comma parts values and needs no escape: the address stays readable.
    const address = next.size > 0 ? `?${String(next).replaceAll("%2C", ",")}` : location.pathname;
    if (step === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }, []);
  return [written, write] as const;
}
