import { NothingHere } from "#components/shell/nothing-here.tsx";

export const metadata = { title: "Not found" };

/** Inside the frame, whose main part it fills. */
export default function SignedInNotFound() {
  return <NothingHere />;
}
