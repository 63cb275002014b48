// The page: it reads the state from the address, asks for what the state wants, and
// shows it. Every change goes through the state (state.js), so that the address
// always says what is seen.
import { hasWebGL } from "./shim.js";
import { h, fill, debounce, toast } from "./dom.js";
import { remote } from "./remote.js";
import { local } from "./local.js";
import { state, go, touch, onChange, focusing, overview as toOverview, address, formatPin, parsePin, limitIsFree, limitOf } from "./state.js";
import { say, setLanguage, language, nameOf } from "./words.js";
import { makeView, markPins, placesOf } from "./view.js";
import { Live } from "./live.js";
import { draw } from "./drawing.js";
import { searchBox } from "./search.js";
import { filters } from "./filters.js";
import { list } from "./list.js";
import { showMap, forgetMap } from "./conceptmap.js";
import { entityPanel, answerPanel, pathPanel, edgePanel, showIn } from "./panel.js";
import { startPanel } from "./start.js";
import { copyMenu } from "./copy.js";
import { editMenu, otherDialog, undo } from "./edit.js";
import { paintTypes } from "./parts.js";
import { typeOrder } from "./look.js";

const embedded = document.getElementById("data");
const data = embedded ? local(JSON.parse(embedded.textContent)) : remote;
const webgl = hasWebGL();

let facts = null; // what the graph holds: counts, sessions, days
let got = null; // the graph as it was answered
let view = null; // what is shown of it
let live = null;
let loading = null;
let loaded = ""; // which graph was answered, as a key
let made = ""; // which view is shown, as a key
const names = new Map(); // of all nodes seen, by ID

// Memory of the reader's own choices; a file from disk may have none.
const remembered = { get: (key) => { try { return localStorage.getItem(key); } catch { return null; } }, set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* only for this visit, then */ } } };

const darkMedia = matchMedia("(prefers-color-scheme: dark)");
const theme = () => state().theme || remembered.get("theme") || (darkMedia.matches ? "dark" : "light");
const languageOf = () => state().lang || remembered.get("lang") || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

const root = document.getElementById("app");
const part = {};

/** Builds the frame of the page, again when the language changes. */
function frame() {
  live?.kill();
  live = null;
  part.search = searchBox({
    data, label: say(data.standalone ? "searchLabelAlone" : "searchLabel"), hint: say(data.standalone ? "searchHintAlone" : "searchHint"),
    choose: (node) => { names.set(node.id, node); go(focusing(node.id)); },
    ask: data.standalone ? null : (question) => go({ ask: question, path: [], edge: [], pick: "" }),
  });
  part.undo = h("button", { type: "button", class: "tool text undo", hidden: true, onclick: () => undo(data, corrected) });
  part.views = h("div", { class: "segments views", role: "group", "aria-label": say("views") });
  part.filtersToggle = h("button", { type: "button", class: "tool text filters-toggle", "aria-expanded": "false", "aria-controls": "filters", onclick: toggleFilters }, say("filtersToggle"));
  part.filters = h("aside", { class: "filters", id: "filters", "aria-label": say("filters") });
  part.trail = h("nav", { class: "trail", "aria-label": say("trail") });
  part.count = h("p", { class: "shown", role: "status" });
  part.graph = h("div", { class: "graph", role: "img", "aria-label": say("graphRegion") });
  part.zoom = h("div", { class: "zoom", role: "group", "aria-label": say("zoom") },
    h("button", { type: "button", "aria-label": say("closer"), title: say("closer"), onclick: () => live?.zoom(1 / 1.4) }, "+"),
    h("button", { type: "button", "aria-label": say("farther"), title: say("farther"), onclick: () => live?.zoom(1.4) }, "−"),
    h("button", { type: "button", "aria-label": say("whole"), title: say("whole"), onclick: () => live?.home() }, h("span", { class: "icon icon-fit", "aria-hidden": "true" })));
  part.drawing = h("div", { class: "drawing" });
  part.graphPane = h("section", { class: "pane pane-graph" }, part.graph, part.drawing);
  part.map = h("section", { class: "pane pane-map", "aria-label": say("mapRegion"), tabindex: "0" });
  part.list = h("section", { class: "pane pane-list", "aria-label": say("listView") });
  part.panel = h("aside", { class: "panel", "aria-label": say("detail") });
  fill(root,
    h("header", {},
      h("a", { class: "brand", href: address({ ...state(), ...toOverview() }), onclick: (event) => { event.preventDefault(); go(toOverview()); } }, h("span", { class: "mark", "aria-hidden": "true" }), say("title")),
      part.search.element,
      h("div", { class: "tools" }, part.undo, part.views, copyMenu(() => [view, theme(), document.title]),
        h("button", { type: "button", class: "tool", title: say("theme"), "aria-label": say("theme"), onclick: switchTheme }, h("span", { class: "icon icon-theme", "aria-hidden": "true" })),
        h("button", { type: "button", class: "tool text", onclick: switchLanguage, lang: language() === "zh" ? "en" : "zh-CN" }, say("language")))),
    h("main", {},
      part.filters,
      h("div", { class: "middle" }, h("div", { class: "bar" }, part.filtersToggle, part.trail, part.count, part.zoom), h("div", { class: "panes" }, part.graphPane, part.map, part.list)),
      part.panel),
    h("div", { id: "toast", class: "toast", role: "status", hidden: true }));
}

function toggleFilters() {
  const open = part.filters.classList.toggle("open");
  part.filtersToggle.setAttribute("aria-expanded", String(open));
  (open ? part.filters.querySelector("input:enabled") : part.filtersToggle)?.focus();
}

/** Closes the filters where they lie over the rest; reports whether they did. */
function closeFilters() {
  if (!part.filters.classList.contains("open")) return false;
  toggleFilters();
  return true;
}

function switchTheme() {
  const next = theme() === "dark" ? "light" : "dark";
  remembered.set("theme", next);
  go({ theme: next });
}

function switchLanguage() {
  const next = language() === "zh" ? "en" : "zh";
  remembered.set("lang", next);
  go({ lang: next });
}

/** Shows the state. */
async function show() {
  const now = state();
  if (languageOf() !== language()) {
    setLanguage(languageOf());
    frame();
    loaded = "";
  }
  document.documentElement.dataset.theme = theme();
  paintTypes(theme(), typeOrder);
  live?.setTheme(theme());
  part.search.set(now.ask);
  showViews(now);
  showTrail(now);
  showFilters(now);
  showPanel(now);
  await showGraph(now);
}

const viewNames = () => {
  const all = data.standalone ? [["graph", "graphView"], ["list", "listView"]] : [["graph", "graphView"], ["both", "bothView"], ["map", "mapView"], ["list", "listView"]];
  return webgl || data.standalone ? all : all.slice(2);
};

/** Which view is shown: without WebGL, the map in place of the graph. */
function viewOf(now) {
  const known = viewNames().map(([name]) => name);
  return known.includes(now.view) ? now.view : known[0];
}

function showViews(now) {
  const chosen = viewOf(now);
  fill(part.views, viewNames().map(([name, word]) => h("label", { title: say(word) }, h("input", { type: "radio", name: "view", value: name, checked: name === chosen, onchange: () => go({ view: name }) }), h("span", {}, h("span", { class: `icon icon-${name}`, "aria-hidden": "true" }), h("span", { class: "view-name" }, say(word))))));
  const has = (...wanted) => wanted.includes(chosen);
  part.graphPane.hidden = !has("graph", "both");
  part.map.hidden = !has("map", "both");
  part.list.hidden = !has("list") && webgl;
  part.graph.hidden = !webgl;
  part.zoom.hidden = !webgl || part.graphPane.hidden;
  part.drawing.hidden = webgl;
}

function showTrail(now) {
  const link = (text, changes, current) => h("li", {}, current ? h("span", { "aria-current": "page" }, text) : h("a", { href: address({ ...now, ...changes }), onclick: (event) => { event.preventDefault(); go(changes); } }, text));
  const nameOfID = (id) => (names.has(id) ? nameOf(names.get(id)) : id.replace(/^[^/]*\//, ""));
  const here = now.path.length ? `${nameOfID(now.path[0])} → ${nameOfID(now.path[1] ?? "")}` : now.focus.map(nameOfID).join(", ");
  fill(part.trail, h("ol", {}, link(say("home"), toOverview(), !here),
    now.trail.map((id) => link(nameOfID(id), { ...focusing(id), trail: now.trail.slice(0, now.trail.indexOf(id)) })),
    here && link(here.length > 60 ? `${here.slice(0, 60)}…` : here, {}, true)));
  document.title = here ? `${here} · talkgraph` : "talkgraph";
}

function showFilters(now) {
  if (!facts) return;
  const focused = document.activeElement;
  const key = part.filters.contains(focused) ? [focused.type, focused.name, focused.value] : null;
  fill(part.filters, h("button", { type: "button", class: "close filters-close", "aria-label": say("close"), onclick: closeFilters }, "×"), filters(facts, now, (id) => (names.has(id) ? nameOf(names.get(id)) : id)));
  // What was used last keeps the focus, though it is made anew.
  if (key) [...part.filters.querySelectorAll("input,select")].find((input) => input.type === key[0] && input.name === key[1] && input.value === key[2])?.focus();
}

/** Gets the graph of the state and shows it in all views. */
async function showGraph(now) {
  const key = JSON.stringify([now.focus, now.open, now.depth, now.limit, now.types, now.relations, now.session, now.from, now.to, now.lexicon, now.path]);
  if (key !== loaded) {
    loading?.abort();
    const own = (loading = new AbortController());
    root.setAttribute("aria-busy", "true");
    try {
      const answer = now.path.length === 2 ? { shown: null, ...(await data.path(now.path[0], now.path[1], own.signal)) } : await data.graph(now, own.signal);
      if (own !== loading) return;
      got = answer;
      got.nodes.forEach((node) => names.set(node.id, node));
      loaded = key;
    } catch (error) {
      if (error.name !== "AbortError") failed(error);
      return;
    } finally {
      if (own === loading) root.setAttribute("aria-busy", "false");
    }
    showTrail(now);
  }
  makeShown(state());
  showPanes(state());
}

/** Makes the view of what was answered, if it is not made yet. */
function makeShown(now) {
  const fitting = webgl && limitIsFree(now) && now.path.length !== 2 && !part.graphPane.hidden;
  const key = JSON.stringify([loaded, now.hide, fitting, language()]);
  if (key === made && !outgrown()) return markPins(view, now);
  view = makeView(got, now, placesOf(view), roomOf(), fitting);
  made = key;
}

/** The room for the graph, in pixels; what it usually is while there is no live graph. */
const roomOf = () => (webgl && part.graphPane.clientWidth > 0 ? { width: part.graphPane.clientWidth - 40, height: part.graphPane.clientHeight - 40 } : { width: 1000, height: 720 });

/** Whether the room has become another since the view was made. */
function outgrown() {
  const { width, height } = roomOf();
  return webgl && !part.graphPane.hidden && (Math.abs(width / view.room.width - 1) > 0.12 || Math.abs(height / view.room.height - 1) > 0.12);
}

function showPanes(now) {
  const chosen = viewOf(now);
  if (webgl && !part.graphPane.hidden) {
    if (!live) {
      live = new Live(part.graph, view, theme(), calls);
      part.graph.live = live;
    } else if (live.view !== view) {
      live.show(view);
    }
    live.select(now.pick);
  } else if (live) {
    live.kill();
    live = null;
  }
  if (!webgl && data.standalone && chosen === "graph") {
    const drawn = draw(view, theme(), document.title, (id) => address({ ...now, ...focusing(id) }));
    drawn.addEventListener("click", (event) => {
      const id = event.target.closest?.("[data-id]")?.dataset.id;
      if (id) { event.preventDefault(); calls.pick(id); }
    });
    fill(part.drawing, h("p", { class: "note" }, say("noWebGL")), drawn);
  }
  if (!part.map.hidden) showMap(part.map, data, now, theme());
  if (!part.list.hidden) fill(part.list, !webgl && h("p", { class: "note" }, say("noWebGL")), list(view));
  showCount(now);
  part.graphPane.classList.toggle("empty", view.nodes.length === 0);
}

/** "Showing n of N", and why. */
function showCount(now) {
  const { nodes, shown, hidden } = view;
  if (!shown) return fill(part.count);
  const cut = shown.reason === "limit" || view.left > 0;
  const reasons = [cut && say("whyLimit"), hidden > 0 && say("whyHidden", hidden)].filter(Boolean);
  const all = nodes.length >= shown.of;
  fill(part.count, facts?.nodes === 0 ? say("emptyGraph") : nodes.length === 0 ? say("nothingShown") : all ? say("shownAll", nodes.length) : say("shown", nodes.length, shown.of),
    reasons.length > 0 && h("span", { class: "muted" }, ` · ${reasons.join(" · ")}`),
    cut && h("button", { type: "button", class: "quiet", onclick: () => go({ limit: String(Math.min(5000, view.left > 0 ? limitOf(now) : limitOf(now) * 2)) }) }, say("more")));
}

let paneled = ""; // what the panel shows, as a key
let paneling = null;

/** Shows in the panel what the state wants: an answer, a path, an edge, an entity, or how to begin. */
async function showPanel(now) {
  const wanted = Boolean(now.ask || now.path.length === 2 || now.edge.length === 2 || now.pick);
  const key = JSON.stringify([now.ask, now.path, now.edge, now.pick, language(), wanted || Boolean(facts)]);
  root.classList.toggle("with-panel", wanted);
  resized();
  if (key === paneled) return refreshActions();
  paneling?.abort();
  const own = (paneling = new AbortController());
  const close = h("button", { type: "button", class: "close", "aria-label": say("close"), onclick: () => go({ ask: "", path: [], edge: [], pick: "" }) }, "×");
  try {
    const content = await panelOf(now, own);
    if (own !== paneling) return;
    paneled = key;
    showIn(part.panel, [wanted && close, content]);
    showTrail(state());
  } catch (error) {
    if (error.name === "AbortError") return;
    showIn(part.panel, [close, h("p", { class: "note", role: "alert" }, error.message || say("offline"))]);
  }
}

/** What the panel holds. An entity or edge that was picked stands before what led to it. */
async function panelOf(now, own) {
  if (now.pick || now.edge.length === 2) {
    const content = now.pick ? entityPanel(await detailOf(now.pick, own.signal), data, actions) : edgePanel(now.edge, view ?? { nodes: [], edges: [] }, data);
    if (now.ask || now.path.length) content.unshift(h("button", { type: "button", class: "quiet back", onclick: () => go({ pick: "", edge: [] }) }, `‹ ${now.ask ? say("answers") : say("pathTitle")}`));
    return content;
  }
  if (now.path.length === 2) return pathPanel(await data.path(now.path[0], now.path[1], own.signal), data);
  if (!now.ask) return facts ? startPanel(facts, data) : [];
  const result = await data.ask(now.ask, own.signal);
  if (own === paneling) lookAt(result);
  return answerPanel(result, data);
}

async function detailOf(id, signal) {
  const detail = await data.node(id, signal);
  if (!detail) throw new Error(say("nothingFound"));
  [detail.node, ...detail.nodes].forEach((node) => names.set(node.id, node));
  return detail;
}

/** Brings what a question was about, and its answers, to the middle. */
function lookAt(result) {
  const focus = [...new Set([...result.understood.entities, ...result.answers.slice(0, 5).map((found) => found.entity.id)])].slice(0, 8);
  if (focus.length && state().focus.join() !== focus.join()) {
    touch({ focus, open: [], hide: [], pin: [] });
    showFilters(state());
    showTrail(state());
    showGraph(state());
  }
}

/** The buttons of an entity. */
function actions(node) {
  const row = h("div", { class: "actions", "data-actions": node.id });
  fillActions(row, node);
  return row;
}

function fillActions(row, node) {
  const now = state();
  const pinned = now.pin.some((pin) => parsePin(pin)?.id === node.id);
  const opened = now.open.includes(node.id);
  const button = (name, run) => h("button", { type: "button", "data-action": name, onclick: run }, say(name));
  fill(row,
    button("focusOn", () => go(focusing(node.id))),
    button(opened ? "collapse" : "expand", () => expand(node.id)),
    button(pinned ? "unpin" : "pin", () => calls.togglePin(node.id, view.graph.hasNode(node.id) ? view.graph.getNodeAttributes(node.id) : { x: 0, y: 0 })),
    button("hide", () => go({ hide: [...now.hide, node.id], focus: now.focus.filter((id) => id !== node.id), pick: "" })),
    button("connect", () => otherDialog(say("connectTitle", nameOf(node)), say("connectWhat"), node, data, (other) => { names.set(other.id, other); go({ path: [node.id, other.id], edge: [], ask: "", pick: "" }); })),
    facts?.editable && editMenu(node, data, corrected));
}

function refreshActions() {
  const row = part.panel.querySelector("[data-actions]");
  const node = row && names.get(row.dataset.actions);
  if (node && !row.contains(document.activeElement?.closest("details"))) fillActions(row, node);
}

function expand(id) {
  const { open } = state();
  go({ open: open.includes(id) ? open.filter((other) => other !== id) : [...open, id], pick: id });
}

/** What the live graph calls back on. */
const calls = {
  pick: (id) => go({ pick: id, edge: [] }),
  pickEdge: (source, target) => go({ edge: [source, target], pick: "" }),
  expand,
  pin(id, x, y) {
    go({ pin: [...state().pin.filter((pin) => parsePin(pin)?.id !== id), formatPin(id, x, y)] });
  },
  togglePin(id, { x, y }) {
    const { pin } = state();
    const others = pin.filter((text) => parsePin(text)?.id !== id);
    if (others.length < pin.length) {
      go({ pin: others });
    } else {
      calls.pin(id, x, y);
    }
    refreshActions();
  },
};

/** After a correction the graph is another: everything is asked for again. */
async function corrected(action, ids) {
  facts = await data.overview();
  showUndo();
  showFilters(state());
  loaded = "";
  paneled = "";
  forgetMap();
  const dropped = { hide: ids, merge: ids.slice(1), retype: ids }[action] ?? []; // these have no ID any more
  const gone = async (id) => dropped.includes(id) || !(await data.node(id).catch(() => null));
  const now = state();
  const known = [];
  for (const id of now.focus) if (!(await gone(id))) known.push(id);
  touch({ focus: known, open: [], hide: [], pin: [], pick: now.pick && (await gone(now.pick)) ? known[0] ?? "" : now.pick });
  await show();
}

function showUndo() {
  part.undo.hidden = !facts?.editable || facts.undo === 0;
  if (facts) part.undo.textContent = say("undo", facts.undo);
}

function failed(error) {
  toast([error.message || say("offline"), error.mend].filter(Boolean).join(" — "));
  if (error.status === 404 && state().focus.length) go(toOverview()); // the graph has changed since the address was made
}

const resized = debounce(60, () => {
  live?.resize();
  if (live && view && outgrown()) {
    makeShown(state());
    showPanes(state());
  }
});
addEventListener("resize", resized);
darkMedia.addEventListener("change", show);

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input,textarea,select,dialog");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    part.search.input.focus();
    part.search.input.select();
  } else if (event.key === "Escape" && !event.target.closest?.("dialog,.search")) {
    if (!closeFilters() && !typing) go({ pick: "", edge: [], ask: "" });
  }
});

async function begin() {
  root.classList.toggle("no-webgl", !webgl);
  setLanguage(languageOf());
  frame();
  onChange(show);
  part.search.input.focus();
  try {
    [facts] = await Promise.all([data.overview(), show()]);
  } catch (error) {
    failed(error);
    return;
  }
  showUndo();
  showFilters(state());
  if (view) showCount(state());
  await showPanel(state());
  document.documentElement.dataset.ready = "true";
}

begin();
