-- sync_ledger: which part of which counting window is in the totals already; written in the transaction that adds it.
-- dead_letters: records that could not be stored, with all that is needed to replay them.
-- settings: what every process must agree on.

CREATE TABLE IF NOT EXISTS sync_ledger (
  window_id    VARCHAR(96)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part         TINYINT UNSIGNED NOT NULL,
  fingerprints INT UNSIGNED     NOT NULL,
  occurrences  BIGINT UNSIGNED  NOT NULL,
  applied_at   DATETIME(3)      NOT NULL,
  PRIMARY KEY (window_id, part),
  KEY sync_ledger_applied (applied_at)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS dead_letters (
  queue           VARCHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  letter_key      VARBINARY(255) NOT NULL,
  state           ENUM('dead', 'replaying', 'replayed') NOT NULL DEFAULT 'dead',
  attempts        INT UNSIGNED   NOT NULL,
  first_failed_at DATETIME(3)    NOT NULL,
  last_failed_at  DATETIME(3)    NOT NULL,
  reason          VARCHAR(64)    NOT NULL,
  code            INT            NOT NULL,
  detail          VARCHAR(1024)  NOT NULL,
  payload         LONGBLOB       NOT NULL,
  PRIMARY KEY (queue, letter_key),
  KEY dead_letters_state (state, last_failed_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS settings (
  name  VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  value VARCHAR(255) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
