import { notFound, redirect } from "next/navigation";
import { runPath, toFindingsPath } from "#components/scans/scan-paths.ts";
import { currentPerson } from "#lib/auth/current-person.ts";
import { getScan } from "#lib/db/read/scans.ts";
import { AppError } from "#lib/domain/errors.ts";
import { scanNameSchema } from "#lib/domain/scan.ts";

/** A scan's own address: leads to its latest run, or to its findings while it has none. */
export default async function ScanPage({ params }: { params: Promise<{ name: string }> }) {
  await currentPerson("scans:read");
  const name = scanNameSchema.safeParse(decodeURIComponent((await params).name));
  if (!name.success) notFound();
  const scan = await getScan(name.data).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  redirect(scan.latestRun ? runPath(scan.latestRun) : toFindingsPath({ scanName: scan.name }));
}
