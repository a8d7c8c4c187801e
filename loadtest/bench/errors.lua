-- Reports one at a time, of as many errors as wanted, one after the other:
--
--   wrk … -s errors.lua http://127.0.0.1:9002/errors/log -- COUNT FIRST
--
-- COUNT  how many different errors: 1, 40 … 3200000; after the last comes the first again
-- FIRST  the number of the first request, so that a second run goes on where one has ended; 0 unless given
local word_of, report_of = require "words", require "report_of"
done = require "summary"

local count, number = 1, 0
local before, between, after

local function next_request()
  local word = word_of(number % count)
  number = number + 1
  return before .. word .. between .. word .. after
end

function init(args)
  count, number = tonumber(args[1] or 1), tonumber(args[2] or 0)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  if count == 1 then
    -- Without a function wrk sends the same bytes each time, and does nothing else for it.
    wrk.body = report_of(word_of(0))
    return
  end
  -- All requests are equally long: only the two words in them change.
  local whole = wrk.format(nil, nil, nil, report_of("WORDS"))
  before, between, after = whole:match("^(.-)WORDS(.-)WORDS(.*)$")
  request = next_request
end
