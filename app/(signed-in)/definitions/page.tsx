import { Page } from "#components/ui/block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { DEFINITIONS, definitionIdSchema } from "#lib/domain/definitions.ts";

export const metadata = { title: "Definitions" };

export default async function DefinitionsPage() {
  await currentPerson();
  return (
    <Page title="Definitions" text="How each number is counted: on pages, in files and in the API alike">
      <dl className="grid max-w-text gap-2">
        {definitionIdSchema.options.map((id) => (
          <div key={id} id={id} className="scroll-mt-16 rounded-md px-3 py-2 target:bg-accent-soft">
            <dt className="text-14 font-semibold">{DEFINITIONS[id].term}</dt>
            <dd className="text-text-2">{DEFINITIONS[id].text}</dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}
