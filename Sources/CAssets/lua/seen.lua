-- seen: the event ids of a queue that count as duplicates, in two buckets that rotate by time and by size. No script of its own: it
-- is put in front of those that take reports. Nothing is written before `remember`.
--
-- KEYS  seen:<queue>:   prefix of the event-id sets of this shard; the bucket is appended
-- meta  seen:bucket:<queue>, seen:opened:<queue> (s), seen:forgotten:<queue> (how often ids were forgotten before their time)

-- What is known, and whether the bucket is over: by time, or early, because half of the ids allowed are in it.
local function open_seen(meta, queue, prefix, window, most)
  local s = redis.call('HMGET', meta, 'seen:bucket:' .. queue, 'seen:opened:' .. queue)
  local seen = {meta = meta, queue = queue, prefix = prefix, window = window, bucket = tonumber(s[1] or 0)}
  seen.now = tonumber(redis.call('TIME')[1])
  local due = seen.now - tonumber(s[2] or 0) >= window
  seen.early = not due and redis.call('SCARD', prefix .. seen.bucket) * 2 >= most
  seen.rotates = due or seen.early
  return seen
end

local function is_seen(seen, id)
  return redis.call('SISMEMBER', seen.prefix .. seen.bucket, id) == 1
    or redis.call('SISMEMBER', seen.prefix .. (seen.bucket - 1), id) == 1
end

local function remember(seen, ids)
  if seen.rotates then
    redis.call('UNLINK', seen.prefix .. (seen.bucket - 1))
    seen.bucket = seen.bucket + 1
    redis.call('HSET', seen.meta, 'seen:bucket:' .. seen.queue, seen.bucket, 'seen:opened:' .. seen.queue, seen.now)
    if seen.early then redis.call('HINCRBY', seen.meta, 'seen:forgotten:' .. seen.queue, 1) end
  end
  if #ids == 0 then return end
  local key = seen.prefix .. seen.bucket
  for _, id in ipairs(ids) do redis.call('SADD', key, id) end
  redis.call('EXPIRE', key, 2 * seen.window + 1)
end

