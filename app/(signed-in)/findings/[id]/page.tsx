import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import { z } from "zod";
import { FindingPage } from "#components/findings/finding-page.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { findingQuery } from "#lib/client/findings.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { AppError } from "#lib/domain/errors.ts";
import { openFinding } from "#lib/usecases/open-finding.ts";

export const metadata = { title: "Finding" };

export default async function FindingDetailPage({ params }: { params: Promise<{ id: string }> }) {
  await currentPerson("findings:read");
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) notFound();
  const queryClient = newQueryClient();
  await queryClient
    .fetchQuery({ ...findingQuery(id.data), queryFn: () => openFinding(id.data) })
    .catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not-found") notFound();
      throw error;
    });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <FindingPage id={id.data} />
    </HydrationBoundary>
  );
}
