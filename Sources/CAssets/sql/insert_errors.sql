-- A new error shows at once, with no occurrences yet: the sync adds them. It may have come first, without what the lists look at.
INSERT INTO errors (fingerprint, project, project_key, service_key, level_key, environment_key, word_bits_low, word_bits_high,
  `count`, first_seen_at, last_seen_at)
VALUES {(?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)}
ON DUPLICATE KEY UPDATE
  project = IF(word_bits_low IS NULL, VALUES(project), project),
  project_key = IF(word_bits_low IS NULL, VALUES(project_key), project_key),
  service_key = IF(word_bits_low IS NULL, VALUES(service_key), service_key),
  level_key = IF(word_bits_low IS NULL, VALUES(level_key), level_key),
  environment_key = IF(word_bits_low IS NULL, VALUES(environment_key), environment_key),
  word_bits_high = IF(word_bits_low IS NULL, VALUES(word_bits_high), word_bits_high),
  word_bits_low = IF(word_bits_low IS NULL, VALUES(word_bits_low), word_bits_low)
