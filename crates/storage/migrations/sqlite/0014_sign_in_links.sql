-- Links that sign somebody in once. hash is the SHA-256 of what the link holds.
CREATE TABLE sign_in_links (
    hash       BLOB    NOT NULL PRIMARY KEY,
    team       BLOB    NOT NULL REFERENCES teams (id),
    user_id    INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_links_by_user ON sign_in_links (team, user_id);
CREATE INDEX sign_in_links_by_expiry ON sign_in_links (expires_at);
