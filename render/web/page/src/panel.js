// The panel beside the graph: one entity with all that the notes say of it, the
// answers to a question, or the steps of a path. Every statement has its quotes.
import { h, fill } from "./dom.js";
import { say, typeWord, propWord, heading, phrase, worded, partWord, nameOf } from "./words.js";
import { entityLink, quotes, sign } from "./parts.js";
import { go } from "./state.js";

const order = ["superEvent", "performer", "affiliation", "broader", "related", "about", "parentOrganization", "mentions", "subjectOf"];

/** All about one entity. actions makes the row of buttons. */
export function entityPanel(detail, data, actions) {
  const { node, nodes, edges, shown } = detail;
  const byID = new Map([...nodes, node].map((other) => [other.id, other]));
  const facts = Object.entries(node.props).filter(([, value]) => value).map(([name, value]) => [h("dt", {}, propWord(name)), h("dd", {}, name === "part" ? partWord(value) : value)]);
  const otherNames = [...new Set([node.label, ...node.aliases])].filter((name) => name !== nameOf(node));
  return [
    h("p", { class: `chip type-${node.type}` }, sign(node.type), typeWord(node.type)),
    h("h2", { tabindex: "-1" }, nameOf(node)),
    otherNames.length > 0 && h("p", { class: "aliases" }, h("span", { class: "muted" }, `${say("aliases")} `), otherNames.join(" · ")),
    facts.length > 0 && h("dl", { class: "facts" }, facts.flat()),
    actions(node),
    groups(node, edges).map(({ relation, inward, group }) => h("section", {},
      h("h3", {}, heading(relation, inward), h("span", { class: "count" }, String(group.length))),
      atFirst(h("ul", { class: "edges" }), group, (edge) => statement(edge, byID.get(edge.source === node.id ? edge.target : edge.source), edge.target === node.id, data)))),
    shown.nodes < shown.of && h("p", { class: "muted" }, say("edges", shown.nodes, shown.of)),
  ];
}

const statementsAtFirst = 25;

/** Fills a list with the first of many, and a button for the others. */
function atFirst(list, items, make) {
  list.append(...items.slice(0, statementsAtFirst).map(make));
  const others = items.slice(statementsAtFirst);
  if (others.length) {
    const more = h("button", { type: "button", class: "quiet", onclick: () => { more.parentElement.replaceWith(...others.map(make)); } }, say("moreQuotes", others.length));
    list.append(h("li", {}, more));
  }
  return list;
}

function groups(node, edges) {
  const found = [];
  for (const relation of order) {
    if (relation === "related") {
      const group = edges.filter((edge) => edge.relation === relation && edge.source !== edge.target);
      if (group.length) found.push({ relation, inward: false, group });
      continue;
    }
    for (const inward of relation === "broader" || relation === "about" ? [false, true] : [true, false]) {
      const group = edges.filter((edge) => edge.relation === relation && (inward ? edge.target : edge.source) === node.id && edge.source !== edge.target);
      if (relation === "about") group.sort((a, b) => (b.props.weight ?? 0) - (a.props.weight ?? 0));
      if (group.length) found.push({ relation, inward, group });
    }
  }
  return found;
}

function statement(edge, other, inward, data) {
  const own = worded(edge.props.phrase);
  const words = own && (inward ? `${nameOf(other)} ${own} …` : own);
  const title = edge.props.jobTitle;
  const details = other.props.startDate ? [other.props.startDate, partWord(other.props.part ?? "")].filter(Boolean).join(" · ") : "";
  return h("li", { class: "edge" },
    words && h("span", { class: "phrase" }, words), entityLink(other),
    (title || details) && h("span", { class: "muted small" }, [title, details].filter(Boolean).join(" · ")),
    quotes(edge.evidence, data));
}

/** The answers to a question, as the command ask gives them. */
export function answerPanel(result, data) {
  const { understood, answers, suggestions } = result;
  const examples = ["who talked about RWKV", "谁讲了长上下文", "what is RWKV"];
  return [
    h("p", { class: "chip" }, say("answers")),
    h("h2", { tabindex: "-1" }, result.question),
    understood.corrected && h("p", { class: "note" }, say("corrected", understood.corrected)),
    result.count !== undefined && h("p", { class: "note" }, say("count", result.count)),
    understood.intent === "none" && h("div", { class: "note" }, h("p", {}, say("notUnderstood")),
      h("ul", {}, examples.map((text) => h("li", {}, h("button", { type: "button", class: "quiet", onclick: () => go({ ask: text }) }, text))))),
    understood.intent !== "none" && !answers.length && h("p", { class: "note" },
      understood.ambiguous?.length ? say("ambiguous", understood.ambiguous.join(", ")) : understood.unknown?.length ? say("unknownWords", understood.unknown.join(", ")) : say("nothingFound")),
    suggestions.length > 0 && h("div", { class: "note" }, !understood.ambiguous?.length && h("p", { class: "muted" }, say("near")),
      h("ul", { class: "plain" }, suggestions.map((node) => h("li", {}, entityLink(withProps(node)))))),
    h("ol", { class: "answers" }, answers.map((found) => answer(found, data))),
  ];
}

const withProps = (node) => ({ props: {}, aliases: [], ...node });

function answer(found, data) {
  const { entity, via, affiliation, evidence, broader, narrower, related, only, steps } = found;
  const words = [[propertyRow("broader", false, broader)], [propertyRow("broader", true, narrower)], [propertyRow("related", false, related)]].flat().filter(Boolean);
  return h("li", { class: "answer" },
    h("p", {}, entityLink(withProps(entity), "entity large"), affiliation.length > 0 && h("span", { class: "muted" }, affiliation.join(", ")), only && h("span", { class: "muted" }, say("onlyHere", only))),
    words.length > 0 && h("dl", { class: "facts" }, words.flat()),
    via.filter((talk) => talk.id !== entity.id).map((talk) => h("p", { class: "via" }, entityLink(withProps(talk)), h("span", { class: "muted small" }, when(talk)))),
    via.some((talk) => talk.id === entity.id) && h("p", { class: "muted small" }, when(via.find((talk) => talk.id === entity.id))),
    steps && h("ol", { class: "plain" }, steps.map((step) => h("li", { class: "step" }, entityLink(withProps(step.source)), h("span", { class: "phrase" }, phrase({ relation: step.relation, props: { phrase: step.phrase } })), entityLink(withProps(step.target)), quotes(step.evidence, data)))),
    !steps && quotes(evidence, data));
}

const when = ({ startDate, part, session, location }) => [startDate, partWord(part ?? ""), session, location].filter(Boolean).join(" · ");

const propertyRow = (relation, inward, values) => values?.length > 0 && [h("dt", {}, heading(relation, inward)), h("dd", {}, values.join(" · "))];

/** One line of the graph: all edges between two entities, each with its quotes. */
export function edgePanel([source, target], view, data) {
  const between = view.edges.filter((edge) => (edge.source === source && edge.target === target) || (edge.source === target && edge.target === source));
  const byID = new Map(view.nodes.map((node) => [node.id, node]));
  return [
    h("p", { class: "chip" }, say("relation")),
    !between.length && h("p", { class: "note" }, say("nothingFound")),
    between.map((edge) => h("ol", { class: "path" },
      h("li", {}, entityLink(byID.get(edge.source), "entity large")),
      h("li", {}, h("div", { class: "link" }, h("span", { class: "phrase" }, phrase(edge)), quotes(edge.evidence, data)), entityLink(byID.get(edge.target), "entity large")))),
  ];
}

/** The steps of a path. */
export function pathPanel(found, data) {
  const byID = new Map(found.nodes.map((node) => [node.id, node]));
  const steps = found.path.slice(1).map((id, n) => ({ from: found.path[n], to: id, edges: found.edges.filter((edge) => (edge.source === id && edge.target === found.path[n]) || (edge.target === id && edge.source === found.path[n])) }));
  return [
    h("p", { class: "chip" }, say("pathTitle"), steps.length > 0 && h("span", { class: "muted" }, ` · ${say("steps", steps.length)}`)),
    !found.path.length && h("p", { class: "note" }, say("noPath")),
    found.path.length > 0 && h("ol", { class: "path" }, h("li", {}, entityLink(byID.get(found.path[0]), "entity large")),
      steps.map((step) => h("li", {},
        step.edges.map((edge) => h("div", { class: "link" }, h("span", { class: "phrase" }, phrase(edge, edge.target === step.from)), quotes(edge.evidence, data))),
        entityLink(byID.get(step.to), "entity large")))),
  ];
}

export function showIn(panel, children) {
  fill(panel, children.flat(3));
  panel.scrollTop = 0;
}
