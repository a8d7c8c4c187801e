SELECT occurrence_id, event_id, occurred_at, received_at, type, message, stack_trace, level, service, environment, `release`, context
FROM occurrences
WHERE fingerprint = ? AND occurrence_id BETWEEN ? AND ?
ORDER BY occurrence_id DESC
