"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { teamChoiceQuery } from "#lib/client/teams.ts";
import type { ReportScope } from "#lib/domain/period-report.ts";
import { toTeams } from "#lib/domain/team-words.ts";

/** What a report is about, as state: `given`, else what the person's teams have. */
export function useReportScope(given: ReportScope | undefined) {
  const { data } = useQuery(teamChoiceQuery());
  return useState<ReportScope>(
    given ?? { severity: [], source: [], accountId: [], team: data ? toTeams(data.chosen, data.mine) : [] },
  );
}
