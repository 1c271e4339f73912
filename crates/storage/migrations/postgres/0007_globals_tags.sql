-- The global variables of a workspace.
CREATE TABLE globals (
    team          UUID    NOT NULL,
    workspace     UUID    NOT NULL,
    sealed_values BYTEA   NOT NULL,
    updated_at    BIGINT  NOT NULL,
    PRIMARY KEY (team, workspace),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
);

-- Words that collections and workspaces are found by. thing is a collection's or a workspace's id.
CREATE TABLE tags (
    team  UUID    NOT NULL,
    thing UUID    NOT NULL,
    slug  TEXT    NOT NULL,
    kind  TEXT    NOT NULL,
    place BIGINT  NOT NULL,
    PRIMARY KEY (team, thing, slug)
);
CREATE INDEX tags_by_slug ON tags (team, slug, thing);
