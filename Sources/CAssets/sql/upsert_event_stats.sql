INSERT INTO event_stats (site_id, width_seconds, slot, events, views, users)
VALUES {(?, ?, ?, ?, ?, ?)}
ON DUPLICATE KEY UPDATE events = events + VALUES(events), views = views + VALUES(views), users = users + VALUES(users)
