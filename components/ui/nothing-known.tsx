import { Button } from "./button.tsx";
import { EmptyNotice } from "./notice.tsx";

/** In the place of a page that looks back to a moment of which nothing is known. `why` says from when on something is. */
export function NothingKnown({ why, onNow }: { why: string; onNow: () => void }) {
  return (
    <div role="alert">
      <EmptyNotice icon="clock" title="Nothing can be told as of this moment" text={why}>
        <Button look="main" onClick={onNow}>
          Show now
        </Button>
      </EmptyNotice>
    </div>
  );
}
