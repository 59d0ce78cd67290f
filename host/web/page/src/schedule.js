// Places and plans, as people read them.

/** "home:house:kitchen:refrigerator" -> "kitchen, refrigerator" */
export const place = (address) => address?.split(":").slice(2).join(", ") || address?.split(":").at(-1) || "";

/** What somebody does, as their assistant sees it: {what, block: the plan's block that it is part of, or null}. row: of RunData.at. */
export function activity(row) {
  if (row.asleep) return { what: "sleeping", block: null };
  if (row.walking) return { what: "walking", block: null };
  const what = row.action ?? row.doing?.task ?? "", block = row.doing?.description ?? null;
  return { what, block: block === what ? null : block };
}

/** Lines of a schedule, later ones over earlier ones: [{start, minutes, activity}] */
export function settleSchedule(lines) {
  const minutes = new Map();
  for (const line of [...lines].sort((a, b) => a.seq - b.seq))
    for (let m = 0; m < line.minutes; m++) minutes.set(line.start + m * 60, line);
  const out = [];
  for (const [time, line] of [...minutes].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && last.line === line && last.start + last.minutes * 60 === time) last.minutes++;
    else out.push({ line, start: time, minutes: 1, activity: line.activity });
  }
  return out;
}
