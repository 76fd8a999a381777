"use client";
import { type ReactNode, useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { isScanName } from "#lib/domain/scan-name.ts";
import { CI_HOSTS, type CiHost, toCiSteps, toImportSteps } from "./ci-steps.ts";
import { CiToken } from "./ci-token.tsx";
import { CodeText } from "./code-text.tsx";

/** What to put into a pipeline so that each build is scanned and stopped by what is new in it. */
export function CiGuide({ url, script }: { url: string; script: string }) {
  const [host, setHost] = useState<CiHost>("github");
  const [typed, setTyped] = useState("my-project");
  const isName = isScanName(typed);
  const name = isName ? typed : "my-project";
  const { secret, path, text } = toCiSteps(host, { url, name });
  return (
    <div className="grid max-w-[800px] gap-4">
      <Block title="Which pipeline">
        <div className="grid gap-3.5">
          <div>
            <Segmented label="Pipeline" options={CI_HOSTS} value={host} onChange={setHost} />
          </div>
          <TextField
            label="Scan name"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            error={isName ? undefined : "Use letters, digits and - _ $ : . only, up to 140 of them."}
            hint="One for each project: every build becomes a revision of it."
            maxLength={140}
            spellCheck={false}
            autoComplete="off"
          />
        </div>
      </Block>
      <Step number={1} title="Make a token and keep it as a secret" text={secret}>
        <CiToken scanName={name} />
      </Step>
      <Step
        number={2}
        title="Put the script into your repository"
        text="It uploads the last commit, waits for the result and asks the gate. It needs sh, curl, and git or zip."
      >
        <CodeText path="ci/scan.sh" text={script} />
      </Step>
      <Step
        number={3}
        title="Run it with each build"
        text="It exits with 0 when the gate passed, 1 when it failed, 2 when there is no result. SIGHTLINE_FAIL_ON=medium makes the gate stricter."
      >
        <CodeText path={path} text={text} />
      </Step>
      <Block title="What other tools found">
        <div className="grid gap-3">
          <p className="text-text-2">
            The same script imports a SARIF report of any tool, under a name of its own, and asks the same gate. Without
            the script it is one request.
          </p>
          <CodeText path="shell" text={toImportSteps({ url, name })} />
        </div>
      </Block>
      <p className="text-text-2">
        The pipeline must reach <code className="text-12">{url}</code>. A pipeline that already talks to CodeGuru
        Security keeps working with <code className="text-12">AWS_ENDPOINT_URL_CODEGURU_SECURITY</code> set to this
        installation’s scanner.
      </p>
    </div>
  );
}

function Step(props: { number: number; title: string; text: string; children: ReactNode }) {
  const { number, title, text, children } = props;
  return (
    <Block title={`${number}. ${title}`}>
      <div className="grid gap-3">
        <p className="text-text-2">{text}</p>
        {children}
      </div>
    </Block>
  );
}
