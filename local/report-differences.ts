/** Prints what a recount found and returns the exit code: 0 when nothing differs. */
export function reportDifferences(differences: string[], advice: string): 0 | 1 {
  for (const line of differences) console.log(line);
  console.log(`${differences.length} differences`);
  if (differences.length === 0) return 0;
  console.log(advice);
  return 1;
}
