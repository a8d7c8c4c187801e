SELECT fingerprint, resolved_at, resolved_in_release FROM errors WHERE status = 'resolved' AND fingerprint IN ({?})
