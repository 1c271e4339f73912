-- How many notices of a failing receiver its team has had: after 1 h, 24 h, 72 h.
ALTER TABLE integrations ADD COLUMN noticed BIGINT NOT NULL DEFAULT 0;

-- Grows with each change to an integration of the team: who knows them all at a version need not read them again.
ALTER TABLE teams ADD COLUMN integrations_version BIGINT NOT NULL DEFAULT 0;

-- Deliveries that are made again, many at once: what was chosen (JSON), how far it has come (position is the last delivery
-- that was looked at), and how many a second.
CREATE TABLE replays (
    team        UUID    NOT NULL,
    id          UUID    NOT NULL,
    shard       BIGINT  NOT NULL,
    selection   TEXT    NOT NULL,
    rate        BIGINT  NOT NULL,
    state       TEXT    NOT NULL,
    total       BIGINT  NOT NULL,
    done        BIGINT  NOT NULL,
    skipped     BIGINT  NOT NULL,
    position    UUID   ,
    created_by  BIGINT  NOT NULL,
    created_at  BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL,
    finished_at BIGINT ,
    PRIMARY KEY (team, id)
);
CREATE INDEX replays_running ON replays (shard) WHERE state = 'running';
CREATE INDEX replays_by_end ON replays (finished_at) WHERE finished_at IS NOT NULL;
