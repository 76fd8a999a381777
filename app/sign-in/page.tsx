import type { Metadata } from "next";
import { SignInCard } from "#components/session/sign-in-card.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    <SignInCard title="Sign in">
      <p>Sightline lets you in by a one-time link. An admin makes one in Settings, People.</p>
      <p>Whoever has a shell on this machine can make one too:</p>
      <CommandLine text="npm run sign-in-link" />
    </SignInCard>
  );
}
