import { once } from "node:events";
import { createWriteStream } from "node:fs";

/** Enough for a result to have the size that those of real reports have: about 500 bytes. */
const CODE = "    return connection.execute('SELECT * FROM orders WHERE customer = ' + customer + ' ORDER BY placed')";
const RULES = 200;

/** Writes a SARIF report of so many results to a file, the same each time. Returns its size in bytes. */
export async function writeReport(path: string, results: number): Promise<number> {
  const out = createWriteStream(path);
  const rules = Array.from({ length: RULES }, (_, n) => ({
    id: `rule-${n}`,
    shortDescription: { text: `What rule ${n} looks for` },
    fullDescription: { text: "Text from outside becomes part of a command. ".repeat(4) },
    properties: { "security-severity": `${(n % 100) / 10}`, tags: ["security", `external/cwe/cwe-${n}`] },
  }));
  out.write(
    `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Bench","rules":${JSON.stringify(rules)}}},"results":[`,
  );
  for (let n = 0; n < results; n += 1) {
    if (!out.write(`${n === 0 ? "" : ",\n"}${JSON.stringify(toResult(n))}`)) await once(out, "drain");
  }
  out.end("]}]}");
  await once(out, "close");
  return out.bytesWritten;
}

function toResult(n: number) {
  const startLine = 1 + ((n * 7) % 900);
  const region = { startLine, startColumn: 5, endColumn: 60, snippet: { text: `${CODE} // ${n}\n` } };
  const uri = `src/module-${n % 4_000}/file-${n % 97}.ts`;
  return {
    ruleId: `rule-${n % RULES}`,
    ruleIndex: n % RULES,
    level: "error",
    message: { text: `The value of customer ${n} comes from a request and becomes part of a query.` },
    locations: [{ physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, region } }],
    partialFingerprints: { primaryLocationLineHash: `${(n * 2654435761).toString(16)}:1` },
  };
}
