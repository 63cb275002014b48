// The panel before anything is picked: what the graph holds, and where to begin.
import { h } from "./dom.js";
import { say, typeWord, typesWord, language, nameOf } from "./words.js";
import { entityLink } from "./parts.js";
import { typeOrder } from "./look.js";
import { go } from "./state.js";

const sessionsShown = 12;

/** Makes the panel from the counts and leading entities of the graph. */
export function startPanel(facts, data) {
  const { facets, leading } = facts;
  const events = facets.sessions.filter((node) => node.type === "Event");
  const sessions = facets.sessions.filter((node) => node.type === "Session").slice(0, sessionsShown);
  const counts = [...facets.types].filter(({ name }) => name !== "Event" && name !== "Document").sort((a, b) => typeOrder.indexOf(a.name) - typeOrder.indexOf(b.name));
  const questions = data.standalone ? [] : questionsOf(leading);
  return [
    h("p", { class: "chip" }, say("start")),
    h("h2", { tabindex: "-1" }, events.length === 1 ? events[0].label : events.length ? say("events", events.length) : say("home")),
    h("p", { class: "muted" }, counts.map(({ name, count }) => `${count} ${count === 1 ? typeWord(name) : typesWord(name)}`).join(" · ")),
    questions.length > 0 && group(say("askFor"), questions.map((text) => h("li", {}, h("button", { type: "button", class: "question", onclick: () => go({ ask: text, path: [], edge: [], pick: "" }) }, text)))),
    leading.concepts.length > 0 && group(say("mostCovered"), leading.concepts.map((node) => h("li", { class: "tag" }, entityLink(node))), "tags"),
    sessions.length > 0 && group(typesWord("Session"), sessions.map((node) => h("li", {}, entityLink({ props: {}, ...node })))),
    group(say("howTo"), ["howPick", "howExpand", "howPin", "howSearch"].map((key) => h("li", {}, say(key))), "help"),
  ];
}

const group = (title, items, kind = "") => h("section", {}, h("h3", {}, title), h("ul", { class: `plain ${kind}` }, items));

/** Questions that this graph has an answer to. */
function questionsOf({ concepts, people, institutions }) {
  const zh = language() === "zh";
  return [
    concepts[0] && (zh ? `谁讲了${nameOf(concepts[0])}` : `who talked about ${nameOf(concepts[0])}`),
    people[0] && (zh ? `${people[0].label}讲了什么` : `what did ${people[0].label} talk about`),
    institutions[0] && (zh ? `${institutions[0].label}讲了什么` : `what talks did ${institutions[0].label} give`),
  ].filter(Boolean);
}
