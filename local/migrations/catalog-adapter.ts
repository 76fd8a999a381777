import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import type pg from "pg";

const CHAR = 18; // the internal type "char" of the system catalogs, which Prisma's adapter does not know
const TEXT = 25;

/** Prisma's adapter over `pg`, able to read PostgreSQL's system catalogs as the schema engine does. */
export function catalogAdapter(connectionString: string): SqlMigrationAwareDriverAdapterFactory {
  // One connection, so that the types noted are those of the answer being read.
  const factory = new PrismaPg({ connectionString, max: 1 });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const adapter = await factory.connect();
      const pool = adapter.underlyingDriver();
      const query: (config: pg.QueryConfig) => Promise<pg.QueryResult> = pool.query.bind(pool);
      const queryRaw = adapter.queryRaw.bind(adapter);
      let charColumns: number[] = [];
      Object.assign(pool, {
        query: async (config: pg.QueryConfig) => {
          const result = await query(config);
          const fields = result.fields ?? [];
          charColumns = fields.flatMap((field, index) => (field.dataTypeID === CHAR ? index : []));
          for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = TEXT;
          return result;
        },
      });
      return Object.assign(adapter, {
        queryRaw: async (raw: SqlQuery) => {
          const rows = await queryRaw(raw);
          for (const index of charColumns) rows.columnTypes[index] = ColumnTypeEnum.Character;
          return rows;
        },
      });
    },
  };
}
