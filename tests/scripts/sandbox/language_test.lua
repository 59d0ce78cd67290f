-- What scripts have of Lua, as they have it: see also tests/host/script/sandbox_test.c, which attacks it.

describe("pairs", function()
  it("goes in sorted order, numbers first", function()
    local keys = {}
    for key in pairs { b = 1, a = 2, 10, 20, [-1] = 0, [2.5] = 0 } do keys[#keys + 1] = key end
    assert.same(keys, { -1, 1, 2, 2.5, "a", "b" })
  end)

  it("allows changes of what it goes over", function()
    local t, seen = { a = 1, b = 2, c = 3 }, {}
    for key in pairs(t) do
      seen[#seen + 1] = key
      t.b, t.new = nil, true
    end
    assert.same(seen, { "a", "c" })
  end)

  it("sorts many keys as well", function()
    local t, last = {}, ""
    for i = 1, 200 do t[string.format("%03d", i * 7 % 200)] = i end
    for key in pairs(t) do
      assert(last < key)
      last = key
    end
  end)
end)

describe("string functions", function()
  it("work as methods", function()
    assert.equal(("x"):rep(3, ","), "x,x,x")
    assert.equal(("%d %s %5.2f"):format(1, "a", 2), "1 a  2.00")
    assert.equal(("hello world"):gsub("o", "0"), "hell0 w0rld")
    assert.same({ ("key = value"):match "^(%w+)%s*=%s*(%w+)$" }, { "key", "value" })
    local words = {}
    for word in ("one two"):gmatch "%a+" do words[#words + 1] = word end
    assert.same(words, { "one", "two" })
    assert.equal("10" + 5, 15)
  end)
end)

describe("coroutines", function()
  it("hand values back and forth", function()
    local co = coroutine.create(function(a, b)
      local c = coroutine.yield(a + b)
      local d, e = coroutine.yield(c * 2)
      return d + e
    end)
    assert.same({ coroutine.resume(co, 1, 2) }, { true, 3 })
    assert.same({ coroutine.resume(co, 10) }, { true, 20 })
    assert.equal(coroutine.status(co), "suspended")
    assert.same({ coroutine.resume(co, 3, 4) }, { true, 7 })
    assert.equal(coroutine.status(co), "dead")
    assert.same({ coroutine.resume(co) }, { false, "cannot resume dead coroutine" })
  end)

  it("take no arguments too, and nil ones", function()
    local co = coroutine.wrap(function(...)
      local n = select("#", ...)
      while true do n = select("#", coroutine.yield(n)) end
    end)
    assert.equal(co(), 0)
    assert.equal(co(nil, nil), 2)
    assert.equal(co(), 0)
    local one = coroutine.wrap(function(...) return select("#", ...) end)
    assert.equal(one(nil), 1)
  end)

  it("know their state", function()
    local outer = coroutine.create(function(self)
      local inner = coroutine.wrap(function() return coroutine.status(self) end)
      return inner(), coroutine.status(self), coroutine.isyieldable()
    end)
    assert.equal(coroutine.status(outer), "suspended")
    assert.same({ coroutine.resume(outer, outer) }, { true, "normal", "running", true })
  end)

  it("close what they hold open", function()
    local log = {}
    local function closer(name)
      return setmetatable({}, { __close = function(_, raised) log[#log + 1] = name .. tostring(raised) end })
    end
    local co = coroutine.create(function()
      local _ <close> = closer "a"
      local _ <close> = closer "b"
      coroutine.yield()
    end)
    coroutine.resume(co)
    assert.equal(coroutine.close(co), true)
    assert.same(log, { "bnil", "anil" })
    local failing = coroutine.wrap(function()
      local _ <close> = closer "c"
      error("x", 0)
    end)
    assert.same({ pcall(failing) }, { false, "x" })
    assert.equal(log[3], "cx")
  end)

  it("pass errors on", function()
    local co = coroutine.create(function() error { code = 7 } end)
    local ok, raised = coroutine.resume(co)
    assert.equal(ok, false)
    assert.equal(raised.code, 7)
    assert.same({ coroutine.close(co) }, { false, raised })
  end)
end)

describe("protected calls", function()
  it("give results and errors", function()
    assert.same({ pcall(function(...) return ... end, 1, nil, 3) }, { true, 1, nil, 3 })
    assert.same({ pcall(error, "x", 0) }, { false, "x" })
    assert.same({ xpcall(function(a) error(a, 0) end, function(e) return e .. "!" end, "x") }, { false, "x!" })
    assert.same({ xpcall(function(...) return select("#", ...) end, print, nil, nil) }, { true, 2 })
    assert.same({ pcall(pcall, error, "x") }, { true, false, "x" })
  end)
end)

describe("sort", function()
  it("is stable", function()
    local t = {}
    for i = 1, 50 do t[i] = { key = i % 4, place = i } end
    table.sort(t, function(a, b) return a.key < b.key end)
    for i = 2, #t do
      assert(t[i - 1].key < t[i].key or t[i - 1].place < t[i].place)
    end
  end)
end)
