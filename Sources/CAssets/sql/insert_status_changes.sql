INSERT INTO status_changes (fingerprint, change_id, changed_at, from_status, to_status, changed_by, `release`)
VALUES {(?, ?, ?, ?, ?, ?, ?)}
