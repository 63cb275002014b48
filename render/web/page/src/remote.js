// The graph as the server gives it.
import { limitOf } from "./state.js";

/** An error that the server has worded. */
export class Problem extends Error {
  constructor(problem) {
    super(problem.title);
    this.mend = problem.mend ?? "";
    this.status = problem.status;
  }
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ title: "", status: 0 });
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({ title: response.statusText, status: response.status }));
    throw new Problem(problem);
  }
  return response;
}

const getJSON = async (path, signal) => (await request(path, { signal })).json();

const post = async (path, body) =>
  (await request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) })).json();

function query(values) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== "" && item !== undefined) parameters.append(name, item);
  }
  return parameters.toString();
}

const filters = ({ types, relations, session, from, to, lexicon }) => ({ types: types.join(","), relations: relations.join(","), session, from, to, lexicon });

export const remote = {
  standalone: false,
  overview: () => getJSON("/api/overview"),
  graph: (state, signal) => getJSON(`/api/graph?${query({ focus: state.focus, open: state.open, depth: state.depth, limit: limitOf(state), ...filters(state) })}`, signal),
  search: (text, signal) => getJSON(`/api/search?${query({ q: text.slice(0, 200) })}`, signal),
  ask: (question, signal) => getJSON(`/api/ask?${query({ q: question })}`, signal),
  node: (id, signal) => getJSON(`/api/node/${encodeURIComponent(id)}`, signal),
  path: (from, to, signal) => getJSON(`/api/path?${query({ from, to })}`, signal),
  passage: (document, line, count) => getJSON(`/api/passage?${query({ document, line, count })}`),
  map: async (state, lang, theme, signal) =>
    (await request(`/api/map.svg?${query({ focus: state.focus, depth: state.depth, lang, theme, types: state.types.join(",") })}`, { signal })).text(),
  correct: (action, ids, value = "") => post("/api/corrections", { action, ids, value }),
  undo: () => post("/api/corrections/undo"),
};
