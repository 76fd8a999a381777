/** Green when risk falls, red when it rises. */
export function changeTone(change: number): string {
  if (change === 0) return "text-text-3";
  return change > 0 ? "text-bad-text" : "text-ok-text";
}
