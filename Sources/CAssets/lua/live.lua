#!lua flags=no-writes
-- live: what the sealed and the open windows hold of some fingerprints.
--
-- KEYS[1]  meta    hash
-- KEYS[2]  sealed  list
-- KEYS[3]  count:  prefix of the count hashes; the script appends <window>:<part>
-- ARGV[1…] fingerprints (32 bytes each)
-- Returns per window {window, value…}: the packed value of each fingerprint in the order asked, false where it has none.
local windows = redis.call('LRANGE', KEYS[2], 0, 63)
local open = redis.call('HGET', KEYS[1], 'window')
if open then windows[#windows + 1] = open end
local result = {}
for w, window in ipairs(windows) do
  local row = {window}
  for f = 1, #ARGV do
    local part = math.floor(string.byte(ARGV[f], 1) / 16)
    row[f + 1] = redis.call('HGET', KEYS[3] .. window .. ':' .. part, ARGV[f])
  end
  result[w] = row
end
return result
