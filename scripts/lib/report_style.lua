--- The style of the report's page: light and dark from the same names, 360 px to wide, print.

local plot = require "propersim.plot"

local report_style = {}

local LIGHT = "--paper:#fdfcf9;--raised:#f5f2ec;--ink:#1f1d1a;--soft:#5f5a53;--grid:#e5e1d8;--guide:#8a857c;"
  .. "--accent:#8a4b12;--c7:#1f1d1a;--band:.16;color-scheme:light"
local DARK = "--paper:#191816;--raised:#232220;--ink:#ece9e2;--soft:#aca69c;--grid:#36342f;--guide:#8f8a81;"
  .. "--accent:#e2a566;--c1:#2f8fd0;--c7:#ece9e2;--band:.27;color-scheme:dark"

local PAGE = [[
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 FONT}
main{max-width:1160px;margin:0 auto;padding:28px 20px 56px}
h1{font-size:30px;line-height:1.2;margin:0 0 2px;letter-spacing:-.01em}
h2{font-size:20px;line-height:1.3;margin:52px 0 4px}
h3{font-size:16px;line-height:1.3;margin:0 0 6px}
p{max-width:75ch;margin:6px 0}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.facts,.soft,figcaption{color:var(--soft)}
.offline{border-left:3px solid var(--accent);padding:2px 0 2px 12px;margin:14px 0 22px}
.warn{font-weight:600}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--raised);padding:3px 7px;
border-radius:3px;user-select:all}
figure{margin:34px 0 0;min-width:0;break-inside:avoid}
figcaption{font-size:13px;max-width:75ch;margin-top:4px}
.save{white-space:nowrap}
.save a{margin-right:8px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 40px}
.panels{display:grid;gap:14px 20px}
.four{grid-template-columns:repeat(4,1fr)}
.many{grid-template-columns:repeat(auto-fill,minmax(165px,1fr))}
svg{display:block;width:100%;height:auto;overflow:visible}
.narrow{display:none}
.key{display:flex;flex-wrap:wrap;gap:2px 18px;margin:8px 0 10px;padding:0;list-style:none;font-size:13px}
.key svg,.dot svg{display:inline-block;width:16px;height:12px;margin-right:4px;vertical-align:-1px}
.scroll{overflow-x:auto;margin:10px 0 22px}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:4px 10px 4px 0;text-align:right;white-space:nowrap;border-bottom:1px solid var(--grid)}
th{font-weight:600;vertical-align:bottom}
thead tr:first-child:not(:last-child) th{border-bottom:0;padding-bottom:0;color:var(--soft);font-weight:400;text-align:left}
th:first-child,td:first-child,.left{text-align:left}
tbody th{font-weight:400}
.answer{font-size:14px;width:100%}
.answer th{white-space:normal}
.answer td:first-child{font-weight:600}
.answer .soft{font-weight:400}
.verdicts{max-width:75ch;padding-left:18px;margin:14px 0}
.verdicts li{margin:4px 0}
.ranked td:nth-child(2),.ranked td:nth-child(3),.ranked th:nth-child(2),.ranked th:nth-child(3){text-align:left}
.spaced{margin-top:22px}
.expectations{list-style:none;padding:0;margin:0;max-width:75ch}
.compared td:last-child,.compared td:nth-child(10){text-align:left}
.worded td:nth-child(2),.worded td:nth-child(6),.worded td:nth-child(7){text-align:left;white-space:normal}
dl{max-width:75ch;margin:8px 0}
dt{font-weight:600;margin-top:8px}
dd{margin:0}
@media(max-width:900px){.pair{grid-template-columns:1fr}.four{grid-template-columns:1fr 1fr}}
@media(max-width:640px){
main{padding:18px 16px 40px}
h1{font-size:25px}
.wide{display:none}.narrow{display:block}
.four{grid-template-columns:1fr}
.many{grid-template-columns:1fr 1fr;gap:10px 12px}
.answer,.answer tbody,.answer tr,.answer td{display:block;width:auto}
.answer thead{display:none}
.answer tr{border-bottom:1px solid var(--grid);padding:6px 0}
.answer td{border:0;padding:1px 0;display:flex;justify-content:space-between;gap:8px;font-size:13.5px}
.answer td:first-child{display:block;font-size:15px}
.answer td[data-name]:before{content:attr(data-name);color:var(--soft);text-align:left;white-space:normal;min-width:0}
}
@media print{
:root{LIGHT;--paper:#fff}
body{font-size:10.5pt}
main{max-width:none;padding:0}
.save{display:none}
h2,h3{break-after:avoid}
tr{break-inside:avoid}
.scroll{overflow:visible}
.pair{grid-template-columns:1fr 1fr}.four{grid-template-columns:repeat(4,1fr)}
.wide{display:block}.narrow{display:none}
}
]]

--- The page's style sheet.
---@return string
function report_style.css()
  local colours, theme = {}, { paper = "var(--paper)", ink = "var(--ink)", soft = "var(--soft)", grid = "var(--grid)",
    guide = "var(--guide)",
    band = "var(--band)" }
  for i, colour in ipairs(plot.COLOURS) do colours[i] = string.format("--c%d:%s;", i, colour) end
  for i = 1, plot.CYCLE do theme[i] = "var(--c" .. i .. ")" end
  return table.concat {
    ":root{", table.concat(colours), LIGHT, "}\n",
    "@media(prefers-color-scheme:dark){:root{", DARK, "}}\n",
    (PAGE:gsub("FONT", plot.FONT):gsub("LIGHT", LIGHT)),
    plot.rules(".plot ", theme), "\n",
  }
end

--- A whole page of its own.
---@param title string
---@param main string HTML
---@return string
function report_style.page(title, main)
  return table.concat {
    "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>",
    "<meta name='viewport' content='width=device-width,initial-scale=1'><title>", plot.escape(title),
    "</title><link rel='icon' href='data:,'><style>\n", report_style.css(), "</style></head>\n<body><main>\n", main,
    "</main></body></html>\n",
  }
end

return report_style
