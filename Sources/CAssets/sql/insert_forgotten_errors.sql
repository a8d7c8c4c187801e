-- Runs while the rows of errors are locked and before they go. An error that had gone before adds to what is kept of it.
INSERT INTO forgotten_errors (fingerprint, project, type, message, status, `count`, first_seen_at, last_seen_at, forgotten_at)
SELECT e.fingerprint, e.project, d.type, LEFT(d.message, 255), e.status, e.`count`, e.first_seen_at, e.last_seen_at,
  UTC_TIMESTAMP(3)
FROM errors e FORCE INDEX (PRIMARY) LEFT JOIN error_details d ON d.fingerprint = e.fingerprint
WHERE e.fingerprint IN ({?})
ON DUPLICATE KEY UPDATE
  forgotten_errors.project = COALESCE(VALUES(project), forgotten_errors.project),
  forgotten_errors.type = COALESCE(VALUES(type), forgotten_errors.type),
  forgotten_errors.message = COALESCE(VALUES(message), forgotten_errors.message),
  forgotten_errors.status = VALUES(status),
  forgotten_errors.`count` = forgotten_errors.`count` + VALUES(`count`),
  forgotten_errors.first_seen_at = LEAST(forgotten_errors.first_seen_at, VALUES(first_seen_at)),
  forgotten_errors.last_seen_at = GREATEST(forgotten_errors.last_seen_at, VALUES(last_seen_at)),
  forgotten_errors.forgotten_at = VALUES(forgotten_at)
