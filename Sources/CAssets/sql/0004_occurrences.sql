-- Samples of single occurrences of each error: the first, the latest and some in between, thinned by the worker that adds one.
-- The key is ordered by the time of the event within an error, and the same for a record that is offered again:
-- occurrence_id is 6 bytes of Unix milliseconds, big-endian, then 10 bytes of a digest of the event id.
-- The widths are those of ErrorLimits (characters for VARCHAR, bytes for TEXT).

CREATE TABLE IF NOT EXISTS occurrences (
  fingerprint   BINARY(32)     NOT NULL,
  occurrence_id BINARY(16)     NOT NULL,
  event_id      VARBINARY(255) NOT NULL,
  occurred_at   DATETIME(3)    NOT NULL,
  received_at   DATETIME(3)    NOT NULL,
  type          VARCHAR(255)   NULL,
  message       TEXT           NOT NULL,
  stack_trace   MEDIUMTEXT     NULL,
  level         VARCHAR(255)   NULL,
  service       VARCHAR(255)   NULL,
  environment   VARCHAR(255)   NULL,
  `release`     VARCHAR(255)   NULL,
  context       JSON           NULL,
  PRIMARY KEY (fingerprint, occurrence_id),
  KEY occurrences_age (received_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
