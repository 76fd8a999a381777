import { queryOptions } from "@tanstack/react-query";
import type { NewView, SavedView, SavedViews, ViewChange } from "#lib/domain/saved-view.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/views";

/** One's own views of the list and the shared ones, by name. */
export const viewsQuery = () =>
  queryOptions({
    queryKey: ["views"],
    queryFn: ({ signal }) => apiGet<SavedViews>(PATH, new URLSearchParams(), signal),
  });

export const createView = (view: NewView) => apiSend<SavedView>("POST", PATH, view);
export const changeView = ({ id, ...change }: ViewChange & { id: string }) =>
  apiSend<SavedView>("PATCH", `${PATH}/${id}`, change);
export const deleteView = (id: string) => apiSend("DELETE", `${PATH}/${id}`, {});
/** Says that a view is before one's eyes: it is then among the recent ones. */
export const noteViewVisit = (id: string) => apiSend("POST", `${PATH}/${id}/visits`, {});

/** A view's own address; the list's follows from it. */
export const viewAddress = (id: string): string => `/views/${id}`;
