-- Collections that were deleted, with their versions: they can be had back until retention takes them.
CREATE TABLE deleted_collections (
    team       UUID    NOT NULL,
    id         UUID    NOT NULL,
    workspace  UUID    NOT NULL,
    owner      BIGINT  NOT NULL,
    name       TEXT    NOT NULL,
    version    BIGINT  NOT NULL,
    hash       BYTEA   NOT NULL REFERENCES blobs (hash),
    created_at BIGINT  NOT NULL,
    updated_at BIGINT  NOT NULL,
    deleted_by BIGINT  NOT NULL,
    deleted_at BIGINT  NOT NULL,
    PRIMARY KEY (team, id)
);
CREATE INDEX deleted_collections_by_age ON deleted_collections (deleted_at);
CREATE INDEX deleted_collections_by_hash ON deleted_collections (hash);

CREATE TABLE deleted_versions (
    team       UUID    NOT NULL,
    collection UUID    NOT NULL,
    number     BIGINT  NOT NULL,
    id         UUID    NOT NULL,
    hash       BYTEA   NOT NULL REFERENCES blobs (hash),
    created_by BIGINT  NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (team, collection, number),
    FOREIGN KEY (team, collection) REFERENCES deleted_collections (team, id) ON DELETE CASCADE
);
CREATE INDEX deleted_versions_by_hash ON deleted_versions (hash);
