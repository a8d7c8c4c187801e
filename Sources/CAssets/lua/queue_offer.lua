#!lua
-- offer: queues the records of one or more requests as one job, but for those whose event id is known; all the others, or none.
--
-- Every refusal comes before the first write, and nothing after the first write can fail. No allow-oom: a full Redis refuses this
-- script whole. Needs seen.lua in front.
--
-- KEYS[1]  meta               hash
-- KEYS[2]  queue:<name>       stream
-- KEYS[3]  seen:<name>:       prefix of the event-id sets of this shard
-- ARGV[1]  queue name
-- ARGV[2]  queue records limit 0 refuses whatever would be queued
-- ARGV[3]  queue bytes limit
-- ARGV[4]  event-id window, seconds
-- ARGV[5]  event ids remembered at most
-- ARGV[6…] per record 2 (1,000 records at most): event-id hash (16 bytes, '' when the client gave none), framed record
-- Returns a letter per record: q queued, d duplicate (of an earlier call or of a record before it), f refused: the queue is full.
local meta, stream, name = KEYS[1], KEYS[2], ARGV[1]
local seen, known, ids = nil, {}, {}
local states, data, queued, added = {}, {}, 0, 0
for a = 6, #ARGV, 2 do
  local id, state = ARGV[a], 'q'
  if #id > 0 then
    seen = seen or open_seen(meta, name, KEYS[3], tonumber(ARGV[4]), tonumber(ARGV[5]))
    if known[id] or is_seen(seen, id) then
      state = 'd'
    else
      known[id] = true
      ids[#ids + 1] = id
    end
  end
  if state == 'q' then
    queued = queued + 1
    data[queued] = ARGV[a + 1]
    added = added + #ARGV[a + 1]
  end
  states[#states + 1] = state
end
if queued == 0 then return table.concat(states) end

local m = redis.call('HMGET', meta, 'records:' .. name, 'bytes:' .. name, 'accepted:' .. name)
local records, bytes = tonumber(m[1] or 0) + queued, tonumber(m[2] or 0) + added
if records > tonumber(ARGV[2]) or bytes > tonumber(ARGV[3]) then return (string.gsub(table.concat(states), 'q', 'f')) end

if seen then remember(seen, ids) end
redis.call('XADD', stream, '*', 'v', '1', 'n', queued, 'd', table.concat(data))
redis.call('HSET', meta, 'records:' .. name, records, 'bytes:' .. name, bytes,
  'accepted:' .. name, string.format('%.0f', tonumber(m[3] or 0) + queued))
return table.concat(states)
