-- The global variables of a workspace.
CREATE TABLE globals (
    team          BLOB    NOT NULL,
    workspace     BLOB    NOT NULL,
    sealed_values BLOB    NOT NULL,
    updated_at    INTEGER NOT NULL,
    PRIMARY KEY (team, workspace),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
) STRICT;

-- Words that collections and workspaces are found by. thing is a collection's or a workspace's id.
CREATE TABLE tags (
    team  BLOB    NOT NULL,
    thing BLOB    NOT NULL,
    slug  TEXT    NOT NULL,
    kind  TEXT    NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (team, thing, slug)
) STRICT;
CREATE INDEX tags_by_slug ON tags (team, slug, thing);
