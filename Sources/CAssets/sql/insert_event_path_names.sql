-- A path that is known is left as it is; not by IGNORE, which would take every other error for a known path as well.
INSERT INTO event_path_names (path_key, path) VALUES {(?, ?)}
ON DUPLICATE KEY UPDATE path_key = path_key
