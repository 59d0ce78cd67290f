// What a policy's weights are about, in words: the moments are those of scripts/assistant/notice.lua. A name that is not
// known here, since a study may have its own, is shown as it is.
const two = (n) => String(n).padStart(2, "0");
const half = (n) => `${two(Math.floor(n / 2))}:${n % 2 ? "30" : "00"}`;
const bound = (text, unit) => (text.startsWith(">=") ? `${text.slice(2)} ${unit} or more` : `under ${text.slice(1)} ${unit}`);

const MOMENTS = {
  hour: (n) => `from ${two(n)}:00 to ${two(Number(n) + 1)}:00`,
  half: (n) => `from ${half(Number(n))} to ${half(Number(n) + 1)}`,
  activity: (kind) => `during ${kind}`,
  for: (text) => `${bound(text, "minutes")} into what they do`,
  since: (text) => `${bound(text, "minutes")} after it last spoke`,
  today: (text) => `having spoken ${bound(text, "times")} today`,
  this_hour: (text) => `having spoken ${bound(text, "times")} in the last hour`,
  score: (n) => `when its last scores are about ${n}`,
};
const PLAIN = { always: "at any time", weekday: "on weekdays", weekend: "at weekends" };
const ACTS = { topic: (what) => `speaks about ${what}`, tone: (how) => `speaks in a ${how} tone` };
const PLAIN_ACTS = { say: "speaks", silent: "stays silent", "topic=none": "speaks about nothing in particular", "tone=none": "speaks in no particular tone" };

function words(name, plain, kinds) {
  const [kind, value] = name.split(/=(.*)/s);
  return plain[name] ?? (value !== undefined && kinds[kind] ? kinds[kind](value) : name);
}

export const moment = (context) => words(context, PLAIN, MOMENTS);
export const act = (attribute, weight) => `${weight > 0 ? "rather" : "less often"} ${words(attribute, PLAIN_ACTS, ACTS)}`;
