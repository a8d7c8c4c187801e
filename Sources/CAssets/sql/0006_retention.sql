-- What is left of an error that went because it was not seen for long. An error that comes back starts a new row in errors; when that
-- one goes too, its count is added to the one here.
-- The index is for the age of these rows themselves.

CREATE TABLE IF NOT EXISTS forgotten_errors (
  fingerprint   BINARY(32)      NOT NULL PRIMARY KEY,
  project       VARCHAR(255)    NULL,
  type          VARCHAR(255)    NULL,
  message       VARCHAR(255)    NULL,
  status        ENUM('unresolved', 'resolved', 'ignored', 'regressed') NOT NULL,
  `count`       BIGINT UNSIGNED NOT NULL,
  first_seen_at DATETIME(3)     NOT NULL,
  last_seen_at  DATETIME(3)     NOT NULL,
  forgotten_at  DATETIME(3)     NOT NULL,
  KEY forgotten_errors_age (forgotten_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The age of a dead letter counts from its last change: a failure, or having been replayed. UTC, as every session of this service.
ALTER TABLE dead_letters ADD COLUMN changed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3);
ALTER TABLE dead_letters ADD KEY dead_letters_age (state, changed_at);
