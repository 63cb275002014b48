// The search box: names as you type, and questions. It is a combobox after the
// ARIA patterns: arrow keys walk through the list, Enter takes one, Escape leaves.
import { h, fill } from "./dom.js";
import { say, nameOf, typeWord } from "./words.js";
import { sign } from "./parts.js";

let boxes = 0;

/**
 * Makes a search box. choose gets the entity that was taken, ask the question, where
 * questions can be asked.
 */
export function searchBox({ data, choose, ask, label, hint }) {
  const id = `results-${++boxes}`;
  let options = []; // {run, element}
  let active = -1;
  let running = null;
  let listed = ""; // the text that the options are for
  const list = h("ul", { id, class: "results", role: "listbox", "aria-label": label });
  const status = h("p", { class: "visually-hidden", role: "status" });
  list.hidden = true;
  const input = h("input", {
    type: "search", role: "combobox", class: "search-input", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", "aria-label": label,
    placeholder: hint, autocomplete: "off", spellcheck: "false", enterkeyhint: "search", maxlength: "500",
    oninput: () => search(input.value), onkeydown: key, onfocus: () => input.value && search(input.value), onblur: () => setTimeout(close, 150),
  });

  async function search(text) {
    running?.abort();
    if (!text.trim()) return close();
    running = new AbortController();
    let found;
    try {
      found = await data.search(text, running.signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      found = { results: [], of: 0 };
    }
    if (input.value !== text) return;
    show(text, found);
  }

  function show(text, { results, of }) {
    listed = text;
    options = results.map((node) => ({ run: () => choose(node), content: [sign(node.type), h("span", { class: "name" }, nameOf(node)), node.matched !== nameOf(node) && h("span", { class: "matched" }, node.matched), h("span", { class: "kind" }, typeWord(node.type))] }));
    if (ask) options.push({ run: () => ask(text.trim()), asks: true, content: [h("span", { class: "ask-mark", "aria-hidden": "true" }, "?"), h("span", { class: "name" }, say("askRow", text.trim()))] });
    fill(list, options.map((option, n) => {
      option.element = h("li", { id: `${id}-${n}`, role: "option", class: option.asks ? "asks" : "", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(n); } }, option.content);
      return option.element;
    }), !options.length && h("li", { class: "muted none", role: "option", "aria-disabled": "true" }, say("noNames")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = say("found", results.length, of);
    activate(options.length ? 0 : -1);
  }

  function activate(n) {
    options[active]?.element.setAttribute("aria-selected", "false");
    active = n;
    const element = options[active]?.element;
    if (element) {
      element.setAttribute("aria-selected", "true");
      element.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", element.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function take(n) {
    const option = options[n];
    if (!option) return;
    close();
    if (!option.asks) input.value = "";
    option.run();
  }

  async function key(event) {
    if (event.isComposing) return; // Enter ends the choice of a Chinese character
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (options.length) activate((active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const text = input.value;
      if (!text.trim()) return;
      if (list.hidden || listed !== text) await search(text); // the keys were faster
      if (!list.hidden && listed === text) take(active);
    } else if (event.key === "Escape") {
      close();
      input.blur();
    }
  }

  function close() {
    running?.abort();
    list.hidden = true;
    options = [];
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  return { element: h("div", { class: "search" }, input, list, status), input, set: (text) => { input.value = text; } };
}
