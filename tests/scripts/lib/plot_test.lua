-- The parts of plots: places, ticks, escaping, and what must hold in every drawing.

local plot = require "propersim.plot"
local lines = require "propersim.plot_lines"
local dumbbell = require "propersim.plot_dumbbell"
local terminal = require "propersim.plot_terminal"

local function same(list, expected, what)
  local words = {}
  for i, x in ipairs(list) do words[i] = string.format("%g", x) end
  local got = table.concat(words, " ")
  assert(got == expected, string.format("%s: expected %s, got %s", what, expected, got))
end

describe("places of labels", function()
  it("stay where they are when they have room", function()
    same(plot.spread({ 10, 40, 80 }, 14, 0, 100), "10 40 80", "apart")
  end)

  it("move apart evenly around where they wanted to be", function()
    same(plot.spread({ 50, 50 }, 10, 0, 100), "45 55", "two at one place")
    same(plot.spread({ 50, 50, 50 }, 10, 0, 100), "40 50 60", "three at one place")
  end)

  it("stay inside, and apart, however many want the same place", function()
    for _, wanted in ipairs { 0, 3, 50, 98, 100 } do
      local list = {}
      for i = 1, 8 do list[i] = wanted end
      local places = plot.spread(list, 12, 0, 100)
      for i, y in ipairs(places) do
        assert(y >= -1e-9 and y <= 100 + 1e-9, "a label left the figure")
        assert(i == 1 or y - places[i - 1] >= 12 - 1e-9, "labels overlap")
      end
    end
  end)
end)

describe("ticks", function()
  it("are round and reach the largest value", function()
    same(plot.ticks(24.3), "0 5 10 15 20 25", "24.3")
    same(plot.ticks(1), "0 0.2 0.4 0.6 0.8 1", "1")
    same(plot.ticks(0), "0 1", "nothing")
    for _, high in ipairs { 0.003, 0.7, 3, 9.99, 10, 26, 101, 12345 } do
      local ticks = plot.ticks(high)
      assert(ticks[#ticks] >= high - 1e-9 and #ticks <= 6 and #ticks >= 3, "ticks of " .. high)
    end
  end)

  it("of days name the first and whole weeks when there are many", function()
    same(plot.day_ticks(5, 10), "1 2 3 4 5", "5 days")
    same(plot.day_ticks(14, 5), "1 7 14", "14 days")
    same(plot.day_ticks(60, 6), "1 14 28 42 56", "60 days")
    same(plot.day_ticks(6, 3), "1 6", "less than a week")
  end)
end)

describe("text", function()
  it("is escaped for HTML and SVG, control characters included", function()
    assert(plot.escape("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;", "escape")
    assert(plot.escape("a\0b\27c") == "a\u{FFFD}b\u{FFFD}c", "control characters")
    assert(plot.cut("Bartholomew", 6) == "Barth…" and plot.cut("Król", 4) == "Król", "cut")
  end)
end)

local function series(values, index)
  local points = {}
  for day, v in pairs(values) do points[day] = { mean = v, low = v - 0.5, high = v + 0.5, title = "day " .. day } end
  return { label = "s" .. index, index = index, points = points }
end

local function spec(list, days)
  return { series = list, days = days, ticks = { 0, 1, 2, 3, 4 }, tick_text = tostring, unit = "score", named = true }
end

local SIZE = { width = 540, height = 330 }

describe("lines by day", function()
  it("break where a day has no value, and bands with them", function()
    local svg = lines.draw(spec({ series({ 1, 2, [4] = 3, [5] = 3 }, 1) }, 5), SIZE)
    local _, parts = svg:gsub("class='line'", "")
    local _, bands = svg:gsub("class='band'", "")
    assert(parts == 2 and bands == 2, "two stretches")
    local _, marks = svg:gsub("<title>day", "")
    assert(marks == 4, "a mark for each day that has a value")
  end)

  it("show a day that stands alone as a mark with a bar", function()
    local svg = lines.draw(spec({ series({ 2 }, 1), series({ 2 }, 2) }, 1), SIZE)
    assert(not svg:find("class='band'") and not svg:find("class='line'"), "no band, no line")
    local places = {}
    for x in svg:gmatch("<line class='bar' x1='([%d.]+)'") do places[#places + 1] = x end
    assert(#places == 2 and places[1] ~= places[2], "two bars side by side")
  end)

  it("stay inside of the figure whatever the values are", function()
    local svg = lines.draw(spec({ series({ -3, 9, 2 }, 1) }, 3), SIZE)
    for y in svg:gmatch("[%d.]+,(%-?[%d.]+)") do
      assert(tonumber(y) >= 0 and tonumber(y) <= SIZE.height, "left the figure at " .. y)
    end
  end)

  it("name every line at its end without overlaps", function()
    local list = {}
    for i = 1, 10 do list[i] = series({ 2, 3 }, i) end
    local last
    local _, count = lines.draw(spec(list, 2), SIZE):gsub("<text class='end' x='[%d.]+' y='([%d.]+)'", function(y)
      assert(not last or math.abs(tonumber(y) - last) >= 13.8, "names overlap")
      last = tonumber(y)
    end)
    assert(count == 10, "ten names")
  end)

  it("say so when there is nothing to draw", function()
    assert(lines.draw(spec({ series({}, 1) }, 4), SIZE):find("no values"), "no values")
  end)

  it("draw published values as grey dashes with their source", function()
    local s = spec({ series({ 2, 3 }, 1) }, 2)
    s.guides = { { label = "paper", source = "Figure 3 & 4", points = { { day = 1, value = 2.2 }, { day = 3, value = 3.2 } } } }
    s.named = true
    local svg = lines.draw(s, SIZE)
    assert(svg:find("class='guide'") and svg:find("paper (Figure 3 &amp; 4)", 1, true), "guide")
    assert(svg:find(">paper</text>", 1, true), "named at its end")
    s.guides[1].points[2] = { day = 2, value = 2.7 } -- the same line, cut where the figure ends
    assert(lines.draw(s, SIZE) == svg, "drawn up to the last day only")
    s.guides[1].points = { { day = 3, value = 1 } }
    assert(not lines.draw(s, SIZE):find("class='guide'"), "nothing of days that are not shown")
  end)

  it("mark the days on which something changes", function()
    local s = spec({ series({ 2, 3, 1 }, 1) }, 3)
    s.marked_days = { { day = 2, label = "a new <job>" }, { day = 9, label = "later" } }
    local svg = lines.draw(s, SIZE)
    assert(svg:find("a new &lt;job&gt;", 1, true) and not svg:find("later", 1, true), "only days that are shown")
  end)
end)

describe("dumbbells", function()
  local function draw(ends, one_day)
    return dumbbell.draw({ index = 1, ticks = { 0, 4 }, one_day = one_day, tracks = { { title = "t" } },
      rows = { { label = "A <b>", ends = { ends } } } }, { width = 300, label_width = 100 })
  end

  it("join first and last", function()
    local svg = draw { first = 1, last = 3 }
    assert(svg:find("class='bar'") and svg:find("class='hollow'") and svg:find("class='mark'"), "all three")
    assert(svg:find("A &lt;b&gt;", 1, true), "escaped name")
  end)

  it("draw what there is", function()
    assert(not draw({ first = 1 }):find("class='bar'"), "no bar to nothing")
    assert(not draw({ first = 1, last = 1 }, true):find("hollow"), "one day has one mark")
    assert(not draw({}):find("class='mark'"), "nothing")
  end)
end)

describe("plots in characters", function()
  it("are sparks from low to high with dots for gaps", function()
    assert(terminal.spark({ 0, 2, [4] = 4 }, 4, 0, 4, 14) == "▁▅·█", "spark")
    assert(utf8.len(terminal.spark({ 1, 2, 3 }, 90, 0, 4, 14)) == 14, "thinned")
  end)

  it("thin evenly with both ends", function()
    same(terminal.thin(3, 5), "1 2 3", "few")
    same(terminal.thin(9, 3), "1 5 9", "many")
    local days = terminal.thin(60, 40)
    assert(#days == 40 and days[1] == 1 and days[40] == 60, "60 days")
    for i = 2, 40 do assert(days[i] > days[i - 1], "each day once") end
  end)

  it("put the top and bottom values on the first and last row", function()
    local out = terminal.lines { series = { { label = "a", values = { 4, 4, 4 } }, { label = "b", values = { 0, 0, 0 } } },
      days = 3, high = 4, width = 40 }
    assert(out[1]:find("^ 4 ┤") and out[1]:find(" a$"), "top row: " .. out[1])
    assert(out[#out - 1]:find("^ 0 ┤") and out[#out - 1]:find(" b$"), "bottom row: " .. out[#out - 1])
    assert(#terminal.lines { series = {}, days = 1, high = 4, width = 80 } == 0, "one day is no plot")
  end)
end)
