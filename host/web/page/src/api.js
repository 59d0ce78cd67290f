// Everything that the pages ask the server for. Tables come as columns and rows, and are turned into objects here.

export class ApiError extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

// The reply as JSON, or an ApiError; status 0: nobody answers.
async function ask(path, options) {
  let reply;
  try {
    reply = await fetch(`/api/v1/${path}`, options);
  } catch {
    throw new ApiError(0, "The server does not answer. Is propersim serve still running?");
  }
  const body = await reply.json().catch(() => null);
  if (!reply.ok || body === null) throw new ApiError(reply.ok ? 0 : reply.status, body?.error ?? `The server answered ${reply.status}, and what it said cannot be read.`);
  return body;
}

export function get(path, params) { return ask(params ? `${path}?${new URLSearchParams(params)}` : path); }

export function part(text) { return encodeURIComponent(text).replaceAll("%3A", ":"); }

function objects(table) {
  return table.rows.map((row) => Object.fromEntries(table.columns.map((name, i) => [name, row[i]])));
}

/** One table of a run, all pages of it. */
export async function rows(run, table, params = {}) {
  const out = [];
  for (let offset = 0; offset !== null;) {
    const page = await get(`runs/${part(run)}/${table}`, { ...params, offset });
    out.push(...objects(page));
    offset = page.next;
  }
  return out;
}

/** The first page of a table, and whether there is more. */
export async function firstRows(run, table, params = {}) {
  const page = await get(`runs/${part(run)}/${table}`, params);
  return { rows: objects(page), next: page.next };
}

export function post(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}
