-- IGNORE turns every error into a warning, not only a known fingerprint: the warnings are read after each statement.
INSERT IGNORE INTO error_details (fingerprint, type, message, stack_trace, level, service, environment, `release`, context, event_id,
  occurred_at, received_at, grouping_version, grouping_parts)
VALUES {(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)}
