// The state of the page. All of it stands in the address, so that a view can be
// sent to somebody, and so that back and forward work.

const lists = ["focus", "open", "hide", "pin", "types", "relations", "path", "edge", "trail"];
const single = { depth: "1", limit: "60", session: "", from: "", to: "", lexicon: "", pick: "", view: "graph", ask: "", lang: "", theme: "" };
const fromDisk = location.protocol === "file:";
const trailLength = 6;

let current = read();
const listeners = [];

function read() {
  const parameters = new URLSearchParams(fromDisk || location.hash.length > 1 ? location.hash.slice(1) : location.search);
  const state = {};
  for (const name of lists) state[name] = parameters.getAll(name);
  for (const [name, other] of Object.entries(single)) state[name] = parameters.get(name) ?? other;
  if (!["1", "2", "3"].includes(state.depth)) state.depth = "1";
  if (!/^\d{1,4}$/.test(state.limit)) state.limit = single.limit;
  return state;
}

/** How many nodes to ask for: as many as a large screen bears, unless the reader says otherwise. */
export const limitOf = (state) => (state.limit === single.limit ? 90 : Number(state.limit));

/** Whether the page itself chooses how many nodes to show. */
export const limitIsFree = (state) => state.limit === single.limit;

/** The address of a state. */
export function address(state) {
  const parameters = new URLSearchParams();
  for (const name of lists) for (const value of state[name]) parameters.append(name, value);
  for (const [name, other] of Object.entries(single)) if (state[name] !== other) parameters.set(name, state[name]);
  const text = parameters.toString().replaceAll("%2F", "/");
  if (fromDisk) return `#${text}`;
  return text ? `/?${text}` : "/";
}

export const state = () => current;

export const onChange = (listener) => listeners.push(listener);

/** Changes the state and remembers the one before for the back button. */
export function go(changes) {
  const next = { ...current, ...changes };
  if (address(next) === address(current)) return;
  current = next;
  history.pushState(null, "", address(current));
  listeners.forEach((listener) => listener(current));
}

/** Changes the state without a step of history, for what is not worth one. */
export function touch(changes) {
  current = { ...current, ...changes };
  history.replaceState(null, "", address(current));
}

/** The changes that bring an entity to the middle. */
export function focusing(id) {
  const { focus, trail } = current;
  const before = focus.length === 1 && focus[0] !== id ? [...trail.filter((step) => step !== focus[0] && step !== id), focus[0]] : trail.filter((step) => step !== id);
  return { focus: [id], open: [], hide: [], pin: [], path: [], edge: [], ask: "", pick: id, trail: before.slice(-trailLength) };
}

/** The changes that lead back to the overview. */
export const overview = () => ({ focus: [], open: [], hide: [], pin: [], path: [], edge: [], ask: "", pick: "", trail: [] });

function changedOutside() {
  const next = read();
  if (address(next) === address(current)) return;
  current = next;
  listeners.forEach((listener) => listener(current));
}

addEventListener("popstate", changedOutside);
addEventListener("hashchange", changedOutside);

/** Reads a pin, "x,y,id". */
export function parsePin(text) {
  const [, x, y, id] = /^(-?\d+),(-?\d+),(.*)$/s.exec(text) ?? [];
  return id ? { id, x: Number(x), y: Number(y) } : null;
}

export const formatPin = (id, x, y) => `${Math.round(x)},${Math.round(y)},${id}`;
