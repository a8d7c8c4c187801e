SELECT occurrence_id,
  LENGTH(message) + COALESCE(LENGTH(stack_trace), 0) + COALESCE(LENGTH(context), 0)
FROM occurrences
WHERE fingerprint = ? AND occurrence_id < ?
ORDER BY occurrence_id DESC
LIMIT ?
