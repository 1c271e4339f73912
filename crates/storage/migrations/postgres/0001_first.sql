-- The first schema. Times are milliseconds since 1970 in UTC; ids are UUIDs that sort by time; documents, bodies and run
-- details lie in blobs. What a team owns is keyed by team first, so that a distributed database keeps a team together.

CREATE TABLE teams (
    id         UUID   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    domain     TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

-- Numbers, because Postman's API has them; drawn at random by the caller, so that no sequence is needed.
CREATE TABLE users (
    id         BIGINT NOT NULL PRIMARY KEY,
    username   TEXT   NOT NULL,
    email      TEXT   NOT NULL,
    full_name  TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE memberships (
    team       UUID   NOT NULL REFERENCES teams (id),
    user_id    BIGINT NOT NULL REFERENCES users (id),
    role       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (team, user_id)
);

CREATE TABLE api_keys (
    team         UUID   NOT NULL REFERENCES teams (id),
    id           UUID   NOT NULL,
    user_id      BIGINT NOT NULL REFERENCES users (id),
    name         TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    hash         BYTEA  NOT NULL UNIQUE,
    prefix       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    PRIMARY KEY (team, id)
);

-- status is NULL while the request is under way.
CREATE TABLE idempotency_keys (
    team            UUID   NOT NULL REFERENCES teams (id),
    idempotency_key TEXT   NOT NULL,
    route           TEXT   NOT NULL,
    request_hash    BYTEA  NOT NULL,
    status          BIGINT,
    body            BYTEA,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (team, idempotency_key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Compressed with zstd; size is that of the open bytes. touched_at is when the blob was last put (to ten minutes): retention
-- leaves alone what was put a moment ago and is not referred to yet.
CREATE TABLE blobs (
    hash       BYTEA  NOT NULL PRIMARY KEY,
    bytes      BYTEA  NOT NULL,
    size       BIGINT NOT NULL,
    touched_at BIGINT NOT NULL
);

CREATE TABLE workspaces (
    team        UUID   NOT NULL REFERENCES teams (id),
    id          UUID   NOT NULL,
    name        TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    description TEXT   NOT NULL,
    created_by  BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    PRIMARY KEY (team, id)
);

CREATE TABLE collections (
    team       UUID   NOT NULL,
    id         UUID   NOT NULL,
    workspace  UUID   NOT NULL,
    owner      BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    hash       BYTEA  NOT NULL REFERENCES blobs (hash),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
);
CREATE INDEX collections_by_workspace ON collections (team, workspace);
CREATE INDEX collections_by_hash ON collections (hash);

CREATE TABLE versions (
    team       UUID   NOT NULL,
    collection UUID   NOT NULL,
    number     BIGINT NOT NULL,
    id         UUID   NOT NULL,
    hash       BYTEA  NOT NULL REFERENCES blobs (hash),
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (team, collection, number),
    FOREIGN KEY (team, collection) REFERENCES collections (team, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX versions_by_id ON versions (team, id);
CREATE INDEX versions_by_hash ON versions (hash);

CREATE TABLE environments (
    team            UUID   NOT NULL,
    id              UUID   NOT NULL,
    workspace       UUID   NOT NULL,
    owner           BIGINT NOT NULL,
    name            TEXT   NOT NULL,
    sealed_document BYTEA  NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
);
CREATE INDEX environments_by_workspace ON environments (team, workspace);

CREATE TABLE monitors (
    team            UUID    NOT NULL,
    id              UUID    NOT NULL,
    workspace       UUID    NOT NULL,
    owner           BIGINT  NOT NULL,
    name            TEXT    NOT NULL,
    collection      UUID    NOT NULL,
    environment     UUID,
    active          BOOLEAN NOT NULL,
    cron            TEXT    NOT NULL,
    timezone        TEXT    NOT NULL,
    options         TEXT    NOT NULL,
    shard           BIGINT  NOT NULL,
    next_due_at     BIGINT,
    streak_failures BIGINT  NOT NULL,
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE,
    FOREIGN KEY (team, collection) REFERENCES collections (team, id) ON DELETE CASCADE
);
CREATE INDEX monitors_by_workspace ON monitors (team, workspace);
CREATE INDEX monitors_by_collection ON monitors (team, collection);
CREATE INDEX monitors_due ON monitors (shard, next_due_at) WHERE next_due_at IS NOT NULL;

-- Runs outlive their monitors. epoch is that of the lease under which a run was started.
CREATE TABLE runs (
    team         UUID   NOT NULL,
    id           UUID   NOT NULL,
    monitor      UUID   NOT NULL,
    shard        BIGINT NOT NULL,
    status       TEXT   NOT NULL,
    triggered_by TEXT   NOT NULL,
    requested_by BIGINT,
    due_at       BIGINT NOT NULL,
    started_at   BIGINT,
    finished_at  BIGINT,
    epoch        BIGINT NOT NULL,
    stats        TEXT   NOT NULL,
    detail       BYTEA,
    PRIMARY KEY (team, id)
);
CREATE INDEX runs_by_monitor ON runs (team, monitor, id);
CREATE INDEX runs_open ON runs (shard, id) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX runs_one_at_a_time ON runs (team, monitor) WHERE status = 'running';
CREATE INDEX runs_by_end ON runs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX runs_by_detail ON runs (detail) WHERE detail IS NOT NULL;

CREATE TABLE activities (
    team            UUID   NOT NULL,
    id              UUID   NOT NULL,
    workspace       UUID,
    collection      UUID,
    collection_uid  TEXT   NOT NULL,
    collection_name TEXT   NOT NULL,
    user_id         BIGINT NOT NULL,
    user_name       TEXT   NOT NULL,
    action          TEXT   NOT NULL,
    model           TEXT   NOT NULL,
    model_name      TEXT   NOT NULL,
    model_uid       TEXT   NOT NULL,
    message         TEXT   NOT NULL,
    version         BIGINT,
    detail          TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (team, id)
);
CREATE INDEX activities_by_workspace ON activities (team, workspace, id);
CREATE INDEX activities_by_collection ON activities (team, collection, id);

CREATE TABLE events (
    team          UUID   NOT NULL,
    id            UUID   NOT NULL,
    kind          TEXT   NOT NULL,
    custom_type   TEXT,
    workspace     UUID,
    collection    UUID,
    monitor       UUID,
    body          BYTEA  NOT NULL REFERENCES blobs (hash),
    detailed_body BYTEA  REFERENCES blobs (hash),
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (team, id)
);
CREATE INDEX events_by_age ON events (created_at);
CREATE INDEX events_by_body ON events (body);
CREATE INDEX events_by_detailed_body ON events (detailed_body) WHERE detailed_body IS NOT NULL;

CREATE TABLE integrations (
    team            UUID   NOT NULL REFERENCES teams (id),
    id              UUID   NOT NULL,
    name            TEXT   NOT NULL,
    connector       TEXT   NOT NULL,
    event           TEXT   NOT NULL,
    workspace       UUID,
    collection      UUID,
    monitor         UUID,
    sealed_config   BYTEA  NOT NULL,
    sealed_secrets  BYTEA  NOT NULL,
    options         TEXT   NOT NULL,
    status          TEXT   NOT NULL,
    status_reason   TEXT   NOT NULL,
    shard           BIGINT NOT NULL,
    first_gone_at   BIGINT,
    failing_since   BIGINT,
    failed_attempts BIGINT NOT NULL,
    not_before      BIGINT,
    created_by      BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (team, id)
);
CREATE INDEX integrations_by_event ON integrations (team, event);
CREATE INDEX integrations_by_shard ON integrations (shard);

-- Hot: only what is not finished, and only what the sender needs. attempts counts those that were spent, made all of them.
CREATE TABLE deliveries (
    team         UUID   NOT NULL,
    id           UUID   NOT NULL,
    event        UUID   NOT NULL,
    integration  UUID   NOT NULL,
    shard        BIGINT NOT NULL,
    state        TEXT   NOT NULL,
    held_reason  TEXT,
    due_at       BIGINT,
    triggered_by TEXT   NOT NULL,
    attempts     BIGINT NOT NULL,
    made         BIGINT NOT NULL,
    coalesce_key TEXT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, integration) REFERENCES integrations (team, id)
);
CREATE INDEX deliveries_due ON deliveries (team, integration, due_at, id) WHERE state = 'scheduled';
CREATE INDEX deliveries_by_integration ON deliveries (team, integration, coalesce_key);
CREATE INDEX deliveries_by_event ON deliveries (team, event);

CREATE TABLE deliveries_done (
    team         UUID   NOT NULL,
    id           UUID   NOT NULL,
    event        UUID   NOT NULL,
    integration  UUID   NOT NULL,
    shard        BIGINT NOT NULL,
    state        TEXT   NOT NULL,
    cancelled_by TEXT,
    attempts     BIGINT NOT NULL,
    made         BIGINT NOT NULL,
    coalesce_key TEXT,
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT NOT NULL,
    PRIMARY KEY (team, id)
);
CREATE INDEX deliveries_done_by_end ON deliveries_done (finished_at);
CREATE INDEX deliveries_done_by_integration ON deliveries_done (team, integration, id);
CREATE INDEX deliveries_done_by_event ON deliveries_done (team, event);

CREATE TABLE attempts (
    team             UUID   NOT NULL,
    delivery         UUID   NOT NULL,
    number           BIGINT NOT NULL,
    id               UUID   NOT NULL,
    integration      UUID   NOT NULL,
    triggered_by     TEXT   NOT NULL,
    epoch            BIGINT NOT NULL,
    started_at       BIGINT NOT NULL,
    dns_ms           BIGINT,
    connect_ms       BIGINT,
    tls_ms           BIGINT,
    first_byte_ms    BIGINT,
    total_ms         BIGINT NOT NULL,
    outcome          TEXT   NOT NULL,
    message          TEXT   NOT NULL,
    peer             TEXT,
    url              TEXT   NOT NULL,
    status           BIGINT,
    request_headers  TEXT   NOT NULL,
    response_headers TEXT   NOT NULL,
    response_body    BYTEA  NOT NULL,
    response_bytes   BIGINT NOT NULL,
    retry_after_ms   BIGINT,
    PRIMARY KEY (team, delivery, number)
);

CREATE TABLE nodes (
    id         UUID   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);

-- All 256 are here from the beginning; epoch grows each time a shard changes hands.
CREATE TABLE shards (
    shard       BIGINT NOT NULL PRIMARY KEY,
    owner       UUID,
    epoch       BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
);
INSERT INTO shards (shard, owner, epoch, lease_until)
WITH RECURSIVE numbers (number) AS (
    SELECT 0
    UNION ALL
    SELECT number + 1 FROM numbers WHERE number < 255
)
SELECT number, NULL, 0, 0 FROM numbers;
