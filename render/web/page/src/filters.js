// The filters, which are the legend too.
import { h } from "./dom.js";
import { say, typesWord, relationWord, relationOrder, nameOf } from "./words.js";
import { sign } from "./parts.js";
import { typeOrder } from "./look.js";
import { go } from "./state.js";

/** Makes the filters of a state; hiddenNames names what the user has hidden. */
export function filters(overview, state, hiddenNames) {
  const { facets } = overview;
  const types = [...facets.types].sort((a, b) => typeOrder.indexOf(a.name) - typeOrder.indexOf(b.name));
  const relations = [...facets.relations].sort((a, b) => relationOrder.indexOf(a.name) - relationOrder.indexOf(b.name));
  const touched = state.types.length || state.relations.length || state.session || state.from || state.to || state.lexicon;
  return [
    h("fieldset", { class: "segments" }, h("legend", {}, say("depth")),
      ["1", "2", "3"].map((depth) => h("label", {}, h("input", { type: "radio", name: "depth", value: depth, checked: state.depth === depth, disabled: state.focus.length === 0, onchange: () => go({ depth }) }), h("span", {}, depth)))),
    h("fieldset", {}, h("legend", {}, say("types")), types.map(({ name, count }) => tick("types", name, types, state, [sign(name), typesWord(name)], count))),
    h("fieldset", {}, h("legend", {}, say("relations")), relations.map(({ name, count }) => tick("relations", name, relations, state, [relationWord(name)], count)),
      h("label", { class: "tick" }, h("input", { type: "checkbox", checked: state.lexicon !== "no", onchange: (event) => go({ lexicon: event.target.checked ? "" : "no" }) }), h("span", {}, say("lexicon")))),
    facets.sessions.length > 0 && h("label", { class: "row" }, h("span", { class: "legend" }, say("session")), select(state.session, [["", say("allSessions")], ...facets.sessions.map((node) => [node.id, nameOf({ props: {}, ...node })])], (session) => go({ session }))),
    facets.days.length > 0 && h("fieldset", {}, h("legend", {}, say("days")), h("div", { class: "days" },
      h("label", {}, h("span", { class: "muted" }, say("from")), select(state.from, [["", say("anyDay")], ...facets.days.map((day) => [day, day])], (from) => go({ from }))),
      h("label", {}, h("span", { class: "muted" }, say("to")), select(state.to, [["", say("anyDay")], ...facets.days.map((day) => [day, day])], (to) => go({ to }))))),
    state.hide.length > 0 && h("fieldset", {}, h("legend", {}, say("hidden")), h("ul", { class: "plain" }, state.hide.map((id) => h("li", {}, h("button", { type: "button", class: "quiet", title: say("restore"), onclick: () => go({ hide: state.hide.filter((other) => other !== id) }) }, `＋ ${hiddenNames(id)}`))))),
    touched && h("button", { type: "button", class: "plain-button", onclick: () => go({ types: [], relations: [], session: "", from: "", to: "", lexicon: "" }) }, say("clearFilters")),
  ];
}

/** A tick for one value of a list; an empty list stands for all. */
function tick(name, value, all, state, content, count) {
  const chosen = state[name];
  const on = chosen.length === 0 || chosen.includes(value);
  function change(event) {
    const before = chosen.length ? chosen : all.map((item) => item.name);
    const next = event.target.checked ? [...before, value] : before.filter((other) => other !== value);
    go({ [name]: next.length === all.length || next.length === 0 ? [] : next });
  }
  return h("label", { class: "tick" }, h("input", { type: "checkbox", value, checked: on, onchange: change }), h("span", { class: "what" }, content), h("span", { class: "count" }, String(count)));
}

function select(value, options, change) {
  return h("select", { onchange: (event) => change(event.target.value) }, options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
}
