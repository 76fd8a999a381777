import { z } from "zod";

/** A UTC day, as in `2026-11-24`. */
export const daySchema = z.iso.date();
