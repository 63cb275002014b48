// The concept map that Graphviz lays out, as the server draws it.
import { h, fill } from "./dom.js";
import { say, language } from "./words.js";
import { go, focusing } from "./state.js";

let running = null;
let shown = "";

/** Shows the map of the foci in an element. */
export async function showMap(container, data, state, theme) {
  const key = JSON.stringify([state.focus, state.depth, state.types, language(), theme]);
  if (key === shown && container.querySelector("svg")) return;
  running?.abort();
  const own = (running = new AbortController());
  if (!container.querySelector("svg")) fill(container, h("p", { class: "muted wait", role: "status" }, say("mapWait")));
  try {
    const text = await data.map({ ...state, depth: state.focus.length ? String(Math.max(2, Number(state.depth))) : state.depth }, language(), theme, own.signal);
    fill(container, clean(text));
    shown = key;
  } catch (error) {
    if (error.name === "AbortError") return;
    shown = "";
    fill(container, h("p", { class: "note", role: "alert" }, error.message || say("offline")));
  }
}

/** Forgets what is shown, after the graph has changed. */
export const forgetMap = () => { shown = ""; };

const allowed = new Set(["svg", "g", "path", "text", "rect", "a", "title", "desc", "tspan"]);
const plain = new Set(["d", "fill", "stroke", "stroke-width", "stroke-dasharray", "x", "y", "width", "height", "viewBox", "font-size", "text-anchor", "textLength", "lengthAdjust", "class", "role", "aria-label", "font-kerning"]);

/** Takes the drawing over, element by element: only what drawings are made of. */
function clean(text) {
  // The drawing's own style is not for a page with a strict policy; ours has it.
  const parsed = new DOMParser().parseFromString(text.replace(/<style>[^<]*<\/style>/g, ""), "image/svg+xml").documentElement;
  const root = copy(parsed);
  root.setAttribute("role", "group"); // it has links in it
  root.removeAttribute("width");
  root.removeAttribute("height");
  root.style.maxWidth = `${Math.round(parseFloat(parsed.getAttribute("width")) * 1.33)}px`;
  root.setAttribute("aria-label", parsed.querySelector("title")?.textContent ?? "");
  return root;
}

function copy(element) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", element.localName);
  for (const { name, value } of element.attributes) if (plain.has(name)) made.setAttribute(name, value);
  if (element.localName === "a") {
    const id = new URLSearchParams((element.getAttribute("href") ?? "").replace(/^\/\?/, "")).get("focus");
    if (id) {
      made.setAttribute("href", `/?focus=${encodeURIComponent(id)}`);
      made.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(focusing(id));
      });
    }
  }
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) made.append(child.data);
    else if (child.nodeType === Node.ELEMENT_NODE && allowed.has(child.localName)) made.append(copy(child));
  }
  return made;
}
