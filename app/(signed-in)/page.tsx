import { redirect } from "next/navigation";
import { currentPerson } from "#lib/auth/current-person.ts";

export default async function HomePage() {
  await currentPerson();
  redirect("/overview");
}
