SELECT e.fingerprint, e.project, e.status, e.resolved_at, e.resolved_in_release, e.`count`, e.first_seen_at, e.last_seen_at,
  d.type, d.message, d.level, d.service, d.environment, d.`release`,
  d.stack_trace, d.context, d.grouping_version, d.grouping_parts
FROM errors e LEFT JOIN error_details d ON d.fingerprint = e.fingerprint
WHERE e.fingerprint = ?
