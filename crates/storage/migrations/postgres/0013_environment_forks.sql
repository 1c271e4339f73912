-- Environments that grew from another. sealed_base is the document that both had when they were last the same.
CREATE TABLE environment_forks (
    team        UUID NOT NULL,
    fork        UUID NOT NULL,
    source      UUID NOT NULL,
    label       TEXT NOT NULL,
    sealed_base BYTEA NOT NULL,
    created_by  BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (team, fork),
    FOREIGN KEY (team, fork) REFERENCES environments (team, id) ON DELETE CASCADE
);
CREATE INDEX environment_forks_by_source ON environment_forks (team, source, created_at);
