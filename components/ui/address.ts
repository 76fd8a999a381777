"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";

export type AddressChange<Name extends string> = Partial<Record<Name, string | null>>;
type Step = "push" | "replace";

const CHANGED = "sightline-address-changed";

function onChange(changed: () => void): () => void {
  window.addEventListener(CHANGED, changed);
  window.addEventListener("popstate", changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
    window.removeEventListener("popstate", changed);
  };
}
const readQuery = () => location.search.slice(1);
/** What the document was asked for. A part that wakes late was drawn for that, wherever the person is by then. */
const documentQuery = typeof location === "undefined" ? null : readQuery();

/** What repeats means the same as one list. */
function read(query: URLSearchParams, name: string): string | null {
  const values = query.getAll(name);
  return values.length === 0 ? null : values.join(",");
}

/**
 * Parts of the page's address as state: what they say (null = nothing), and a way to change some of them. A change is
 * there at once; the page is not asked for again. Each one is a step that "back" undoes, unless it replaces the last.
 */
export function useAddress<Name extends string>(names: readonly Name[]) {
  // The router's own picture follows a moment later: it is the server's, and tells of links that were followed.
  const known = useSearchParams().toString();
  const query = useSyncExternalStore(onChange, readQuery, () => documentQuery ?? known);
  // A link that was followed is drawn before the window's own address is that of its page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changed is the moment to look, not what is read
  useEffect(() => {
    window.dispatchEvent(new Event(CHANGED));
  }, [known]);
  const written = useMemo(() => {
    const params = new URLSearchParams(query);
    // Object.fromEntries forgets its keys.
    return Object.fromEntries(names.map((name) => [name, read(params, name)])) as Record<Name, string | null>;
  }, [names, query]);
  const write = useCallback((change: AddressChange<Name>, step: Step = "push") => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries<string | null | undefined>(change)) {
      if (value === null || value === undefined) next.delete(name);
      else next.set(name, value);
    }
    // A comma parts values and needs no escape: the address stays readable.
    const address = next.size > 0 ? `?${String(next).replaceAll("%2C", ",")}` : location.pathname;
    if (step === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return [written, write] as const;
}
