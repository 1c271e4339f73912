-- Where collections and environments come from by themselves, and which of them do.
CREATE TABLE sources (
    team          BLOB    NOT NULL,
    id            BLOB    NOT NULL,
    workspace     BLOB    NOT NULL,
    name          TEXT    NOT NULL,
    sealed_place  BLOB    NOT NULL,
    every         INTEGER NOT NULL,
    next_due_at   INTEGER,
    checked_at    INTEGER,
    failing_since INTEGER,
    error         TEXT,
    created_by    INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_due ON sources (next_due_at) WHERE next_due_at IS NOT NULL;

-- thing is a collection's or an environment's id; there is what the source calls it, and seen how it was last seen there.
CREATE TABLE source_items (
    team   BLOB NOT NULL,
    source BLOB NOT NULL,
    kind   TEXT NOT NULL,
    there  TEXT NOT NULL,
    thing  BLOB NOT NULL,
    seen   TEXT NOT NULL,
    PRIMARY KEY (team, source, kind, there),
    FOREIGN KEY (team, source) REFERENCES sources (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX source_items_by_thing ON source_items (team, thing);
