#!lua flags=allow-oom
-- recover: adopts this server's epoch. When it is new, seals whatever is open under its old name and opens a window of a fresh
-- incarnation, so that no window is ever counted in two histories under one name.
--
-- KEYS[1]  meta    hash
-- KEYS[2]  sealed  list
-- ARGV[1]  16 random hex digits for the incarnation
-- Returns {0, window} when the epoch was known already, {1, window} when a fresh incarnation was opened.
local server = redis.call('INFO', 'server')
local replication = redis.call('INFO', 'replication')
local epoch = string.match(server, 'run_id:(%x+)') .. '|' .. string.match(replication, 'master_replid:(%x+)')
local m = redis.call('HMGET', KEYS[1], 'epoch', 'window', 'size', 'waiting')
if m[1] == epoch and m[2] then return {0, m[2]} end
local time = redis.call('TIME')
local ms = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local size, waiting = tonumber(m[3] or 0), tonumber(m[4] or 0)
if m[2] and size > 0 then
  redis.call('RPUSH', KEYS[2], m[2])
  waiting = waiting + size
end
local incarnation = ms .. '-' .. ARGV[1]
local window = incarnation .. ':1:' .. ms
redis.call('HSET', KEYS[1], 'epoch', epoch, 'incarnation', incarnation, 'sequence', 1, 'window', window,
  'size', 0, 'waiting', waiting)
return {1, window}
