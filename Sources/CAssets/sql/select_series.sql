SELECT start_at, `count` FROM error_series
WHERE fingerprint = ? AND width_seconds = ? AND start_at >= ? AND start_at < ?
