-- Whether a one-time link began the session, and no password has been set in it since.
ALTER TABLE sessions ADD COLUMN by_link INTEGER NOT NULL DEFAULT 0;
