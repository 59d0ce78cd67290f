local appointment = require "offline.appointment"

local PARTY = "Mia Roth is giving a big summer party at the Blue Lantern on Saturday, February 15, from 18:00 to 21:00"

describe("what a sentence announces", function()
  it("is what, where, when and for how long", function()
    local said = appointment.parse(PARTY)
    assert.equal(said.what, "summer party")
    assert.equal(said.place, "Blue Lantern")
    assert.equal(said.weekday, 6)
    assert.equal(said.month, 2)
    assert.equal(said.date, 15)
    assert.equal(said.from, 18 * 60)
    assert.equal(said.minutes, 180)
  end)

  it("may have no end and no date, and a time of twelve hours", function()
    local said = appointment.parse("there is a concert in Elm Park on Sunday at 4 pm")
    assert.equal(said.place, "Elm Park")
    assert.equal(said.from, 16 * 60)
    assert.equal(said.minutes, 120)
    assert.equal(said.date, nil)
  end)

  it("is nothing where place, day, time or event are missing", function()
    for _, text in ipairs { "Mia is eating lunch at 12:00 on Saturday at Home", "there is a party on Saturday at 18:00",
      "there is a party at the Lantern at 18:00", "there is a party at the Lantern on Saturday", "", "the party" } do
      assert.equal(appointment.parse(text), nil)
    end
  end)

  it("may be for today, tonight or tomorrow, where it is known when it was heard", function()
    -- heard, text, weekday, month, date
    for _, case in ipairs {
      { "Thursday February 13, 2025, 10:00", "a party at the Lantern today from 18:00 to 21:00", 4, 2, 13 },
      { "Thursday February 13, 2025, 10:00", "there is a party tonight at 20:00 at the Lantern", 4, 2, 13 },
      { "Friday February 28, 2025, 10:00", "Tomorrow there is a party at the Lantern at 20:00", 6, 3, 1 },
      { "Wednesday February 28, 2024, 10:00", "tomorrow there is a party at the Lantern at 20:00", 4, 2, 29 },
      { "Wednesday December 31, 2025, 10:00", "a party tomorrow, at the Lantern, at 8 pm", 4, 1, 1 },
      { "Thursday February 13, 2025, 10:00", "I heard today of a party at the Lantern on Saturday at 20:00", 6, nil, nil },
    } do
      local said = appointment.parse(case[2], appointment.now(case[1]))
      assert(said, case[2])
      assert.equal(said.weekday, case[3])
      assert.equal(said.month, case[4])
      assert.equal(said.date, case[5])
    end
    assert.equal(appointment.parse("a party at the Lantern today from 18:00 to 21:00"), nil)
  end)

  it("may be in a place that begins with a small letter, where that place is known", function()
    local text, places = "there is a party on Saturday at 20:00 in the garden", { "house", "garden", "The Lantern" }
    assert.equal(appointment.parse(text), nil)
    assert.equal(appointment.parse(text, nil, { "house" }), nil)
    assert.equal(appointment.parse("a party on Saturday at 20:00 in the gardens", nil, places), nil)
    local said = appointment.parse(text, nil, places)
    assert.equal(said.place, "garden")
    assert.equal(appointment.parse("a party on Saturday at 20:00, at the lantern!", nil, places).place, "Lantern")
    -- who has planned to go can be told by everybody, whatever they know
    local plan = appointment.parse("Mia Roth plans to go to " .. appointment.text(said))
    assert.equal(plan.place, "garden")
    assert(appointment.same(plan, said))
  end)

  it("stays itself when it is told on", function()
    local told = "Ana Silva told Max Roth: " .. PARTY .. "."
    assert.equal(appointment.core(told), PARTY)
    assert(appointment.same(appointment.parse(told), appointment.parse(PARTY)))
  end)

  it("is over once its day and time have passed", function()
    local said = appointment.parse(PARTY)
    assert(not appointment.is_over(said, appointment.now("Saturday February 15, 2025, 20:59")))
    assert(appointment.is_over(said, appointment.now("Saturday February 15, 2025, 21:00")))
    assert(appointment.is_over(said, appointment.now("Saturday February 22, 2025, 10:00")))
    assert(not appointment.is_over(said, appointment.now("Tuesday December 31, 2024, 10:00")))
  end)

  it("is listed once, whoever told it", function()
    local now = appointment.now("Thursday February 13, 2025, 10:00")
    local coming = appointment.coming({ PARTY, "Ana told Max: " .. PARTY, "Max is cooking" }, now)
    assert.equal(#coming, 1)
  end)
end)
