/** Worst first: the order of every list, facet, stack and legend. */
export const SEVERITIES = ["critical", "high", "medium", "low", "untriaged", "info"] as const;
