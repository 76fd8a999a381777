-- What a person's lists say of each finding; none = the usual columns.
ALTER TABLE "person" ADD COLUMN "list_columns" TEXT[] DEFAULT ARRAY[]::TEXT[];
