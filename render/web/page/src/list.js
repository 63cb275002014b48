// The list: what the graph shows, for the keyboard and for screen readers.
import { h } from "./dom.js";
import { say, typesWord, phrase, worded, nameOf } from "./words.js";
import { entityLink } from "./parts.js";
import { typeOrder } from "./look.js";

/** Makes the list of a view. */
export function list(view) {
  const byID = new Map(view.nodes.map((node) => [node.id, node]));
  const around = new Map(view.nodes.map((node) => [node.id, []]));
  for (const edge of view.edges) {
    around.get(edge.source).push({ edge, other: byID.get(edge.target), inward: false });
    around.get(edge.target).push({ edge, other: byID.get(edge.source), inward: true });
  }
  return typeOrder.filter((type) => view.nodes.some((node) => node.type === type)).map((type) => {
    const nodes = view.nodes.filter((node) => node.type === type).sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));
    return h("section", {}, h("h2", {}, typesWord(type), h("span", { class: "count" }, String(nodes.length))),
      h("ul", { class: "list" }, nodes.map((node) => h("li", {}, entityLink(node, "entity large"), relations(node, around.get(node.id))))));
  });
}

function relations(node, edges) {
  if (!edges.length) return null;
  return h("details", {}, h("summary", {}, say("relationsOf"), h("span", { class: "count" }, String(edges.length)), h("span", { class: "visually-hidden" }, nameOf(node))),
    h("ul", { class: "plain" }, edges.map(({ edge, other, inward }) => h("li", {},
      h("span", { class: "phrase" }, inward && worded(edge.props.phrase) ? `${nameOf(other)} ${edge.props.phrase} …` : phrase(edge, inward)), " ", entityLink(other)))));
}
