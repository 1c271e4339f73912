-- Collections that grew from another. base is the document that both had when they were last the same, in the source's ids.
CREATE TABLE forks (
    team       UUID    NOT NULL,
    fork       UUID    NOT NULL,
    source     UUID    NOT NULL,
    source_uid TEXT    NOT NULL,
    label      TEXT    NOT NULL,
    base       BYTEA   NOT NULL REFERENCES blobs (hash),
    version    BIGINT  NOT NULL,
    created_by BIGINT  NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (team, fork),
    FOREIGN KEY (team, fork) REFERENCES collections (team, id) ON DELETE CASCADE
);
CREATE INDEX forks_by_source ON forks (team, source, created_at);
CREATE INDEX forks_by_maker ON forks (team, created_by, created_at);
CREATE INDEX forks_by_base ON forks (base);
