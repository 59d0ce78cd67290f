-- json: what is written and read back is the same data, and what cannot be stored is named.

local json = require "json"

describe("json.encode", function()
  it("writes records with sorted keys", function()
    assert.equal(json.encode { b = 1, a = "x", C = true, [""] = false }, '{"":false,"C":true,"a":"x","b":1}')
  end)

  it("tells lists and records apart", function()
    assert.equal(json.encode { 1, 2, { 3 } }, "[1,2,[3]]")
    assert.equal(json.encode {}, "{}")
    assert.equal(json.encode(json.array {}), "[]")
    assert.equal(json.encode(json.array()), "[]")
    assert.equal(json.encode(json.array { 1 }), "[1]")
  end)

  it("keeps integers and floats apart", function()
    assert.equal(json.encode { 1, 1.0, -0.0, 0.1, 1e300, 2 ^ 53, math.maxinteger, math.mininteger, 1e15, 123456789012345678 },
      "[1,1.0,-0.0,0.1,1e+300,9007199254740992.0,9223372036854775807,-9223372036854775808,1000000000000000.0,123456789012345678]")
  end)

  it("escapes text", function()
    assert.equal(json.encode 'a"b\\c\n\t\u{1}é', '"a\\"b\\\\c\\n\\t\\u0001é"')
  end)

  it("writes null where it is meant", function()
    assert.equal(json.encode { a = json.null }, '{"a":null}')
    assert.equal(json.encode(json.null), "null")
    assert.equal(tostring(json.null), "null")
    assert.truthy(json.null)
  end)

  it("is pretty if asked to be", function()
    assert.equal(json.encode({ a = { 1, {} }, b = json.array {} }, { pretty = true }),
      '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}')
  end)

  it("names what cannot be stored, and where", function()
    local loop = {}
    loop.loop = loop
    local cases = {
      { { plan = { 1, 2, { start = print } } }, "value.plan[3].start: a value of type function cannot be stored" },
      { { x = 0 / 0 }, "value.x: NaN (0/0) cannot be stored" },
      { { -1 / 0 }, "value[1]: an infinite number cannot be stored" },
      { { 1, nil, 3 }, "value: a list with holes" },
      { { 1, a = 2 }, "value: a table that is both a list and a record" },
      { { [2.5] = 1 }, "value: a list with holes, or a number as a key" },
      { { [-1] = 1 }, "a number as a key" },
      { { [true] = 1 }, "a key that is neither text nor a number" },
      { { a = setmetatable({}, {}) }, "value.a: a table with a metatable cannot be stored" },
      { { t = "\xff" }, "value.t: text that is not UTF-8 cannot be stored" },
      { { t = "a\0b" }, "value.t: text with a zero byte cannot be stored" },
      { { ["\xff"] = 1 }, "text that is not UTF-8" },
      { coroutine.create(print), "a value of type thread cannot be stored" },
      { loop, "nested too deep" },
      { json.array { a = 1 }, "a list with named entries" },
    }
    for i, case in ipairs(cases) do
      assert.error(function() json.encode(case[1]) end, case[2], "case " .. i)
    end
    assert.error(function() json.encode(nil) end, "a value of type nil")
    assert.error(function() json.encode() end, "value expected")
  end)

  it("sees through read-only tables", function()
    assert.contains(json.encode { a = require "propersim.test" == nil }, "false")
    assert.error(function() json.encode(require "propersim.test") end, "function cannot be stored")
  end)
end)

describe("json.decode", function()
  it("reads what encode writes, exactly", function()
    local texts = {
      '{"":false,"C":true,"a":"x","b":1}', "[1,1.0,-0.0,0.1,1e+300,9223372036854775807]", "[]", "{}", "null", '"x"', "12",
      '{"a":[{"b":[[]]}]}', '"é\\u0001"',
    }
    for _, text in ipairs(texts) do assert.equal(json.encode(json.decode(text)), text) end
    assert.equal(math.type(json.decode "1"), "integer")
    assert.equal(math.type(json.decode "1.0"), "float")
    assert.equal(math.type(json.decode "1e2"), "float")
    assert.equal(1 / json.decode "-0", -1 / 0)
    assert.equal(json.decode "9223372036854775808", 2.0 ^ 63)
    assert.equal(json.decode('"' .. ("9"):rep(5) .. '"'), "99999")
    assert.equal(json.decode("1." .. ("0"):rep(61)), 1.0)
  end)

  it("undoes escapes", function()
    assert.equal(json.decode '"\\u00e9\\n\\/\\ud83d\\ude00\\""', 'é\n/\u{1F600}"')
    assert.equal(json.decode '"\\u20ac \\u0041"', "€ A")
  end)

  it("gives lists their mark", function()
    local list = json.decode "[1]"
    list[1] = nil
    assert.equal(json.encode(list), "[]")
    assert.error(function() setmetatable(list, {}) end, "protected")
  end)

  it("says line and column of what is wrong", function()
    local cases = {
      { "", "line 1, column 1" }, { "{", "line 1" }, { "[1,]", "line 1, column 4" }, { "[1 2]", "line 1" },
      { '{"a":1,\n "a":2}', "line 2, column 2: this key is there twice" }, { '{"a":1}\n x', "line 2, column 2" },
      { "01", "line 1" }, { "'x'", "line 1" }, { "[1e999]", "line 1, column 2" }, { '"\\ud800"', "line 1" },
      { '"\\u0000"', "line 1" }, { "\xff", "line 1" }, { ("["):rep(101), "line 1" }, { "nul", "line 1" },
      { '{"\\u0061":1,"a":2}', "this key is there twice" }, { "NaN", "line 1" }, { "// c\n1", "line 1" },
    }
    for i, case in ipairs(cases) do
      local value, problem = json.decode(case[1])
      assert.equal(value, nil, "case " .. i)
      assert.contains(problem, case[2], "case " .. i)
    end
    assert.error(function() json.decode {} end, "string expected")
  end)
end)
