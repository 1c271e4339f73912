-- How many notices of a failing receiver its team has had: after 1 h, 24 h, 72 h.
ALTER TABLE integrations ADD COLUMN noticed INTEGER NOT NULL DEFAULT 0;

-- Grows with each change to an integration of the team: who knows them all at a version need not read them again.
ALTER TABLE teams ADD COLUMN integrations_version INTEGER NOT NULL DEFAULT 0;

-- Deliveries that are made again, many at once: what was chosen (JSON), how far it has come (position is the last delivery
-- that was looked at), and how many a second.
CREATE TABLE replays (
    team        BLOB    NOT NULL,
    id          BLOB    NOT NULL,
    shard       INTEGER NOT NULL,
    selection   TEXT    NOT NULL,
    rate        INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    total       INTEGER NOT NULL,
    done        INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    position    BLOB   ,
    created_by  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX replays_running ON replays (shard) WHERE state = 'running';
CREATE INDEX replays_by_end ON replays (finished_at) WHERE finished_at IS NOT NULL;
