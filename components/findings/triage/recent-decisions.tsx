import dynamic from "next/dynamic";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";

const Decisions = dynamic(() => import("./decisions.tsx").then((module) => module.Decisions), { ssr: false });

/** What was decided lately, with its undo while that is possible. */
export function RecentDecisions({ onUndo }: { onUndo: (id: string) => void }) {
  return (
    <Popover
      title="Decided lately"
      trigger={
        <Button look="ghost" size="small" icon="undo">
          <span className="max-xl:sr-only">Decisions</span>
        </Button>
      }
    >
      <Decisions onUndo={onUndo} />
    </Popover>
  );
}
