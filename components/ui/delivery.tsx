import { Tag, type Tone } from "./tag.tsx";
import { Time } from "./time.tsx";
import { UntrustedText } from "./untrusted-text.tsx";

type DeliveryState = "pending" | "delivered" | "failed";
type DeliveryProps = {
  state: DeliveryState;
  deliveredAt: string | null;
  nextAttemptAt: string | null;
  failure: string | null;
  attempts: number;
};

const STATES: Record<DeliveryState, { word: string; tone: Tone }> = {
  pending: { word: "Pending", tone: "note" },
  delivered: { word: "Delivered", tone: "ok" },
  failed: { word: "Failed", tone: "bad" },
};

/** How something that is sent out stands: on its way, there, or waiting for a person; what went wrong, and when it goes on. */
export function Delivery({ state, deliveredAt, nextAttemptAt, failure, attempts }: DeliveryProps) {
  const { word, tone } = STATES[state];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Tag tone={tone}>{word}</Tag>
      {deliveredAt ? <Time at={deliveredAt} /> : null}
      {failure ? (
        <span className="text-12 wrap-anywhere text-text-2">
          <UntrustedText text={failure} />{" "}
          {nextAttemptAt ? (
            <>
              Attempt {attempts + 1} <Time at={nextAttemptAt} />.
            </>
          ) : null}
        </span>
      ) : null}
    </span>
  );
}
