import type { Metadata } from "next";
import { TeamsBlock } from "#components/teams/teams-block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export const metadata: Metadata = { title: "Teams" };

export default async function TeamsPage() {
  const { permissions } = await currentPerson("findings:read");
  return <TeamsBlock canChange={permissions.has("teams:write")} />;
}
