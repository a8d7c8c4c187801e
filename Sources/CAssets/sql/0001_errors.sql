-- What is known of each distinct error. Two tables: a sync that creates the row of an error first must not turn the worker's insert
-- of its details into a no-op. No AUTO_INCREMENT: repeated inserts would use the numbers up.
-- The widths are those of ErrorLimits (characters for VARCHAR, bytes for TEXT).

CREATE TABLE IF NOT EXISTS errors (
  fingerprint   BINARY(32)      NOT NULL PRIMARY KEY,
  project       VARCHAR(255)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  status        ENUM('unresolved', 'resolved', 'ignored', 'regressed') NOT NULL DEFAULT 'unresolved',
  resolved_at   DATETIME(3)     NULL,
  `count`       BIGINT UNSIGNED NOT NULL,
  first_seen_at DATETIME(3)     NOT NULL,
  last_seen_at  DATETIME(3)     NOT NULL,
  KEY errors_last_seen (last_seen_at, fingerprint),
  KEY errors_first_seen (first_seen_at, fingerprint),
  KEY errors_count (`count`, fingerprint),
  KEY errors_project (project, last_seen_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS error_details (
  fingerprint      BINARY(32)       NOT NULL PRIMARY KEY,
  type             VARCHAR(255)     NULL,
  message          TEXT             NOT NULL,
  stack_trace      MEDIUMTEXT       NULL,
  level            VARCHAR(255)     NULL,
  service          VARCHAR(255)     NULL,
  environment      VARCHAR(255)     NULL,
  `release`        VARCHAR(255)     NULL,
  context          JSON             NULL,
  event_id         VARBINARY(255)   NOT NULL,
  occurred_at      DATETIME(3)      NOT NULL,
  received_at      DATETIME(3)      NOT NULL,
  grouping_version TINYINT UNSIGNED NOT NULL,
  grouping_parts   JSON             NOT NULL,
  KEY error_details_service (service),
  KEY error_details_environment (environment)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
