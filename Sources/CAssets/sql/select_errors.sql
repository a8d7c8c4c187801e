SELECT e.fingerprint, e.project, e.status, e.resolved_at, e.resolved_in_release, e.`count`, e.first_seen_at, e.last_seen_at,
  d.type, d.message, d.level, d.service, d.environment, d.`release`
FROM errors e FORCE INDEX (PRIMARY) LEFT JOIN error_details d FORCE INDEX (PRIMARY) ON d.fingerprint = e.fingerprint
