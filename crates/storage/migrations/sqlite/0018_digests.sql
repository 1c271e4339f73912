-- What integrations that tell activities together have gathered, and when they tell it; no row: nothing is gathered.
CREATE TABLE digests (
    team        BLOB    NOT NULL,
    integration BLOB    NOT NULL,
    since       INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    PRIMARY KEY (team, integration),
    FOREIGN KEY (team, integration) REFERENCES integrations (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX digests_due ON digests (due_at);

CREATE TABLE digest_items (
    team        BLOB NOT NULL,
    integration BLOB NOT NULL,
    activity    BLOB NOT NULL,
    PRIMARY KEY (team, integration, activity),
    FOREIGN KEY (team, integration) REFERENCES digests (team, integration) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
