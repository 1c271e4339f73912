-- Collections that were deleted, with their versions: they can be had back until retention takes them.
CREATE TABLE deleted_collections (
    team       BLOB    NOT NULL,
    id         BLOB    NOT NULL,
    workspace  BLOB    NOT NULL,
    owner      INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    hash       BLOB    NOT NULL REFERENCES blobs (hash),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_by INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deleted_collections_by_age ON deleted_collections (deleted_at);
CREATE INDEX deleted_collections_by_hash ON deleted_collections (hash);

CREATE TABLE deleted_versions (
    team       BLOB    NOT NULL,
    collection BLOB    NOT NULL,
    number     INTEGER NOT NULL,
    id         BLOB    NOT NULL,
    hash       BLOB    NOT NULL REFERENCES blobs (hash),
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (team, collection, number),
    FOREIGN KEY (team, collection) REFERENCES deleted_collections (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX deleted_versions_by_hash ON deleted_versions (hash);
