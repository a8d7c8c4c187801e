SELECT change_id, changed_at, from_status, to_status, changed_by, `release`
FROM status_changes
WHERE fingerprint = ? AND change_id < ?
ORDER BY change_id DESC
LIMIT ?
