import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { NewTeam, TeamChange, TeamChoice, TeamDraft, TeamPreview, Teams } from "#lib/domain/team.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/teams";
/** Changed rules are carried out by a job, which the page follows. */
const FOLLOW_MS = 1_000;
const FRESH_MS = 60_000;

/** The teams in order, what each has, and whose findings one's pages open with. */
export const teamsQuery = () =>
  queryOptions({
    queryKey: ["teams"],
    queryFn: ({ signal }) => apiGet<Teams>(PATH, new URLSearchParams(), signal),
    refetchInterval: ({ state }) => (state.data?.applying ? FOLLOW_MS : false),
  });

/** Which team one's pages open with, and which there are: light enough for every page. */
export const teamChoiceQuery = () =>
  queryOptions({
    queryKey: ["teams", "choice"],
    queryFn: ({ signal }) => apiGet<TeamChoice>(`${PATH}/scope`, new URLSearchParams(), signal),
    staleTime: FRESH_MS,
  });

/** What rules match, before they are saved. */
export const teamPreviewQuery = (draft: TeamDraft) =>
  queryOptions({
    queryKey: ["team-preview", draft],
    queryFn: () => apiSend<TeamPreview>("POST", `${PATH}/preview`, draft),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const createTeam = (team: NewTeam) => apiSend<{ id: string }>("POST", PATH, team);
export const changeTeam = (id: string, change: TeamChange) => apiSend("PATCH", `${PATH}/${id}`, change);
export const deleteTeam = (id: string) => apiSend("DELETE", `${PATH}/${id}`, {});
export const orderTeams = (teams: string[]) => apiSend("PUT", `${PATH}/order`, { teams });
export const chooseTeamScope = (team: string | null) => apiSend("PUT", `${PATH}/scope`, { team });
