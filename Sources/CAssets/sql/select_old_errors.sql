-- Errors not seen since the cutoff, oldest first, from where the last look came to. Covered by the index of this order; locks nothing.
SELECT last_seen_at, fingerprint FROM errors
WHERE last_seen_at >= ? AND last_seen_at < ? AND (last_seen_at > ? OR fingerprint > ?)
ORDER BY last_seen_at, fingerprint LIMIT ?
