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
