import type { Metadata } from "next";
import { PeopleBlock } from "#components/people/people-block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const { permissions, personId } = await currentPerson("people:read");
  return <PeopleBlock canChange={permissions.has("people:write")} ownId={personId} />;
}
