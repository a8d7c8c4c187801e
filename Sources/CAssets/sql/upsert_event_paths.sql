INSERT INTO event_paths (site_id, width_seconds, slot, path_key, views)
VALUES {(?, ?, ?, ?, ?)}
ON DUPLICATE KEY UPDATE views = views + VALUES(views)
