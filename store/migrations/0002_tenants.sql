-- Projects are the walls between tenants; keys and sessions open one project each.
CREATE TABLE projects (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    disabled_ms BIGINT
);

-- A key is kept as SHA-256 of its text (256 random bits need no slow hash). Limits: NULL = none.
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    project_id BIGINT NOT NULL REFERENCES projects(id),
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    shown TEXT NOT NULL,
    scopes TEXT NOT NULL,
    requests_per_minute BIGINT,
    concurrent_jobs BIGINT,
    units_per_day BIGINT,
    priority BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT,
    revoked_ms BIGINT
);
CREATE INDEX api_keys_project ON api_keys(project_id);

-- Spend units of a key, by hour, for the rolling day.
CREATE TABLE spend (
    key_id TEXT NOT NULL,
    hour BIGINT NOT NULL,
    units BIGINT NOT NULL,
    PRIMARY KEY (key_id, hour)
);

-- Browsers: SHA-256 of the cookie.
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    key_id TEXT NOT NULL,
    project_id BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);

-- Secrets and marks of this installation: name -> value.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
