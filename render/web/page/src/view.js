// What is shown: the nodes and edges of an answer as a graph with places and sizes.
import { MultiDirectedGraph } from "graphology";
import { place, box } from "./layout.js";
import { nameOf, phrase } from "./words.js";
import { parsePin } from "./state.js";
import { typeOrder } from "./look.js";

const programme = new Set(["Event", "Session"]); // their names are always shown
const spaciousEdges = 14; // up to so many edges all phrases are written

/** Makes a view of graph JSON; before holds the places of the view before it. */
export function makeView(data, state, before, room) {
  const hidden = new Set(state.hide);
  const foci = new Set(state.path.length ? state.path : state.focus);
  const nodes = data.nodes.filter((node) => !hidden.has(node.id));
  const graph = new MultiDirectedGraph();
  const weight = (node) => (foci.has(node.id) ? 1e9 : 0) + (programme.has(node.type) ? 1e6 : 0) + node.degree * (1 + (typeOrder.length - typeOrder.indexOf(node.type)) / 3);
  for (const node of [...nodes].sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))) {
    const size = box(node, foci.has(node.id));
    graph.addNode(node.id, { x: 0, y: 0, ...size, kind: node.type, label: nameOf(node), size: 4 + Math.min(4, Math.sqrt(node.degree) / 2), node });
  }
  // Edges of one pair are drawn as one line that carries all their phrases.
  const pairs = new Map();
  const edges = data.edges.filter((edge) => graph.hasNode(edge.source) && graph.hasNode(edge.target) && edge.source !== edge.target);
  for (const edge of edges) {
    const key = `${edge.source}\n${edge.target}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(edge);
  }
  for (const [key, group] of pairs) {
    const [source, target] = key.split("\n");
    graph.addDirectedEdgeWithKey(key, source, target, {
      phrase: [...new Set(group.map((edge) => phrase(edge)))].join(" · "),
      lexicon: group.every((edge) => edge.evidence.every((passage) => passage.extractor === "lexicon")),
      weight: 1,
    });
  }
  const pins = new Map(state.pin.map(parsePin).filter(Boolean).map((pin) => [pin.id, pin]));
  place(graph, [...foci], before, pins, room);
  graph.forEachNode((id) => graph.setNodeAttribute(id, "pinned", pins.has(id)));
  return { graph, foci, nodes, edges, shown: data.shown, spacious: pairs.size <= spaciousEdges, hidden: data.nodes.length - nodes.length };
}

/** The places of a view, for the next one. */
export function placesOf(view) {
  const places = new Map();
  view?.graph.forEachNode((id, { x, y }) => places.set(id, { x, y }));
  return places;
}
