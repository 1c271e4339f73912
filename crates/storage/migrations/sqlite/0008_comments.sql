-- What people say about collections, folders, requests and responses. thing is the id of what it is about; thread the id of the first comment.
CREATE TABLE comments (
    team        BLOB    NOT NULL,
    id          INTEGER NOT NULL,
    collection  BLOB    NOT NULL,
    kind        TEXT    NOT NULL,
    thing       TEXT    NOT NULL,
    thread      INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    resolved_at INTEGER,
    created_by  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, collection) REFERENCES collections (team, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX comments_by_thing ON comments (team, collection, thing, created_at);
CREATE INDEX comments_by_thread ON comments (team, thread);
