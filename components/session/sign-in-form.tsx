"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/client/api.ts";
import { signIn } from "#lib/client/session.ts";
import { faultOfUserName } from "#lib/domain/user-name.ts";

/** The button that uses a link up. A new person also chooses a user name, which stays. */
export function SignInForm({ token, asksForName }: { token: string; asksForName: boolean }) {
  const [userName, setUserName] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [nameError, setNameError] = useState<string>();
  const [error, setError] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fault = (asksForName && faultOfUserName(userName)) || undefined;
    setNameError(fault);
    setError(null);
    if (fault) return;
    setIsBusy(true);
    try {
      await signIn({ token, ...(asksForName ? { userName } : {}) });
      // A whole load: every answer that was kept belonged to nobody.
      location.assign("/");
    } catch (failure) {
      setIsBusy(false);
      const fault = nameFaultOf(failure);
      setNameError(fault);
      setError(fault ? null : messageOf(failure));
    }
  };

  return (
    <form onSubmit={submit} className="grid gap-3.5">
      {asksForName ? (
        <TextField
          label="User name"
          value={userName}
          onChange={(event) => setUserName(event.target.value.toLowerCase())}
          error={nameError}
          hint="a to z, 0 to 9 and -, up to 32. It cannot be changed later."
          autoComplete="username"
          autoFocus
          spellCheck={false}
          maxLength={32}
        />
      ) : null}
      {error ? <Banner kind="error">{error}</Banner> : null}
      <Button type="submit" look="main" busy={isBusy}>
        Sign in
      </Button>
    </form>
  );
}

function nameFaultOf(failure: unknown): string | undefined {
  return failure instanceof ApiError ? failure.faults.find(({ field }) => field === "userName")?.message : undefined;
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : "Signing in did not work. Try again.";
}
