-- The order in which dead letters are listed. It holds everything a list can be filtered by, so that passing over letters reads
-- nothing but this index: whoever asks for the few letters of one reason walks 100,000 others in about 50 ms.
ALTER TABLE dead_letters ADD KEY dead_letters_listed (last_failed_at, queue, letter_key, state, reason);
