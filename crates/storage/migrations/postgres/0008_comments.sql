-- What people say about collections, folders, requests and responses. thing is the id of what it is about; thread the id of the first comment.
CREATE TABLE comments (
    team        UUID    NOT NULL,
    id          BIGINT  NOT NULL,
    collection  UUID    NOT NULL,
    kind        TEXT    NOT NULL,
    thing       TEXT    NOT NULL,
    thread      BIGINT  NOT NULL,
    body        TEXT    NOT NULL,
    resolved_at BIGINT ,
    created_by  BIGINT  NOT NULL,
    created_at  BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, collection) REFERENCES collections (team, id) ON DELETE CASCADE
);
CREATE INDEX comments_by_thing ON comments (team, collection, thing, created_at);
CREATE INDEX comments_by_thread ON comments (team, thread);
