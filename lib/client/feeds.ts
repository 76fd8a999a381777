import { queryOptions } from "@tanstack/react-query";
import type { Feed, FeedChange, FeedName, Feeds } from "#lib/domain/feed.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/feeds";
const FOLLOWED_MS = 2_000;
const STILL_MS = 60_000;

/** The public lists; asked again soon while one of them is imported. */
export const feedsQuery = () =>
  queryOptions({
    queryKey: ["feeds"],
    queryFn: ({ signal }) => apiGet<Feeds>(PATH, new URLSearchParams(), signal),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ state }) => state !== "idle") ? FOLLOWED_MS : STILL_MS,
  });

export const changeFeed = ({ name, ...change }: FeedChange & { name: FeedName }) =>
  apiSend<Feed>("PATCH", `${PATH}/${name}`, change);
export const importFeed = (name: FeedName) => apiSend<Feed>("POST", `${PATH}/${name}/imports`, {});
