-- People: passwords (argon2id, as PHC strings), sessions of browsers, invitations, who is in which closed workspace, and what an auditor asks for.
ALTER TABLE users ADD COLUMN password_hash TEXT;
CREATE UNIQUE INDEX users_by_email ON users (lower(email));
CREATE INDEX memberships_by_user ON memberships (user_id);

-- workspaces is a JSON list of ids; an empty one is no limit.
ALTER TABLE api_keys ADD COLUMN expires_at BIGINT;
ALTER TABLE api_keys ADD COLUMN workspaces TEXT NOT NULL DEFAULT '[]';

-- hash is the SHA-256 of what the cookie holds.
CREATE TABLE sessions (
    hash       BYTEA   NOT NULL PRIMARY KEY,
    id         UUID    NOT NULL,
    team       UUID    NOT NULL REFERENCES teams (id),
    user_id    BIGINT  NOT NULL REFERENCES users (id),
    agent      TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    used_at    BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (team, user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE invitations (
    team       UUID    NOT NULL REFERENCES teams (id),
    id         UUID    NOT NULL,
    hash       BYTEA   NOT NULL UNIQUE,
    email      TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    created_by BIGINT  NOT NULL,
    created_at BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL,
    PRIMARY KEY (team, id)
);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);

CREATE TABLE workspace_members (
    team       UUID    NOT NULL,
    workspace  UUID    NOT NULL,
    user_id    BIGINT  NOT NULL REFERENCES users (id),
    role       TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (team, workspace, user_id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
);
CREATE INDEX workspace_members_by_user ON workspace_members (team, user_id);
INSERT INTO workspace_members (team, workspace, user_id, role, created_at)
    SELECT team, id, created_by, 'admin', created_at FROM workspaces WHERE kind IN ('personal', 'private');

-- Closed workspaces that were deleted: what was done in them stays closed.
CREATE TABLE closed_places (
    team      UUID NOT NULL,
    workspace UUID NOT NULL,
    PRIMARY KEY (team, workspace)
);

CREATE TABLE audit_log (
    team       UUID    NOT NULL,
    id         UUID    NOT NULL,
    action     TEXT    NOT NULL,
    user_id    BIGINT  NOT NULL,
    user_name  TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    agent      TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (team, id)
);
