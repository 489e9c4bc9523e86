-- The queue (store/queue/queue.h) and the blobs' references (store/blobs/blobs.h).

CREATE TABLE jobs (
    id {identity},
    kind TEXT NOT NULL,
    project_id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    pixels BIGINT NOT NULL,
    lane TEXT NOT NULL, -- project, engine, model and pixels as one name
    payload TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'leased', 'completed', 'failed', 'cancelled')),
    attempt BIGINT NOT NULL DEFAULT 0,
    deaths BIGINT NOT NULL DEFAULT 0,
    retries BIGINT NOT NULL DEFAULT 0,
    worker TEXT NOT NULL DEFAULT '',
    lease_until_ms BIGINT NOT NULL DEFAULT 0,
    -- 0: ready. Greater: waits until then. -1: cancelled while it was between two workers; the next
    -- reap ends it.
    not_before_ms BIGINT NOT NULL DEFAULT 0,
    cancel_asked BIGINT NOT NULL DEFAULT 0,
    progress BIGINT NOT NULL DEFAULT 0,
    stage TEXT NOT NULL DEFAULT '',
    checkpoint TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '',
    error_code TEXT,
    error_message TEXT,
    created_ms BIGINT NOT NULL,
    started_ms BIGINT NOT NULL DEFAULT 0,
    finished_ms BIGINT NOT NULL DEFAULT 0
);

-- A claim jumps in this index from lane to lane and finds each lane's first job without reading the
-- others.
CREATE INDEX jobs_ready ON jobs
    (not_before_ms, lane, priority DESC, id) WHERE state = 'queued';
-- As many rows as workers. The lease's end is not indexed, so that a heartbeat touches no index.
CREATE INDEX jobs_leased ON jobs (project_id) WHERE state = 'leased';
CREATE INDEX jobs_active ON jobs (project_id) WHERE finished_ms = 0;

CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY,
    bytes BIGINT NOT NULL,
    -- When it last got or lost a reference; young ones are not swept.
    touched_ms BIGINT NOT NULL
);

CREATE TABLE blob_refs (
    owner TEXT NOT NULL,
    role TEXT NOT NULL,
    blob TEXT NOT NULL REFERENCES blobs (sha256),
    PRIMARY KEY (owner, role)
);
CREATE INDEX blob_refs_of_blob ON blob_refs (blob);
