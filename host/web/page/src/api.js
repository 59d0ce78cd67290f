// Everything that the pages ask the server for. Tables come as columns and rows, and are turned into objects here.

export class ApiError extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

export async function get(path, params) {
  const query = params ? `?${new URLSearchParams(params)}` : "";
  let reply;
  try {
    reply = await fetch(`/api/v1/${path}${query}`);
  } catch {
    throw new ApiError(0, "The server does not answer. Is propersim serve still running?");
  }
  const body = await reply.json().catch(() => ({ error: `The server answered ${reply.status}.` }));
  if (!reply.ok) throw new ApiError(reply.status, body.error ?? `The server answered ${reply.status}.`);
  return body;
}

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

export async function post(path, body) {
  const reply = await fetch(`/api/v1/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const answer = await reply.json();
  if (!reply.ok) throw new ApiError(reply.status, answer.error);
  return answer;
}
