-- General events, and what is counted of them.
--
-- events: by day of receipt, so that no client's clock can break or pin a partition. The key is a digest of the client's event id, or
-- the id given on receipt: the same event again is the same row. batch_token tells the worker which rows it has just stored; only
-- those are counted. Retention makes the partitions of the days to come and drops the old ones (EVENT_RETENTION_DAYS); without it,
-- rows go to p_future and nothing is refused.
-- The widths are those of EventLimits (characters).

CREATE TABLE IF NOT EXISTS events (
  received_on DATE            NOT NULL,
  event_key   BINARY(16)      NOT NULL,
  batch_token BIGINT UNSIGNED NOT NULL,
  site_id     VARCHAR(64)     NOT NULL,
  event_type  VARCHAR(64)     NOT NULL,
  occurred_at DATETIME(3)     NOT NULL,
  received_at DATETIME(3)     NOT NULL,
  event_id    VARCHAR(128)    NOT NULL,
  path        VARCHAR(1024)   NULL,
  user_id     VARCHAR(128)    NULL,
  session_id  VARCHAR(128)    NULL,
  url         VARCHAR(2048)   NULL,
  referrer    VARCHAR(2048)   NULL,
  value       DOUBLE          NULL,
  properties  JSON            NULL,
  PRIMARY KEY (received_on, event_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE COLUMNS (received_on) (PARTITION p_future VALUES LESS THAN (MAXVALUE));

-- Counts by the time of the event, written in the transaction that stores the rows. slot: Unix seconds / width_seconds.
-- width_seconds: 60 for the last two days, 900 (a day of any zone is made of quarter hours), 86400 (UTC days), and 0: all there ever
-- was, in slot 0. users: different user ids, for 86400 and 0 only. site_id: bytes here and below, as a text that ends in a space would
-- be the same key as the one without.
CREATE TABLE IF NOT EXISTS event_stats (
  site_id       VARBINARY(256)     NOT NULL,
  width_seconds MEDIUMINT UNSIGNED NOT NULL,
  slot          INT UNSIGNED       NOT NULL,
  events        BIGINT UNSIGNED    NOT NULL,
  views         BIGINT UNSIGNED    NOT NULL,
  users         BIGINT UNSIGNED    NOT NULL,
  PRIMARY KEY (site_id, width_seconds, slot)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Views of each path, for the widths 900, 86400 and 0. path_key: a digest of the path, which is too long for a key.
CREATE TABLE IF NOT EXISTS event_paths (
  site_id       VARBINARY(256)     NOT NULL,
  width_seconds MEDIUMINT UNSIGNED NOT NULL,
  slot          INT UNSIGNED       NOT NULL,
  path_key      BINARY(16)         NOT NULL,
  views         BIGINT UNSIGNED    NOT NULL,
  PRIMARY KEY (site_id, width_seconds, slot, path_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The rows of event_paths for all time stay, so no path here is ever without one of them.
CREATE TABLE IF NOT EXISTS event_path_names (
  path_key BINARY(16)    NOT NULL PRIMARY KEY,
  path     VARCHAR(1024) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which user was seen on which UTC day (days since 1970), and in which quarter hours of it (0 to 95) first and last: a day of another
-- zone is the end of one UTC day and the beginning of the next, so these two tell who belongs to it. day -1: ever; its slots are 0.
-- The keys are digests, so those below a bound are a sample of the users.
CREATE TABLE IF NOT EXISTS event_users (
  site_id     VARBINARY(256)   NOT NULL,
  day         SMALLINT         NOT NULL,
  user_key    BINARY(16)       NOT NULL,
  batch_token BIGINT UNSIGNED  NOT NULL,
  first_slot  TINYINT UNSIGNED NOT NULL,
  last_slot   TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (site_id, day, user_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
