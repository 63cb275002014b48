// Pieces that several parts of the page share: signs, chips and links of entities,
// and quotes.
import { h, s, fill } from "./dom.js";
import { outline, shapeName, palette } from "./look.js";
import { nameOf, say, typeWord } from "./words.js";
import { address, focusing, go, state } from "./state.js";

/** The small sign of a type, in its colours; they follow the theme by CSS. */
export function sign(type) {
  const shape = shapeName(type);
  const [width, height] = shape === "circle" ? [18, 12] : shape === "rectangle" ? [17, 12] : [16, 13];
  const root = s("svg", { class: `sign type-${type}`, width: 20, height: 16, viewBox: "0 0 20 16", "aria-hidden": "true" });
  root.append(s("path", { d: outline(["rounded", "sheet", "octagon"].includes(shape) ? `${shape} small` : shape, (20 - width) / 2, (16 - height) / 2, width, height) }));
  return root;
}

/** A link that brings an entity to the middle. */
export function entityLink(node, className = "entity") {
  const changes = () => focusing(node.id);
  return h("a", {
    class: className, href: address({ ...state(), ...changes() }), title: typeWord(node.type),
    onclick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(changes());
    },
  }, sign(node.type), h("span", {}, nameOf(node)));
}

const fileOf = (document) => document.replace(/^doc\//, "");

/** A quote with its place; a press on the place shows the lines around it. */
export function quote(passage, data) {
  const place = `${fileOf(passage.document)}:${passage.line}`;
  const own = passage.extractor === "lexicon" ? say("fromLexicon") : passage.extractor === "corrections" ? say("fromCorrections") : "";
  const around = h("div", { class: "around", hidden: true });
  const button = h("button", { type: "button", class: "place", "aria-expanded": "false", title: say("context", place), onclick: show }, place);
  async function show() {
    if (!around.hidden) {
      around.hidden = true;
      button.setAttribute("aria-expanded", "false");
      return;
    }
    const count = passage.quote.split("\n").length;
    let { lines } = await data.passage(passage.document, passage.line, count).catch(() => ({ lines: [] }));
    fill(around, lines.length
      ? h("ol", { start: lines[0].number }, lines.map((line) => h("li", { value: line.number, class: line.number >= passage.line && line.number < passage.line + count ? "here" : "" }, line.text || "\u00a0")))
      : h("p", { class: "muted" }, say("noContext")));
    around.hidden = false;
    button.setAttribute("aria-expanded", "true");
  }
  const plain = passage.extractor === "lexicon" || passage.extractor === "corrections";
  return h("li", { class: plain ? "quote outside" : "quote" }, h("q", { title: plain ? passage.quote : null }, passage.quote), " ", plain ? h("span", { class: "place muted" }, own) : button, around);
}

const quotesShown = 3;

/** The quotes of an edge; of many the first, and a button for the others. */
export function quotes(passages, data) {
  const seen = new Set();
  const own = passages.filter((passage) => {
    const key = `${passage.document} ${passage.line} ${passage.quote}`;
    return !seen.has(key) && seen.add(key);
  });
  const list = h("ul", { class: "quotes" }, own.slice(0, quotesShown).map((passage) => quote(passage, data)));
  if (own.length > quotesShown) {
    const more = h("button", { type: "button", class: "quiet", onclick: () => { more.parentElement.remove(); list.append(...own.slice(quotesShown).map((passage) => quote(passage, data))); } }, say("moreQuotes", own.length - quotesShown));
    list.append(h("li", {}, more));
  }
  return list;
}

/** Sets the colours of the types as CSS variables, which signs and chips use. */
export function paintTypes(theme, types) {
  const { of } = palette(theme);
  for (const type of types) {
    const { fill: inside, stroke } = of(type);
    document.documentElement.style.setProperty(`--fill-${type}`, inside);
    document.documentElement.style.setProperty(`--stroke-${type}`, stroke);
  }
}
