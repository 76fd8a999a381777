import type { DefinitionId } from "#lib/domain/definitions.ts";

/** Where it is told how a number is counted. */
export const definitionAddress = (id: DefinitionId): string => `/definitions#${id}`;
