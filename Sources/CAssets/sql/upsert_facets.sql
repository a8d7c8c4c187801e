INSERT INTO facets (kind, project, value, last_seen) VALUES {(?, ?, ?, ?)}
ON DUPLICATE KEY UPDATE last_seen = GREATEST(last_seen, VALUES(last_seen))
