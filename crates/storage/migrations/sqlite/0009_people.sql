-- People: passwords (argon2id, as PHC strings), sessions of browsers, invitations, who is in which closed workspace, and what an auditor asks for.
ALTER TABLE users ADD COLUMN password_hash TEXT;
CREATE UNIQUE INDEX users_by_email ON users (lower(email));
CREATE INDEX memberships_by_user ON memberships (user_id);

-- workspaces is a JSON list of ids; an empty one is no limit.
ALTER TABLE api_keys ADD COLUMN expires_at INTEGER;
ALTER TABLE api_keys ADD COLUMN workspaces TEXT NOT NULL DEFAULT '[]';

-- hash is the SHA-256 of what the cookie holds.
CREATE TABLE sessions (
    hash       BLOB    NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL,
    team       BLOB    NOT NULL REFERENCES teams (id),
    user_id    INTEGER NOT NULL REFERENCES users (id),
    agent      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (team, user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE invitations (
    team       BLOB    NOT NULL REFERENCES teams (id),
    id         BLOB    NOT NULL,
    hash       BLOB    NOT NULL UNIQUE,
    email      TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_by_expiry ON invitations (expires_at);

CREATE TABLE workspace_members (
    team       BLOB    NOT NULL,
    workspace  BLOB    NOT NULL,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    role       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (team, workspace, user_id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX workspace_members_by_user ON workspace_members (team, user_id);
INSERT INTO workspace_members (team, workspace, user_id, role, created_at)
    SELECT team, id, created_by, 'admin', created_at FROM workspaces WHERE kind IN ('personal', 'private');

-- Closed workspaces that were deleted: what was done in them stays closed.
CREATE TABLE closed_places (
    team      BLOB NOT NULL,
    workspace BLOB NOT NULL,
    PRIMARY KEY (team, workspace)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_log (
    team       BLOB    NOT NULL,
    id         BLOB    NOT NULL,
    action     TEXT    NOT NULL,
    user_id    INTEGER NOT NULL,
    user_name  TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    agent      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
