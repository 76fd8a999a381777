/** Addresses as a person writes them: one a line, or between commas. */
export const toRecipients = (written: string): string[] => written.split(/[\s,;]+/).filter((one) => one !== "");

type Faults = { field: string; message: string }[];

/** What the API says of the addresses, the first of them named. */
export function recipientsFault(faults: Faults, recipients: string[]): string | undefined {
  const fault = faults.find(({ field }) => field.startsWith("recipients"));
  if (!fault) return undefined;
  const wrong = recipients[Number(fault.field.split(".")[1])];
  return wrong === undefined ? fault.message : `${wrong}: ${fault.message}`;
}
