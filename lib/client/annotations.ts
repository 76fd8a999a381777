import { queryOptions } from "@tanstack/react-query";
import type { Annotation, AnnotationChange, Annotations, NewAnnotation } from "#lib/domain/annotation.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/annotations";
const FRESH_MS = 60_000;
/** A chart marks three of them and its list holds as many: what lies further back is asked for by its days. */
const MOST = 200;

type Days = { from?: string; to?: string };

/** What happened on these days, the latest first. */
export const annotationsQuery = ({ from = "", to = "" }: Days) =>
  queryOptions({
    queryKey: ["annotations", from, to],
    queryFn: async ({ signal }): Promise<Annotation[]> => {
      const params = new URLSearchParams({ from, to, limit: String(MOST) });
      return (await apiGet<Annotations>(PATH, params, signal)).items;
    },
    staleTime: FRESH_MS,
  });

/** The same question, for whoever answers it without the way over the network. */
export const toAnnotationsInput = (days: Days) => ({ ...days, limit: MOST });

export const addAnnotation = (annotation: NewAnnotation) => apiSend<{ id: string }>("POST", PATH, annotation);
export const changeAnnotation = (id: string, change: AnnotationChange) => apiSend("PATCH", `${PATH}/${id}`, change);
export const removeAnnotation = (id: string) => apiSend("DELETE", `${PATH}/${id}`, {});
