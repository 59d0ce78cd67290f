-- The functions that tests are written with: each must fail when it should, and say why.

local test = require "propersim.test"

-- What the function's error says, without the place.
local function message(f)
  local ok, raised = pcall(f)
  assert(not ok, "should have failed")
  return (raised:gsub("^[^:]*:%d+: ", ""))
end

describe("assert", function()
  it("works as Lua's own", function()
    assert.equal(select("#", assert(1, 2, 3)), 3)
    assert.equal(message(function() assert(false) end), "assertion failed!")
    assert.equal(message(function() assert(nil, "why") end), "why")
    local raised = { "a table" }
    assert.equal(select(2, pcall(function() assert(false, raised) end)), raised)
  end)

  it("names the line of the test", function()
    local _, raised = pcall(function() assert.equal(1, 2) end)
    assert.matches(raised, "test_test%.lua:22: ")
  end)

  it("compares values", function()
    assert.equal(1, 1.0)
    assert.different(1, 2)
    assert.equal(message(function() assert.equal(1, "x", "the number") end), 'the number: expected "x", got 1')
    assert.equal(message(function() assert.different(1, 1) end), "expected anything but 1")
  end)

  it("compares tables entry by entry", function()
    assert.same({ 1, { a = "x" } }, { 1, { a = "x" } })
    assert.same({ 0 / 0 }, { 0 / 0 })
    local function says(got, expected, text)
      assert.equal(message(function() assert.same(got, expected) end), text)
    end
    says({ a = { b = { 1, 2 } } }, { a = { b = { 1, 3 } } }, "expected 3, got 2 at .a.b[2]")
    says({ 1 }, { 1.0 }, "expected 1.0, got 1 at [1]")
    says({ a = 1 }, {}, 'expected nil, got 1 at ["a"]')
    says({}, { a = 1 }, "expected 1, got nil at .a")
    says({}, 1, "expected 1, got {}")
  end)

  it("compares numbers within a tolerance", function()
    assert.near(0.1 + 0.2, 0.3, 1e-12)
    assert.equal(message(function() assert.near(1, 2, 0.5) end), "expected 2 (within 0.5), got 1")
    assert.error(function() assert.near(0 / 0, 0, 1) end, "expected 0")
    assert.error(function() assert.near("1", 1, 1) end, "expected 1")
  end)

  it("expects errors", function()
    assert.equal(assert.error(function() error("a b", 0) end, "a b"), "a b")
    assert.error(function() error({ message = "in a table" }) end, "in a table")
    assert.equal(message(function() assert.error(function() end) end), "expected an error")
    assert.equal(message(function() assert.error(function() error("x", 0) end, "y") end),
      'expected an error with "y", got "x"')
  end)

  it("looks into texts and lists", function()
    assert.contains("a.b", ".")
    assert.contains({ 1, { 2 } }, { 2 })
    assert.error(function() assert.contains({ 1 }, 2) end, "expected { 1 } to hold 2")
    assert.matches("abc", "^%a+$")
    assert.error(function() assert.matches("abc", "%d") end, 'matches "%d"')
  end)

  it("looks at truth", function()
    assert.truthy(0)
    assert.falsy(nil)
    assert.error(function() assert.truthy(false) end, "got false")
    assert.error(function() assert.falsy({}) end, "got {}")
    assert.error(function() assert.fail("as told") end, "as told")
  end)
end)

describe("show", function()
  it("is short and in order", function()
    assert.equal(test.show({ b = 1, a = { 1, 2 }, "x" }), '{ "x", a = { 1, 2 }, b = 1 }')
    assert.equal(test.show({ ["a b"] = 1 }), '{ ["a b"] = 1 }')
    assert.equal(test.show({ [true] = 1 }), "(a table whose keys have no order)")
    assert.equal(#test.show(("x"):rep(1000)) < 400, true)
  end)
end)

it("works outside of describe", function() assert(true) end)
