"use client";
import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "#lib/client/session.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { ACTS } from "./act-words.ts";

/** Why the person may not do this; null = they may. While it is not known, the server decides. */
export function useWhyNot(): (kind: TriageActKind) => string | null {
  const session = useQuery(sessionQuery()).data;
  return (kind) => {
    if (!session) return null;
    const { name, needsLead } = ACTS[kind];
    if (!session.permissions.includes("findings:comment"))
      return `${name}: needs the developer role. You are a ${session.role}.`;
    const mayNot = needsLead && !session.permissions.includes("findings:triage");
    return mayNot ? `${name}: needs the lead role. You are a ${session.role}.` : null;
  };
}
