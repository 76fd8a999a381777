import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { type NewView, savedViewSchema, savedViewsSchema, type ViewChange } from "#lib/domain/saved-view.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/views";

/** One's own views of the list and the shared ones, by name. */
export const viewsQuery = () =>
  queryOptions({
    queryKey: ["views"],
    queryFn: ({ signal }) => apiGet(PATH, new URLSearchParams(), savedViewsSchema, signal),
  });

export const createView = (view: NewView) => apiSend("POST", PATH, view, savedViewSchema);
export const changeView = ({ id, ...change }: ViewChange & { id: string }) =>
  apiSend("PATCH", `${PATH}/${id}`, change, savedViewSchema);
export const deleteView = (id: string) => apiSend("DELETE", `${PATH}/${id}`, {}, z.undefined());
/** Says that a view is before one's eyes: it is then among the recent ones. */
export const noteViewVisit = (id: string) => apiSend("POST", `${PATH}/${id}/visits`, {}, z.undefined());

/** A view's own address; the list's follows from it. */
export const viewAddress = (id: string): string => `/views/${id}`;
