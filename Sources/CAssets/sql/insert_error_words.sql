-- IGNORE: a record that is stored again has its words already.
INSERT IGNORE INTO error_words (week, word, fingerprint) VALUES {(?, ?, ?)}
