-- What integrations that tell activities together have gathered, and when they tell it; no row: nothing is gathered.
CREATE TABLE digests (
    team        UUID    NOT NULL,
    integration UUID    NOT NULL,
    since       BIGINT  NOT NULL,
    due_at      BIGINT  NOT NULL,
    PRIMARY KEY (team, integration),
    FOREIGN KEY (team, integration) REFERENCES integrations (team, id) ON DELETE CASCADE
);
CREATE INDEX digests_due ON digests (due_at);

CREATE TABLE digest_items (
    team        UUID NOT NULL,
    integration UUID NOT NULL,
    activity    UUID NOT NULL,
    PRIMARY KEY (team, integration, activity),
    FOREIGN KEY (team, integration) REFERENCES digests (team, integration) ON DELETE CASCADE
);
