-- seq orders lists; it is the id of the job that makes the video. While that job runs, state and
-- progress are the job's; status here is written when it ends.
CREATE TABLE videos (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    key_id TEXT NOT NULL,
    model TEXT NOT NULL,
    task TEXT NOT NULL,
    status TEXT NOT NULL,
    prompt TEXT NOT NULL,
    size TEXT NOT NULL,
    seconds TEXT NOT NULL,
    remixed_from TEXT,
    created_ms BIGINT NOT NULL,
    completed_ms BIGINT,
    expires_ms BIGINT,
    content_gone_ms BIGINT,
    error_code TEXT,
    error_message TEXT,
    report TEXT,
    batch_id TEXT
);
CREATE UNIQUE INDEX videos_seq ON videos(seq);
CREATE INDEX videos_project ON videos(project_id, seq);
CREATE INDEX videos_running ON videos(key_id, status);
CREATE INDEX videos_expires ON videos(expires_ms);

-- Where a deleted video stood in the list, so that a cursor that names it still works.
CREATE TABLE gone_videos (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    project_id BIGINT NOT NULL
);

CREATE TABLE characters (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    traits TEXT,
    error_message TEXT,
    created_ms BIGINT NOT NULL
);
CREATE INDEX characters_project ON characters(project_id, seq);
CREATE UNIQUE INDEX characters_seq ON characters(seq);

CREATE TABLE files (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    filename TEXT NOT NULL,
    purpose TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT
);
CREATE INDEX files_project ON files(project_id, seq);

CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    key_id TEXT NOT NULL,
    status TEXT NOT NULL,
    input_file_id TEXT NOT NULL,
    output_file_id TEXT,
    error_file_id TEXT,
    errors TEXT,
    metadata TEXT,
    lines BIGINT NOT NULL,
    next_line BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    in_progress_ms BIGINT,
    expires_ms BIGINT NOT NULL,
    finalizing_ms BIGINT,
    completed_ms BIGINT,
    failed_ms BIGINT,
    expired_ms BIGINT,
    cancelling_ms BIGINT,
    cancelled_ms BIGINT
);
CREATE INDEX batches_project ON batches(project_id, seq);
CREATE INDEX batches_status ON batches(status);

CREATE TABLE batch_lines (
    batch_id TEXT NOT NULL,
    line BIGINT NOT NULL,
    custom_id TEXT NOT NULL,
    video_id TEXT,
    response TEXT,
    error TEXT,
    PRIMARY KEY (batch_id, line)
);

-- One answer per Idempotency-Key and project.
CREATE TABLE idempotency (
    project_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    response TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (project_id, key)
);

CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    project_id BIGINT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    events TEXT NOT NULL,
    name TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    disabled_ms BIGINT
);
CREATE INDEX webhooks_project ON webhooks(project_id);

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    webhook_id TEXT NOT NULL,
    payload TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_ms BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    last_answer TEXT
);
CREATE INDEX deliveries_due ON deliveries(ended_ms, next_ms);
CREATE INDEX deliveries_webhook ON deliveries(webhook_id);

-- Orders files and batches.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
