-- Lists and search that stay quick with a million errors: see docs/decisions/008-lists.md.
--
-- errors takes what the lists are filtered by: CRC-32 of the values (texts would not fit into an index together; they are compared
-- when the few rows of a page are read), and 128 bits that say which words an error cannot have. NULL: not stored yet.
-- The words and facets of errors that are there already are added by the migrator (ListBackfill), as part of this migration.

ALTER TABLE errors
  ADD COLUMN project_key INT UNSIGNED NULL,
  ADD COLUMN service_key INT UNSIGNED NULL,
  ADD COLUMN level_key INT UNSIGNED NULL,
  ADD COLUMN environment_key INT UNSIGNED NULL,
  ADD COLUMN word_bits_low BIGINT UNSIGNED NULL,
  ADD COLUMN word_bits_high BIGINT UNSIGNED NULL;

UPDATE errors e LEFT JOIN error_details d ON d.fingerprint = e.fingerprint
SET e.project_key = CRC32(e.project), e.service_key = CRC32(d.service), e.level_key = CRC32(d.level),
  e.environment_key = CRC32(d.environment);

-- One index for each order, and one for each filter, by last_seen_at. Each holds everything a list is filtered by, so that rows which
-- are not shown are not read. What changes with every sync stands in the indexes that it moves anyway: errors_first_seen never moves.
ALTER TABLE errors
  DROP KEY errors_last_seen,
  DROP KEY errors_first_seen,
  DROP KEY errors_count,
  DROP KEY errors_project,
  ADD KEY errors_by_last_seen (last_seen_at, fingerprint, status, project_key, service_key, level_key, environment_key,
    word_bits_low, word_bits_high),
  ADD KEY errors_by_first_seen (first_seen_at, fingerprint, status, project_key, service_key, level_key, environment_key,
    word_bits_low, word_bits_high),
  ADD KEY errors_by_count (`count`, fingerprint, status, project_key, service_key, level_key, environment_key,
    word_bits_low, word_bits_high, last_seen_at),
  ADD KEY errors_by_status (status, last_seen_at, fingerprint, project_key, service_key, level_key, environment_key,
    word_bits_low, word_bits_high, `count`, first_seen_at),
  ADD KEY errors_by_project (project_key, last_seen_at, fingerprint, status, service_key, level_key, environment_key,
    word_bits_low, word_bits_high, `count`, first_seen_at),
  ADD KEY errors_by_service (service_key, last_seen_at, fingerprint, status, project_key, level_key, environment_key,
    word_bits_low, word_bits_high, `count`, first_seen_at),
  ADD KEY errors_by_level (level_key, last_seen_at, fingerprint, status, project_key, service_key, environment_key,
    word_bits_low, word_bits_high, `count`, first_seen_at),
  ADD KEY errors_by_environment (environment_key, last_seen_at, fingerprint, status, project_key, service_key, level_key,
    word_bits_low, word_bits_high, `count`, first_seen_at);

-- These were in no order a list has, and cost two random pages for each new error.
ALTER TABLE error_details DROP KEY error_details_service, DROP KEY error_details_environment;

-- The full-text index: the words of type and message, in a segment for each week of receipt, so that new errors write into one small
-- part of it. week: weeks since 1970.
CREATE TABLE IF NOT EXISTS error_words (
  week        SMALLINT UNSIGNED NOT NULL,
  word        VARBINARY(24)     NOT NULL,
  fingerprint BINARY(32)        NOT NULL,
  PRIMARY KEY (week, word, fingerprint)
) ENGINE = InnoDB;

-- The values that filters can have. project: '' stands for all projects. last_seen: day of receipt, so that a value in use is
-- written once a day.
CREATE TABLE IF NOT EXISTS facets (
  kind      ENUM('project', 'service', 'environment', 'release') NOT NULL,
  project   VARCHAR(255) NOT NULL,
  value     VARCHAR(255) NOT NULL,
  last_seen DATE         NOT NULL,
  PRIMARY KEY (kind, project, value),
  KEY facets_age (last_seen)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
