-- Events, one in a request or many:
--
--   wrk … -s events.lua http://127.0.0.1:9002/event  -- 1
--   wrk … -s events.lua http://127.0.0.1:9002/events -- SIZE
--
-- Of 100 sites, 1,000 paths, 10,000 users and the last 30 days, four in five of them views, nine in ten with a user. 40,000 different
-- ones, again and again: without an event id each is an event of its own.
done = require "summary"

local total = 40000
local requests, number = {}, 0

local function event(index, now)
  local user = math.random(10) > 1 and string.format(',"user_id":"user-%d"', math.random(0, 9999)) or ""
  local time = os.date("!%Y-%m-%dT%H:%M:%SZ", now - math.floor(30 * 86400 * index / total))
  local page = math.random(0, 999)
  return string.format(
    '{"site_id":"site-%d","event_type":"%s","path":"/section-%d/page-%d.html","session_id":"session-%d","value":%d,'
      .. '"timestamp":"%s"%s}',
    math.random(0, 99), math.random(5) > 1 and "page_view" or "click", page % 10, page, math.floor(index / 7), index, time,
    user)
end

function init(args)
  local size = tonumber(args[1] or 1)
  math.randomseed(17)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  local now = os.time()
  for request = 1, total / size do
    local events = {}
    for item = 1, size do events[item] = event((request - 1) * size + item, now) end
    local body = size == 1 and events[1] or "[" .. table.concat(events, ",") .. "]"
    requests[request] = wrk.format(nil, nil, nil, body)
  end
end

function request()
  number = number % #requests + 1
  return requests[number]
end
