import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ScanRunView } from "#components/scans/scan-run-view.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { scanRunParamsSchema } from "#lib/domain/scan.ts";

export const metadata: Metadata = { title: "Scan run" };

export default async function ScanRunPage({ params }: { params: Promise<{ name: string; runId: string }> }) {
  await currentPerson("scans:read");
  const { name, runId } = await params;
  // Next hands path parts over as they stand in the address.
  const run = scanRunParamsSchema.safeParse({ name: decodeURIComponent(name), runId });
  if (!run.success) notFound();
  return <ScanRunView {...run.data} />;
}
