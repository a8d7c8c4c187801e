INSERT INTO error_series (fingerprint, width_seconds, start_at, `count`)
VALUES {(?, ?, ?, ?)}
ON DUPLICATE KEY UPDATE `count` = `count` + VALUES(`count`)
