"use client";
import { useSearchParams } from "next/navigation";

/** The moment that the page's address looks back to; undefined = it is about now. */
export const useAsOf = (): string | undefined => useSearchParams().get("asOf") || undefined;
