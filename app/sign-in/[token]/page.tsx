import type { Metadata } from "next";
import { SignInCard } from "#components/session/sign-in-card.tsx";
import { SignInForm } from "#components/session/sign-in-form.tsx";
import { findSignInLink } from "#lib/auth/sign-in-link.ts";

// The address is a secret until it is used: it must not travel to other sites.
export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

export default async function SignInLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await findSignInLink(token, new Date());
  if (!link) {
    return (
      <SignInCard title="This link does not work">
        <p>It has been used, has expired, or was never made. Ask an admin for a new one.</p>
      </SignInCard>
    );
  }
  return (
    <SignInCard title={link.userName ? `Welcome back, ${link.userName}` : "Welcome"}>
      <p>
        {link.userName
          ? "One press, and this browser is signed in. The link works once."
          : `Choose a user name. You become ${link.role === "admin" ? "an admin" : `a ${link.role}`} of this installation.`}
      </p>
      <SignInForm token={token} asksForName={link.userName === null} />
    </SignInCard>
  );
}
