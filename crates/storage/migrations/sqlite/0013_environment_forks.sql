-- Environments that grew from another. sealed_base is the document that both had when they were last the same.
CREATE TABLE environment_forks (
    team        BLOB NOT NULL,
    fork        BLOB NOT NULL,
    source      BLOB NOT NULL,
    label       TEXT NOT NULL,
    sealed_base BLOB NOT NULL,
    created_by  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (team, fork),
    FOREIGN KEY (team, fork) REFERENCES environments (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX environment_forks_by_source ON environment_forks (team, source, created_at);
