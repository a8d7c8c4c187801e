-- A new error shows at once, with no occurrences yet: the sync adds them. It may have come first, without the project.
INSERT INTO errors (fingerprint, project, `count`, first_seen_at, last_seen_at)
VALUES {(?, ?, 0, ?, ?)}
ON DUPLICATE KEY UPDATE project = COALESCE(project, VALUES(project))
