-- A code resource under one name, across its revisions. Ids are uuidv7: their order is the order of creation.
CREATE TABLE scanner.scan (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  scan_type text NOT NULL CHECK (scan_type IN ('Standard', 'Express')),
  tags jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL
);

-- An archive that was announced and, once uploaded_at is set, lies whole under its id in the artifacts folder.
CREATE TABLE scanner.upload (
  id uuid PRIMARY KEY,
  scan_name text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  uploaded_at timestamptz,
  size_bytes bigint,
  sha256 text,
  CHECK ((uploaded_at IS NULL) = (size_bytes IS NULL) AND (uploaded_at IS NULL) = (sha256 IS NULL))
);

-- One examination of one revision of a scan.
CREATE TABLE scanner.run (
  id uuid PRIMARY KEY,
  scan_id uuid NOT NULL REFERENCES scanner.scan,
  upload_id uuid NOT NULL UNIQUE REFERENCES scanner.upload,
  revision integer NOT NULL,
  analysis_type text NOT NULL CHECK (analysis_type IN ('Security', 'All')),
  client_token text UNIQUE,
  input_sha256 text NOT NULL,
  state text NOT NULL DEFAULT 'InProgress' CHECK (state IN ('InProgress', 'Successful', 'Failed')),
  stage text NOT NULL DEFAULT 'queued',
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  -- How often a runner has taken it; also the fence: only the latest taker may write its result.
  attempts integer NOT NULL DEFAULT 0,
  error_code text,
  error_message text,
  files_scanned integer,
  lines_scanned integer,
  languages jsonb,
  skipped_file_count integer NOT NULL DEFAULT 0,
  skipped_files jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  finished_at timestamptz,
  UNIQUE (scan_id, revision),
  CHECK ((state = 'InProgress') = (finished_at IS NULL)),
  CHECK ((state = 'Failed') = (error_message IS NOT NULL))
);
CREATE INDEX run_in_progress ON scanner.run (created_at, id) WHERE state = 'InProgress';

CREATE TABLE scanner.finding (
  id uuid PRIMARY KEY,
  scan_id uuid NOT NULL REFERENCES scanner.scan,
  detector_id text NOT NULL,
  path text NOT NULL,
  fingerprint text NOT NULL,
  start_line integer NOT NULL,
  end_line integer NOT NULL,
  severity text NOT NULL CHECK (severity IN ('Critical', 'High', 'Medium', 'Low', 'Info')),
  status text NOT NULL CHECK (status IN ('Open', 'Closed')),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  first_run_id uuid NOT NULL REFERENCES scanner.run,
  closed_run_id uuid REFERENCES scanner.run,
  content jsonb NOT NULL,
  CHECK ((status = 'Closed') = (closed_run_id IS NOT NULL))
);
CREATE INDEX finding_page ON scanner.finding (scan_id, id);

-- What the metrics are counted from. Never edited.
CREATE TABLE scanner.finding_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  finding_id uuid NOT NULL REFERENCES scanner.finding,
  run_id uuid NOT NULL REFERENCES scanner.run,
  kind text NOT NULL CHECK (kind IN ('opened', 'closed', 'reopened')),
  occurred_at timestamptz NOT NULL
);
CREATE INDEX finding_event_time ON scanner.finding_event (occurred_at, finding_id);
CREATE INDEX finding_event_finding ON scanner.finding_event (finding_id, occurred_at);
