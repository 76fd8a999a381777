import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";

type Network = NonNullable<FindingWithDetail["detail"]["network"]>;

/** "AWS::EC2::InternetGateway" as "Internet gateway". */
function componentWord(type: string): string {
  const words = (type.split("::").at(-1) ?? type).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Every hop from the outside to the open port. */
export function NetworkPath({ network }: { network: Network }) {
  const { protocol, portBegin, portEnd, path } = network;
  const ports = portBegin === portEnd ? `port ${portBegin}` : `ports ${portBegin} to ${portEnd}`;
  return (
    <>
      <p>
        <b className="font-semibold">
          {visibleText(protocol)} {ports}
        </b>{" "}
        can be reached.
      </p>
      <ol aria-label="Way through the network" className="grid">
        {path.map((hop, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a way may pass the same component twice
            key={index}
            className="relative grid grid-cols-[132px_minmax(0,1fr)] gap-2 py-1 pl-4 text-12 before:absolute before:top-2.5 before:left-[3px] before:size-1.5 before:rounded-full before:bg-control not-last:after:absolute not-last:after:top-[18px] not-last:after:-bottom-2 not-last:after:left-[5.5px] not-last:after:w-px not-last:after:bg-line-2 last:before:bg-bad"
          >
            <b className="font-medium">
              <UntrustedText text={componentWord(hop.componentType)} />
            </b>
            <code className="truncate text-[11.5px] text-text-2" title={visibleText(hop.componentId)}>
              <UntrustedText text={hop.componentId} />
            </code>
          </li>
        ))}
      </ol>
    </>
  );
}
