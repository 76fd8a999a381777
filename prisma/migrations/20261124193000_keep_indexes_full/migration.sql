-- CreateTable
CREATE TABLE "index_upkeep" (
    "index_name" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "entries" BIGINT NOT NULL,
    "rebuilt_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "index_upkeep_pkey" PRIMARY KEY ("index_name")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- What REINDEX CONCURRENTLY leaves behind when it is broken off: an index that nobody reads and every writer keeps.
-- Nobody waits for one that is being built at the moment: it is left alone.
CREATE FUNCTION drop_index_leftovers() RETURNS SETOF TEXT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
  leftover TEXT;
BEGIN
  FOR leftover IN
    SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
  LOOP
    BEGIN
      EXECUTE format('DROP INDEX IF EXISTS %I', leftover);
      RETURN NEXT leftover;
    EXCEPTION WHEN lock_not_available THEN
      NULL;
    END;
  END LOOP;
END $$;
