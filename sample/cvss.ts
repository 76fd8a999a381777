/** Weights of the CVSS 3.1 base metrics: https://www.first.org/cvss/v3-1/specification-document, section 7.4. */
const ATTACK_VECTOR: Record<string, number> = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 };
const ATTACK_COMPLEXITY: Record<string, number> = { L: 0.77, H: 0.44 };
const PRIVILEGES_UNCHANGED: Record<string, number> = { N: 0.85, L: 0.62, H: 0.27 };
const PRIVILEGES_CHANGED: Record<string, number> = { N: 0.85, L: 0.68, H: 0.5 };
const USER_INTERACTION: Record<string, number> = { N: 0.85, R: 0.62 };
const IMPACT: Record<string, number> = { H: 0.56, L: 0.22, N: 0 };

/** The base score, 0.0 to 10.0, of a CVSS 3.1 vector. Throws when a base metric is missing or unknown. */
export function cvssBaseScore(vector: string): number {
  const metrics = new Map(vector.split("/").map((part) => part.split(":", 2) as [string, string]));
  if (metrics.get("CVSS") !== "3.1") throw new Error(`Not a CVSS 3.1 vector: ${vector}`);
  const weight = (metric: string, weights: Record<string, number>): number => {
    const value = weights[metrics.get(metric) ?? ""];
    if (value === undefined) throw new Error(`${metric} is missing or unknown in ${vector}`);
    return value;
  };
  const scopeChanged = weight("S", { U: 0, C: 1 }) === 1;
  const impactSubScore = 1 - (1 - weight("C", IMPACT)) * (1 - weight("I", IMPACT)) * (1 - weight("A", IMPACT));
  const impact = scopeChanged
    ? 7.52 * (impactSubScore - 0.029) - 3.25 * (impactSubScore - 0.02) ** 15
    : 6.42 * impactSubScore;
  const exploitability =
    8.22 *
    weight("AV", ATTACK_VECTOR) *
    weight("AC", ATTACK_COMPLEXITY) *
    weight("PR", scopeChanged ? PRIVILEGES_CHANGED : PRIVILEGES_UNCHANGED) *
    weight("UI", USER_INTERACTION);
  if (impact <= 0) return 0;
  return roundUp(Math.min(10, (scopeChanged ? 1.08 : 1) * (impact + exploitability)));
}

/** The specification's "Roundup": up to one decimal, safe from floating-point noise (appendix A). */
function roundUp(value: number): number {
  const scaled = Math.round(value * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
}
