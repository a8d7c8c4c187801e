-- The errors with more samples than they may keep, each with the keys of all of them, 16 bytes each.
SELECT fingerprint, GROUP_CONCAT(occurrence_id ORDER BY occurrence_id SEPARATOR '')
FROM occurrences FORCE INDEX (PRIMARY)
WHERE fingerprint IN ({?})
GROUP BY fingerprint
HAVING COUNT(*) > ?
