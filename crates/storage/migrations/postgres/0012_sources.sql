-- Where collections and environments come from by themselves, and which of them do.
CREATE TABLE sources (
    team          UUID    NOT NULL,
    id            UUID    NOT NULL,
    workspace     UUID    NOT NULL,
    name          TEXT    NOT NULL,
    sealed_place  BYTEA   NOT NULL,
    every         BIGINT  NOT NULL,
    next_due_at   BIGINT,
    checked_at    BIGINT,
    failing_since BIGINT,
    error         TEXT,
    created_by    BIGINT  NOT NULL,
    created_at    BIGINT  NOT NULL,
    updated_at    BIGINT  NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
);
CREATE INDEX sources_due ON sources (next_due_at) WHERE next_due_at IS NOT NULL;

-- thing is a collection's or an environment's id; there is what the source calls it, and seen how it was last seen there.
CREATE TABLE source_items (
    team   UUID NOT NULL,
    source UUID NOT NULL,
    kind   TEXT NOT NULL,
    there  TEXT NOT NULL,
    thing  UUID NOT NULL,
    seen   TEXT NOT NULL,
    PRIMARY KEY (team, source, kind, there),
    FOREIGN KEY (team, source) REFERENCES sources (team, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX source_items_by_thing ON source_items (team, thing);
