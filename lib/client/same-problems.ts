import type { SameProblemDecision } from "#lib/domain/same-problem.ts";
import { apiSend } from "./api.ts";

/** Says that another source's finding is the same problem as finding `id`, or another. */
export const decideSameProblem = ({ id, ...decision }: SameProblemDecision & { id: string }) =>
  apiSend("POST", `/api/v1/findings/${id}/same-problems`, decision);
