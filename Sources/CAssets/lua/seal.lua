#!lua flags=allow-oom
-- seal: closes the open window and opens the next one of the same incarnation.
--
-- KEYS[1]  meta    hash
-- KEYS[2]  sealed  list
-- ARGV[1]  epoch   the token of the caller's connection
-- ARGV[2]  while this many sealed windows wait, nothing is sealed
-- ARGV[3]  ms after which an empty open window gets a new name, so that no window's name is much older than its counts
-- Returns {0, window} sealed, {1} the epoch differs: recover first, {2} nothing to seal, {3, waiting windows} too many wait.
local m = redis.call('HMGET', KEYS[1], 'epoch', 'window', 'size', 'waiting', 'incarnation', 'sequence')
if m[1] ~= ARGV[1] or not m[2] then return {1} end
local size = tonumber(m[3] or 0)
local time = redis.call('TIME')
local ms = time[1] * 1000 + math.floor(time[2] / 1000)
if size == 0 then
  local opened = tonumber(string.match(m[2], ':(%d+)$'))
  if ms - opened < tonumber(ARGV[3]) then return {2} end
else
  local windows = redis.call('LLEN', KEYS[2])
  if windows >= tonumber(ARGV[2]) then return {3, windows} end
  redis.call('RPUSH', KEYS[2], m[2])
end
local sequence = string.format('%.0f', tonumber(m[6]) + 1)
local window = m[5] .. ':' .. sequence .. ':' .. string.format('%.0f', ms)
redis.call('HSET', KEYS[1], 'window', window, 'sequence', sequence, 'size', 0, 'waiting', tonumber(m[4] or 0) + size)
if size == 0 then return {2} end
return {0, m[2]}
