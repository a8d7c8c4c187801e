-- The same record again has the same key. IGNORE turns every error into a warning, not only a known key: the warnings are read after
-- each statement.
INSERT IGNORE INTO occurrences (fingerprint, occurrence_id, event_id, occurred_at, received_at, type, message, stack_trace, level,
  service, environment, `release`, context)
VALUES {(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)}
