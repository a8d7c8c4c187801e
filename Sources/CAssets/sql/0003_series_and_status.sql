-- When each error happened, and who changed its status. Both are written in the transaction they belong to: the series with the
-- totals of a window, a change of status with the status.

-- Occurrences of a release other than this one, or of none, open the error again; NULL: any occurrence does.
ALTER TABLE errors ADD COLUMN resolved_in_release VARCHAR(255) NULL AFTER resolved_at;

-- width_seconds: 60 for the last day, 3600 for the last 90. start_at: minutes since 1970, by the time of the event.
CREATE TABLE IF NOT EXISTS error_series (
  fingerprint   BINARY(32)        NOT NULL,
  width_seconds SMALLINT UNSIGNED NOT NULL,
  start_at      INT UNSIGNED      NOT NULL,
  `count`       BIGINT UNSIGNED   NOT NULL,
  PRIMARY KEY (fingerprint, width_seconds, start_at),
  KEY error_series_age (width_seconds, start_at)
) ENGINE = InnoDB;

-- changed_by: the name of the admin token, or 'sync' for a regression. change_id: starts with the time, so it sorts by it.
CREATE TABLE IF NOT EXISTS status_changes (
  fingerprint BINARY(32)   NOT NULL,
  change_id   BINARY(16)   NOT NULL,
  changed_at  DATETIME(3)  NOT NULL,
  from_status ENUM('unresolved', 'resolved', 'ignored', 'regressed') NOT NULL,
  to_status   ENUM('unresolved', 'resolved', 'ignored', 'regressed') NOT NULL,
  changed_by  VARCHAR(255) NOT NULL,
  `release`   VARCHAR(255) NULL,
  PRIMARY KEY (fingerprint, change_id),
  KEY status_changes_age (changed_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
