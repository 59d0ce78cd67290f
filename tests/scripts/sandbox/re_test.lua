-- re: PCRE2 patterns.

local re = require "re"

describe("re", function()
  it("matches and gives groups by number and name", function()
    local m = re.match([[(\w+)\s*=\s*(?<value>\d+)(!)?]], "key = 42")
    assert.equal(m[0], "key = 42")
    assert.equal(m[1], "key")
    assert.equal(m.value, "42")
    assert.equal(m[3], false)
    assert.equal(re.match("x", "y"), nil)
    assert.equal(re.match("É", "é", "i")[0], "é")
  end)

  it("finds places in bytes", function()
    local from, to = re.find("b+", "äbbc")
    assert.same({ from, to }, { 3, 4 })
    assert.equal(re.find("z", "abc"), nil)
  end)

  it("finds all", function()
    local words = {}
    for i, m in ipairs(re.all([[\w+]], "one two  drei")) do words[i] = m[0] end
    assert.same(words, { "one", "two", "drei" })
    assert.equal(#re.all("", "abc"), 4)
    assert.equal(#re.all("z", "abc"), 0)
  end)

  it("splits", function()
    assert.same(re.split([[\s*,\s*]], "a , b,c,"), { "a", "b", "c", "" })
    assert.same(re.split(",", ""), { "" })
    assert.error(function() re.split("x*", "abc") end, "matches empty text")
  end)

  it("replaces", function()
    assert.equal(re.replace([[(\w+) (\w+)]], "hello world", "$2 $1 $$"), "world hello $")
    assert.equal(select(2, re.replace("a", "banana", "")), 3)
    assert.equal(re.replace("[aeiou]", "banana", function(m) return m[0]:upper() end), "bAnAnA")
    assert.equal(re.replace("z", "banana", "y"), "banana")
    assert.error(function() re.replace("a", "a", "$1") end, "after '$' must come the number of a group")
    assert.error(function() re.replace("a", "a", "$") end, "after '$'")
    assert.error(function() re.replace("a", "a", function() return 1 end) end, "must return text")
    assert.error(function() re.replace("a", "a", function() error "inside" end) end, "inside")
  end)

  it("escapes text so that it stands for itself", function()
    local text = [[a.b*c+(d)[e]{f}^$|?\-/# x]]
    assert.equal(re.match("^" .. re.escape(text) .. "$", text)[0], text)
    assert.equal(re.match("^" .. re.escape(text) .. "$", text, "x")[0], text)
  end)

  it("says what is wrong with a pattern", function()
    assert.error(function() re.match("(", "x") end, "pattern `(`")
    assert.error(function() re.match("x", "x", "q") end, "flags are i, m, s and x")
    assert.error(function() re.match(("x"):rep(5000), "x") end, "longer than 4096")
    assert.error(function() re.match(("(x)"):rep(64), "x") end, "more than 63 groups")
    assert.error(function() re.match("x", "\xff") end)
  end)

  it("knows flags", function()
    assert.equal(re.match("^b.", "a\nb\n", "ms")[0], "b\n")
    assert.equal(re.match("a b # c", "ab", "x")[0], "ab")
  end)

  it("gives an error, not a silent no, when a match takes too much", function()
    assert.error(function() re.match("^(a+)+$", ("a"):rep(60) .. "b") end, "too much work")
  end)

  it("can be used inside of its own callback", function()
    assert.equal(re.replace([[\w+]], "ab cd", function(m)
      return (re.replace([[\w]], m[0], function(c) return c[0] .. "." end))
    end), "a.b. c.d.")
  end)
end)
