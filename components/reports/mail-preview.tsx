"use client";
import { useState } from "react";
import { Segmented } from "#components/ui/segmented.tsx";
import type { ReportMail } from "#lib/domain/report-mail.ts";

type Form = "html" | "text";

/** Both parts of an e-mail as they will be read. The HTML may do nothing, and lead nowhere from here. */
export function MailPreview({ mail }: { mail: ReportMail }) {
  const [form, setForm] = useState<Form>("html");
  return (
    <section aria-label="Preview" className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-60 font-medium wrap-anywhere">{mail.subject}</p>
        <Segmented
          label="Preview of"
          value={form}
          options={[
            { value: "html", label: "HTML" },
            { value: "text", label: "Text" },
          ]}
          onChange={setForm}
        />
      </div>
      {form === "html" ? (
        <iframe
          title="The e-mail in HTML"
          sandbox=""
          srcDoc={mail.html}
          className="h-80 w-full rounded-md border border-line bg-white"
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre tabIndex={0} className="h-80 overflow-auto rounded-md border border-line bg-inset p-3 text-12">
          {mail.text}
        </pre>
      )}
    </section>
  );
}
