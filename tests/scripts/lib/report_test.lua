-- What must hold in every report, over the studies that people end up with: complete, partial, tiny, large, failed.

local figure = require "propersim.report_figure"
local json = require "json"
local report = require "propersim.report"

local ODD_NAMES = { "Mara <b>Ellison</b>", "Ann O'Neil & \"Co\"", "Tomasz Król", "Old Bartholomew Featherstonehaugh the Third" }

-- o: { conditions, personas, seeds, days, done = function(condition, persona) of finished days, failed, recommends }
local function fake_day(o, number, level)
  local awake, failed = 384, o.failed or 0
  local said = o.recommends == false and 0 or math.max(1, 300 // number)
  local scored = awake - failed
  local said_scored = math.min(said, scored)
  local points = math.floor(level * 100)
  return {
    day = number, finished = true, steps = 576, awake_steps = awake, ratings = awake, scored = scored, failed = failed,
    score_sum = scored * points // 100, preference_sum = scored * points // 400, timing_sum = scored * points // 400,
    frequency_sum = scored * points // 400, communication_sum = scored * points // 400, recommendations = said,
    recommendations_scored = said_scored, recommendation_score_sum = said_scored * points // 120,
    successes = said_scored // 2, abstentions = awake - said, abstentions_scored = scored - said_scored,
    abstention_score_sum = (scored - said_scored) * points // 100,
  }
end

local function fake(o)
  local runs, conditions = {}, {}
  for c = 1, o.conditions or 2 do
    local name = o.names and o.names[c] or ({ "frozen", "learning" })[c] or "condition-with-a-long-name-" .. c
    conditions[c] = { name = name, models = o.models or { resident = "offline", rater = "offline", assistant = "offline" } }
    for p = 1, o.personas or 4 do
      for seed = 1, o.seeds or 1 do
        local done, days = o.done and o.done(c, p) or o.days, {}
        for d = 1, done do days[d] = fake_day(o, d, 1.2 + 0.1 * c + 0.13 * (p % 4) + c * d / (o.days + 5)) end
        runs[#runs + 1] = {
          condition = name, persona = string.format("p%02d", p), persona_name = done > 0 and ODD_NAMES[p % 4 + 1] or json.null,
          seed = seed, file = "f", program = done > 0 and "0.1.0" or json.null, sec_per_step = done > 0 and 150 or json.null,
          steps_per_day = 576, days = days, days_finished = done,
        }
      end
    end
  end
  return report.compute {
    study = { name = o.name or "demo", folder = "out", days = o.days, program = "0.1.0", conditions = conditions,
      report = o.report },
    runs = runs,
  }
end

local PUBLISHED = {
  { name = "Theirs & co", measure = "score", condition = "learning", source = "A <paper>, figure 3",
    points = { { day = 1, value = 2.2 }, { day = 14, value = 3.3 } } },
  { name = "Their rate", measure = "recommendations_per_hour", source = "A <paper>, figure 4",
    points = { { day = 2, value = 95 } } },
}

local STUDIES = {
  { "two conditions", { days = 14 } },
  { "no day finished", { days = 14, done = function() return 0 end } },
  { "no runs", { days = 14, conditions = 0 } },
  { "one day", { days = 1 } },
  { "one persona", { days = 14, personas = 1, conditions = 1 } },
  { "partial", { days = 14, done = function(c, p) return c == 1 and 14 or ({ 14, 9, 1, 0 })[p] end } },
  { "one condition not begun", { days = 14, done = function(c) return c == 1 and 3 or 0 end } },
  { "all ratings failed", { days = 5, failed = 384 } },
  { "some ratings failed", { days = 5, failed = 40 } },
  { "always silent", { days = 5, recommends = false } },
  { "ten conditions, 12 personas", { days = 3, conditions = 10, personas = 12 } },
  { "32 personas", { days = 4, personas = 32 } },
  { "14 days, 2 seeds", { days = 14, seeds = 2 } },
  { "60 days", { days = 60, personas = 3 } },
  { "odd names", { days = 3, name = "<script>alert('x')</script>", names = { "a<b>&\"c\"", "d'e" } } },
  { "models", { days = 3, models = { rater = "gpt-4o-mini", assistant = { model = "llama <70b>" }, resident = "offline" } } },
  { "published values", { days = 5, report = { published = PUBLISHED } } },
  { "unknown models", { days = 3, models = json.null } },
}

local function each(check)
  for _, study in ipairs(STUDIES) do
    study.data = study.data or fake(study[2]) -- computed once: nobody changes it
    check(study[1], study.data)
  end
end

-- Words that only a mistake can print.
local function no_accidents(name, text)
  for _, word in ipairs { "nan", "inf", "nil", "null", "table", "%-%d+%.%d+e" } do
    local at = text:find("%f[%w-]" .. word .. "%f[%W]")
    if at and not (word == "table" and text:sub(at - 1, at - 1):find("[<{}/\n,;]")) then
      error(string.format("%s: %q in ...%s...", name, word, text:sub(math.max(1, at - 40), at + 40)))
    end
  end
end

describe("the report in a terminal", function()
  it("keeps to its width, whatever the study", function()
    each(function(name, data)
      for _, width in ipairs { 40, 59, 60, 79, 80, 100, 200 } do
        local text = report.text(data, { width = width })
        assert(text:sub(-1) == "\n", "ends with a line end")
        for line in text:gmatch("[^\n]*") do
          local len = utf8.len(line)
          assert(len, name .. ": not UTF-8: " .. line)
          assert(len <= width, string.format("%s: %d characters, not %d: %s", name, len, width, line))
        end
        no_accidents(name, text)
      end
    end)
  end)

  it("is the same in colour, but for the colours", function()
    each(function(name, data)
      local plain, coloured = report.text(data, { width = 80 }), report.text(data, { width = 80, color = true })
      assert(not plain:find("\27"), name .. ": colour without being asked")
      assert(coloured:gsub("\27%[[%d;]*m", "") == plain, name .. ": colour changes the text")
    end)
    assert(report.text(fake { days = 3 }, { color = true }):find("\27%[38;5;"), "no colour at all")
  end)

  it("says that offline is no language model", function()
    each(function(name, data)
      local text = report.text(data, { width = 200 })
      assert(data.offline == false and name ~= "models" or text:find("not a language model", 1, true), name)
    end)
  end)

  it("never shows the score without that of the recommendations alone", function()
    local data = fake { days = 9, failed = 3 }
    for width = 40, 120 do
      for line in report.text(data, { width = width }):gmatch("[^\n]+") do
        if line:find("^day%s") and line:find("score", 1, true) then
          local _, columns = line:gsub("%f[%a]score", "")
          assert(columns >= 2, width .. " columns: " .. line)
        end
      end
    end
  end)

  it("shows published values beside ours, and says whose ours are", function()
    local data = fake { days = 14, report = { published = PUBLISHED } }
    local text = report.text(data, { width = 100 })
    local ours = string.format("%.2f", data.conditions[2].days[14].score_mean)
    assert(text:find("Theirs & co +14 +3%.30 +" .. ours:gsub("%.", "%%.")), text)
    assert(text:find("Their rate +2 +95%.0 +–"), "no condition of ours is named for the rate")
    assert(text:gsub("%s+", " "):find("offline model's, which is no language model", 1, true), "says what ours are")
    assert(text:find("A <paper>, figure 3", 1, true), "names the source")
    local point = data.published[1].points[1]
    assert(point.day == 1 and point.value == 2.2 and point.ours == data.conditions[2].days[1].score_mean, "in the document")
  end)

  it("names the columns that it leaves out, and how to see them", function()
    local narrow = report.text(fake { days = 9 }, { width = 40 }):gsub("%s+", " ")
    assert(narrow:find("Left out at this width: .-the four criteria.-%-%-html FILE or %-%-json"), narrow)
    local wide = report.text(fake { days = 9 }, { width = 100 })
    assert(not wide:find("Left out"), "nothing is left out of 100 columns: " .. (wide:match("Left out.*") or ""))
  end)

  it("writes means as 3.31 [3.12, 3.48], and none where there is one persona", function()
    assert(report.text(fake { days = 3 }):find("%d%.%d%d %[%d%.%d%d, %d%.%d%d%]"), "interval")
    local one = report.text(fake { days = 3, personas = 1, conditions = 1 })
    assert(one:find("One persona: there is no interval", 1, true) and not one:find("%d %[%d"), "one persona")
  end)

  it("says what to do when no day is finished", function()
    assert(report.text(fake { days = 3, done = function() return 0 end }):find("propersim resume out", 1, true), "command")
  end)

  it("says how far a partial study is, and who is behind each day", function()
    local text = report.text(fake { days = 9, done = function(c, p) return c == 1 and 9 or p end }, { width = 100 })
    assert(text:find("Not finished: 4 of 8 runs are done; day 1 of 9 is the last that all have finished", 1, true), text)
    assert(text:find("day pers", 1, true), "personas behind a day")
  end)

  it("never cuts a number, however wide an interval of two personas is", function()
    for _, width in ipairs { 40, 80 } do
      local text = report.text(fake { days = 4, personas = 2, failed = 200 }, { width = width })
      assert(not text:find("%d…") and not text:find("%[[^%]]*…"), text)
    end
  end)

  it("counts failed ratings", function()
    local text = report.text(fake { days = 2, failed = 384, conditions = 1 })
    assert(text:find("3072 of 3072 ratings failed and are in no mean.", 1, true), text)
  end)
end)

local VOID = { meta = true, link = true }

-- Every tag is closed in order; returns how often each was opened.
local function balance(name, html)
  local open, counts = {}, {}
  for slash, tag, rest in html:gmatch("<(/?)(%a[%w]*)([^<>]*)>") do
    if slash == "/" then
      local top = table.remove(open)
      assert(top == tag, string.format("%s: </%s> closes <%s>", name, tag, tostring(top)))
    else
      counts[tag] = (counts[tag] or 0) + 1
      if not VOID[tag] and rest:sub(-1) ~= "/" then open[#open + 1] = tag end
    end
  end
  assert(#open == 0, name .. ": not closed: " .. table.concat(open, " "))
  return counts
end

describe("the report as a page", function()
  it("is well-formed and free of accidents, whatever the study", function()
    each(function(name, data)
      local html = report.html(data)
      local style = html:find("<style>", 1, true)
      assert(utf8.len(html), name .. ": not UTF-8")
      balance(name, html)
      no_accidents(name, html:sub(1, style) .. html:sub((html:find("</style>", style, true))))
    end)
  end)

  it("asks nobody for anything and runs nothing", function()
    each(function(name, data)
      local html = report.html(data)
      assert(not html:find("<script", 1, true) and not html:find("%son%a+="), name .. ": runs something")
      assert(not html:find("src=", 1, true) and not html:find("url(", 1, true) and not html:find("@import"), name)
      for target in html:gmatch("href=[\"']([^\"']*)") do
        assert(target:find("^data:"), name .. ": a link to " .. target:sub(1, 60))
      end
    end)
  end)

  it("escapes every text", function()
    local html = report.html(fake { days = 3, name = "<script>x</script>", names = { "a<b>&\"c\"", "d'e" } })
    assert(html:find("&lt;script&gt;x&lt;/script&gt;", 1, true), "study")
    assert(html:find("a&lt;b&gt;&amp;&quot;c&quot;", 1, true), "condition")
    assert(html:find("Mara &lt;b&gt;Ellison", 1, true), "persona")
    assert(not html:find("<b>", 1, true), "raw tag")
  end)

  it("is the same every time", function()
    assert(report.html(fake { days = 4 }) == report.html(fake { days = 4 }), "two pages differ")
  end)

  it("has each figure as SVG and its data as CSV", function()
    local html = report.html(fake { days = 4 })
    local counts = balance("page", html)
    local _, svg = html:gsub("download='[^']+%.svg'", "")
    local _, csv = html:gsub("download='[^']+%.csv'", "")
    assert(svg == counts.figure and csv == counts.figure + 1, "links: " .. svg .. ", " .. csv) -- one more of all days
  end)

  it("saves figures that are files of their own", function()
    local html = report.html(fake { days = 4, name = "a&b" })
    local saved = html:match("download='[^']+%.svg' href=\"data:image/svg%+xml;charset=utf%-8,([^\"]+)")
    local svg = saved:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
    balance("svg", svg)
    assert(svg:find("^<svg xmlns='http://www.w3.org/2000/svg' width='%d+'"), "root: " .. svg:sub(1, 80))
    assert(svg:find("#0072b2", 1, true) and not svg:find("var(", 1, true), "brings its colours")
    assert(svg:find("Does the score rise?", 1, true) and svg:find("<desc>Mean score of all ratings", 1, true), "says what it is")
  end)

  it("saves figures of any size", function()
    local text = ("a <b>"):rep(300000)
    assert(figure.encode(text) == ("a%20%3Cb%3E"):rep(300000), "1.5 million bytes")
  end)

  it("saves the numbers that it draws", function()
    local data = fake { days = 2, personas = 2, conditions = 1 }
    local saved = report.html(data):match("download='demo%-score%.csv' href=\"data:text/csv;charset=utf%-8,([^\"]+)")
    local csv = saved:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
    local d = data.conditions[1].days[2]
    local expected = string.format("score_mean,frozen,2,2,%.6g,%.6g,%.6g\r\n", d.score_mean, d.score_ci95[1], d.score_ci95[2])
    assert(csv:sub(1, 59) == "measure,condition,day,personas,mean,ci95_low,ci95_high\r\nsco", csv)
    assert(csv:sub(-#expected) == expected, csv)
  end)

  it("says what to do when no day is finished", function()
    local html = report.html(fake { days = 3, done = function() return 0 end })
    assert(html:find("<code>propersim resume out</code>", 1, true) and not html:find("<figure", 1, true), "empty page")
  end)

  it("says in each caption what n and the band are", function()
    local html = report.html(fake { days = 4, seeds = 2 })
    local _, captions = html:gsub("n: 4 personas, 2 seeds each%. Band: 95\u{A0}%% interval of the mean over personas", "")
    assert(captions >= 5, "captions: " .. captions)
  end)
end)
