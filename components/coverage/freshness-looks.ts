import type { IconName } from "#components/ui/icon.tsx";
import type { FreshnessState } from "#lib/domain/freshness.ts";

type Look = { word: string; icon: IconName | null; cell: string; tone: string };

/** Told apart by their icon and line, not by colour alone. */
export const FRESHNESS_LOOKS: Record<FreshnessState, Look> = {
  complete: { word: "Complete", icon: null, cell: "bg-ok/30", tone: "text-ok-text" },
  late: { word: "Late", icon: "clock", cell: "border border-warn bg-warn-soft", tone: "text-warn-text" },
  refused: { word: "No access", icon: "lock", cell: "border border-bad bg-bad-soft", tone: "text-bad-text" },
  failed: { word: "Failed", icon: "close", cell: "border border-bad bg-bad-soft", tone: "text-bad-text" },
  never: { word: "Not read yet", icon: "ring", cell: "border border-control", tone: "text-text-3" },
};
