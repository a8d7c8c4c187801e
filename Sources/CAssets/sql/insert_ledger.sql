INSERT INTO sync_ledger (window_id, part, fingerprints, occurrences, applied_at) VALUES (?, ?, ?, ?, ?)
