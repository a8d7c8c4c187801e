-- Occurrences received before the cutoff, oldest first, from where the last look came to. Covered by occurrences_age; locks nothing.
SELECT received_at, fingerprint, occurrence_id FROM occurrences
WHERE received_at >= ? AND received_at < ?
  AND (received_at > ? OR fingerprint > ? OR (fingerprint = ? AND occurrence_id > ?))
ORDER BY received_at, fingerprint, occurrence_id LIMIT ?
