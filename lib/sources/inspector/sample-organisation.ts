import { z } from "zod";

const namedSchema = z.array(z.object({ id: z.string(), name: z.string() }));

/** What the sample organisation tells of itself beside Inspector's API, which knows no names of accounts. */
const sampleOrganisationSchema = z.object({
  accounts: namedSchema,
  subscriptions: namedSchema, // the same of another cloud
  regions: z.array(z.string()),
  start: z.coerce.date(),
  end: z.coerce.date(),
});
export type SampleOrganisationAnswer = Omit<z.infer<typeof sampleOrganisationSchema>, "subscriptions">;

/** The accounts, regions and year of the sample organisation behind `endpoint`. Throws when it does not answer. */
export async function observeSampleOrganisation(
  endpoint: string,
  signal: AbortSignal,
): Promise<SampleOrganisationAnswer> {
  const answer = await fetch(new URL("/organisation", endpoint), {
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
  });
  if (!answer.ok) throw new Error(`The sample organisation answered ${answer.status}.`);
  const { accounts, subscriptions, ...organisation } = sampleOrganisationSchema.parse(await answer.json());
  return { ...organisation, accounts: [...accounts, ...subscriptions] };
}

/** The sample as it was at an instant: its whole API lies under a path of its own. */
export function toEndpointAsOf(endpoint: string, asOf: Date): string {
  return new URL(`/as-of/${asOf.toISOString()}`, endpoint).href;
}
