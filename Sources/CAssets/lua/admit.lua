#!lua
-- admit: counts the errors of one request in the open window and queues each one seen for the first time in it.
--
-- Every refusal comes before the first write, and nothing after the first write can fail: a script that fails half way is
-- not rolled back. No allow-oom: a full Redis refuses this script whole. Needs seen.lua in front.
--
-- KEYS[1]  meta                hash
-- KEYS[2]  queue:errors        stream
-- KEYS[3]  sealed              list
-- KEYS[4]  count:              prefix of the count hashes of this shard; the script appends <window>:<part>
-- KEYS[5]  seen:errors:        prefix of the event-id sets of this shard; the script appends <bucket>
-- ARGV[1]  epoch               the token of the caller's connection
-- ARGV[2]  queue records limit 0 refuses whatever would be queued
-- ARGV[3]  queue bytes limit
-- ARGV[4]  limit of fingerprints in unapplied windows
-- ARGV[5]  limit of fingerprints in one window; more seal it
-- ARGV[6]  event-id window, seconds
-- ARGV[7]  event ids remembered at most
-- ARGV[8]  G, number of groups (distinct fingerprints of the request, 1 or more)
-- ARGV[9]  I, number of items that carry a client's event id
-- ARGV[10…]  per group 3: fingerprint (32 bytes), tally of its occurrences without an event id ('' when there are none), framed
--            record, or '' when the caller believes that the window has seen the fingerprint
-- ARGV[10+3G…]  per identified item 3: event-id hash (16 bytes), group (from 1), tally of one
--
-- A tally is what a count hash holds of a fingerprint: count, first ms, last ms, release of the last (8 bytes), last ms of all other
-- releases (0: none), then {minute, count} once or more, all big-endian (PackedTally.swift). No minute more than 1,500 before the
-- newest is there by itself: it is in the one its hour starts with (Tally.swift).
--
-- Returns {1} when the epoch differs: nothing was done, recover first.
-- Else {0, groups, items}: a letter per group (c counted, q counted and queued, d only duplicates, f refused: queue full,
-- w refused: too many fingerprints wait, m nothing done: the window has not seen it, send the record), a letter per identified item (n new, d duplicate).
local meta, stream, sealed, counts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local m = redis.call('HMGET', meta, 'epoch', 'window', 'size', 'waiting', 'records:errors', 'bytes:errors', 'accepted')
if m[1] ~= ARGV[1] or not m[2] then return {1} end
local window, size, waiting = m[2], tonumber(m[3] or 0), tonumber(m[4] or 0)
local records, bytes, accepted = tonumber(m[5] or 0), tonumber(m[6] or 0), tonumber(m[7] or 0)
local G, I = tonumber(ARGV[8]), tonumber(ARGV[9])

-- What several tallies are together. The release of the newest occurrence, and the time of the newest one of any other release:
-- that is enough to know the newest occurrence outside any one release. Linear in the number of minutes.
local header, slot = '>I8I8I8c8I8', '>I4I4'
local function merge(tallies)
  local n, low, high, release, other = struct.unpack(header, tallies[1])
  for i = 2, #tallies do
    local n2, low2, high2, release2, other2 = struct.unpack(header, tallies[i])
    n = n + n2
    if low2 < low then low = low2 end
    if release == release2 then
      if high2 > high then high = high2 end
      if other2 > other then other = other2 end
    elseif high2 > high then
      other = other2 > high and other2 or high
      release, high = release2, high2
    elseif high2 > other then
      other = high2
    end
  end
  local head = struct.pack(header, n, low, high, release, other)
  local a, b = tallies[1], tallies[2]
  if #tallies == 2 and #b == 48 then
    -- Most often there is one minute, the one that came last.
    local minute, k = struct.unpack(slot, a, #a - 7)
    local minute2, k2 = struct.unpack(slot, b, 41)
    if minute == minute2 then return head .. string.sub(a, 41, -9) .. struct.pack(slot, minute, math.min(k + k2, 4294967295)) end
  end
  local counts, minutes, newest = {}, {}, 0
  for _, tally in ipairs(tallies) do
    for at = 41, #tally, 8 do
      local minute, k = struct.unpack(slot, tally, at)
      if not counts[minute] then minutes[#minutes + 1] = minute end
      counts[minute] = math.min((counts[minute] or 0) + k, 4294967295)
      if minute > newest then newest = minute end
    end
  end
  local kept, slots = {}, {head}
  for _, minute in ipairs(minutes) do
    local start = minute < newest - 1500 and minute - minute % 60 or minute
    if start ~= minute then
      -- The start of the hour may be in the list itself, before or after this minute.
      if not counts[start] then
        kept[#kept + 1] = start
        counts[start] = 0
      end
      counts[start] = math.min(counts[start] + counts[minute], 4294967295)
    else
      kept[#kept + 1] = minute
    end
  end
  for i, minute in ipairs(kept) do slots[i + 1] = struct.pack(slot, minute, counts[minute]) end
  return table.concat(slots)
end

-- 1. What each group would add, duplicates left out.
local parts, add = {}, {}
for g = 1, G do
  local tally = ARGV[11 + (g - 1) * 3]
  if #tally > 0 then parts[g] = {tally} end
end
local itemStates, seen = {}, nil
if I > 0 then
  seen = open_seen(meta, 'errors', KEYS[5], tonumber(ARGV[6]), tonumber(ARGV[7]))
  local base = 10 + G * 3
  for i = 1, I do
    local a = base + (i - 1) * 3
    local id, g = ARGV[a], tonumber(ARGV[a + 1])
    if is_seen(seen, id) then
      itemStates[i] = 'd'
    else
      itemStates[i] = 'n'
      parts[g] = parts[g] or {}
      table.insert(parts[g], ARGV[a + 2])
    end
  end
end
for g, tallies in pairs(parts) do add[g] = tallies[2] and merge(tallies) or tallies[1] end

-- 2. Which groups are new in the window, and whether the window is full.
local old, fresh, freshRecords, freshBytes = {}, {}, 0, 0
local function key(w, fingerprint)
  return counts .. w .. ':' .. math.floor(string.byte(fingerprint, 1) / 16)
end
for g = 1, G do
  if add[g] then
    local f = ARGV[10 + (g - 1) * 3]
    old[g] = redis.call('HGET', key(window, f), f)
    if not old[g] and #ARGV[12 + (g - 1) * 3] > 0 then freshRecords = freshRecords + 1 end
  end
end
local full = size > 0 and size + freshRecords > tonumber(ARGV[5])
local missing = {}
freshRecords = 0
for g = 1, G do
  if add[g] and (full or not old[g]) then
    local bytesOfRecord = #ARGV[12 + (g - 1) * 3]
    if bytesOfRecord == 0 then
      missing[g] = true
    else
      fresh[g] = true
      freshRecords = freshRecords + 1
      freshBytes = freshBytes + bytesOfRecord
    end
  end
end

-- 3. Refuse only what would be queued.
local refused
if freshRecords > 0 then
  if records + freshRecords > tonumber(ARGV[2]) or bytes + freshBytes > tonumber(ARGV[3]) then
    refused = 'f'
  elseif waiting + size + freshRecords > tonumber(ARGV[4]) then
    refused = 'w'
  end
  -- A full window is not sealed for the sake of what is refused.
  if refused and full then
    full, freshRecords = false, 0
    for g = 1, G do
      local isNew = add[g] and not old[g]
      missing[g] = isNew and #ARGV[12 + (g - 1) * 3] == 0
      fresh[g] = isNew and not missing[g]
    end
  end
end

-- 4. What to write.
local total, groupStates, payload, queued = {}, {}, {}, 0
for g = 1, G do
  if not add[g] then
    groupStates[g] = 'd'
  elseif missing[g] then
    groupStates[g] = 'm'
  elseif fresh[g] and refused then
    groupStates[g] = refused
  else
    accepted = accepted + struct.unpack('>I8', add[g])
    if fresh[g] then
      queued = queued + 1
      payload[queued] = ARGV[12 + (g - 1) * 3]
      groupStates[g], total[g] = 'q', add[g]
    else
      groupStates[g], total[g] = 'c', merge({old[g], add[g]})
    end
  end
end

-- 5. Write.
if full then
  local now = redis.call('TIME')
  redis.call('RPUSH', sealed, window)
  local id = redis.call('HMGET', meta, 'incarnation', 'sequence')
  local sequence = string.format('%.0f', tonumber(id[2]) + 1)
  window = id[1] .. ':' .. sequence .. ':' .. string.format('%.0f', now[1] * 1000 + math.floor(now[2] / 1000))
  waiting, size = waiting + size, 0
  redis.call('HSET', meta, 'window', window, 'sequence', sequence, 'size', 0, 'waiting', waiting)
end
for g = 1, G do
  if total[g] then
    local f = ARGV[10 + (g - 1) * 3]
    redis.call('HSET', key(window, f), f, total[g])
  end
end
if seen then
  local base, ids = 10 + G * 3, {}
  for i = 1, I do
    local a = base + (i - 1) * 3
    local state = groupStates[tonumber(ARGV[a + 1])]
    if itemStates[i] == 'n' and (state == 'c' or state == 'q') then
      ids[#ids + 1] = ARGV[a]
    end
  end
  remember(seen, ids)
end
if queued > 0 then
  local data = table.concat(payload)
  records, bytes = records + queued, bytes + #data
  redis.call('XADD', stream, '*', 'v', '1', 'n', queued, 'd', data)
  redis.call('HSET', meta, 'accepted', string.format('%.0f', accepted), 'size', size + queued,
    'records:errors', records, 'bytes:errors', bytes)
else
  redis.call('HSET', meta, 'accepted', string.format('%.0f', accepted))
end
return {0, table.concat(groupStates), table.concat(itemStates)}
