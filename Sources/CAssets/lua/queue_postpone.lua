#!lua flags=allow-oom
-- postpone: takes back the jobs that this consumer still owns, to be delivered again later, or at once with a delay of 0.
-- Depth does not change: a postponed job still waits.
--
-- KEYS[1]  queue:<name>  stream
-- KEYS[2]  retry:<name>  zset: member '<id> <packed job>', score due ms
-- ARGV[1]  group
-- ARGV[2]  consumer
-- ARGV[3]  delay, ms
-- ARGV[4…] per job 2: id, deaths so far
-- Returns the ids that were taken back.
local moved = {}
local time = redis.call('TIME')
local due = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[3])
for a = 4, #ARGV, 2 do
  local id = ARGV[a]
  local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1], id, id, 1)
  if not pending.err and pending[1] and pending[1][2] == ARGV[2] then
    local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
    if redis.call('XACK', KEYS[1], ARGV[1], id) == 1 and entry then
      redis.call('XDEL', KEYS[1], id)
      local fields, kept, since = entry[2], {}, string.match(id, '^%d+')
      for i = 1, #fields, 2 do
        if fields[i] == 't' then
          since = fields[i + 1]
        elseif fields[i] ~= 'x' then
          kept[#kept + 1], kept[#kept + 2] = fields[i], fields[i + 1]
        end
      end
      kept[#kept + 1], kept[#kept + 2] = 'x', ARGV[a + 1]
      kept[#kept + 1], kept[#kept + 2] = 't', since
      if ARGV[3] == '0' then
        redis.call('XADD', KEYS[1], '*', unpack(kept))
      else
        redis.call('ZADD', KEYS[2], due, id .. ' ' .. cmsgpack.pack(kept))
      end
      moved[#moved + 1] = id
    end
  end
end
return moved
