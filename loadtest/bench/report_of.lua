-- A report of 300 bytes, the same as in loadtest/report.lua but for a word of five letters in its type and message: each word is an
-- error of its own.
return function(word)
  return '{"message":"Cannot read properties of ' .. word .. ' (reading \'total\')","type":"' .. word .. 'Error",'
    .. '"stackTrace":"TypeError: x\\n    at render (/srv/app/cart.js:42:17)\\n    at main (/srv/app/index.js:10:3)",'
    .. '"service":"checkout","environment":"production","release":"1.4.2-build.77341","level":"error","project":"shop"}'
end
