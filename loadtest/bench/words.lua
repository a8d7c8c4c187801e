-- Words that differ by letters only: numbers would be taken out of a message before it is fingerprinted, and so would hexadecimal
-- digits.
local alphabet = "ghijklmnopqrstuvwxyz"
local letters = {}
for i = 1, #alphabet do letters[i - 1] = alphabet:sub(i, i) end

-- The five letters of a number below 3,200,000; the same number is always the same word.
return function(number)
  local a = number % 20
  local b = (number - a) / 20 % 20
  local rest = math.floor(number / 400)
  local c = rest % 20
  rest = math.floor(rest / 20)
  return letters[a] .. letters[b] .. letters[c] .. letters[rest % 20] .. letters[math.floor(rest / 20) % 20]
end
