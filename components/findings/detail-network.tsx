import { classNames } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { type NetworkStop, portWords, toNetworkStops } from "./network-path.ts";

type Network = NonNullable<FindingWithDetail["detail"]["network"]>;

/** The way from outside to the open port, drawn stop by stop. */
export function NetworkPath({ network }: { network: Network }) {
  const stops = toNetworkStops(network);
  const ports = visibleText(portWords(network));
  return (
    <>
      <p>
        <b className="font-semibold">{ports}</b>{" "}
        {stops[0]
          ? `can be reached from ${stops[0].word === "Internet" ? "the internet" : "another network"}.`
          : "can be reached. The source tells no way."}
      </p>
      <ol aria-label="Way through the network" className="grid max-w-text">
        {stops.map((stop, index) => (
          <Stop
            // biome-ignore lint/suspicious/noArrayIndexKey: a way may pass the same component twice
            key={index}
            stop={stop}
            port={index === stops.length - 1 ? ports : null}
          />
        ))}
      </ol>
    </>
  );
}

/** `port` is what is open there: the end of the way. */
function Stop({ stop: { word, id, icon }, port }: { stop: NetworkStop; port: string | null }) {
  return (
    <li className="group relative flex gap-2.5 pb-4 last:pb-0">
      <span
        aria-hidden="true"
        className="absolute top-[30px] bottom-[3px] left-[13.5px] w-px bg-line-2 group-last:hidden after:absolute after:bottom-0 after:-left-[3px] after:size-[7px] after:rotate-45 after:border-r after:border-b after:border-control"
      />
      <span
        className={classNames(
          "grid size-7 flex-none place-items-center rounded-md border",
          port ? "border-bad bg-bad-soft text-bad-text" : "border-line-2 bg-raised text-text-2",
        )}
      >
        <Icon name={icon} />
      </span>
      <span className="grid min-w-0 flex-1 content-center">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <b className="font-medium">
            <UntrustedText text={word} />
          </b>
          {port ? <span className="text-12 text-bad-text">{port} open</span> : null}
        </span>
        {id ? (
          <span className="flex items-center gap-1">
            <code className="truncate text-[11.5px] text-text-2" title={visibleText(id)}>
              <UntrustedText text={id} />
            </code>
            <CopyButton text={id} what={`the id of the ${visibleText(word).toLowerCase()}`} />
          </span>
        ) : null}
      </span>
    </li>
  );
}
