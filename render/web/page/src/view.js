// What is shown: the nodes and edges of an answer as a graph with places and sizes.
import { MultiDirectedGraph } from "graphology";
import { place, box, labelWidth } from "./layout.js";
import { nameOf, phrase } from "./words.js";
import { parsePin } from "./state.js";
import { interest, smallest } from "./look.js";

const spaciousEdges = 14; // up to so many edges all phrases are written
const bearable = 0.42; // share of the screen that boxes may cover
const attempts = 4; // to find so few nodes that they fit

/**
 * Makes a view of graph JSON; before holds the places of the view before it, room the
 * width and height of the screen. With fitting, only so many nodes are shown as the
 * screen can bear, the most important ones.
 */
export function makeView(data, state, before, room, fitting) {
  const hidden = new Set(state.hide);
  const foci = new Set(state.path.length ? state.path : state.focus);
  const wanted = new Set([...foci, ...state.open, state.pick]);
  const weight = (node) => (wanted.has(node.id) ? 1e9 : 0) + interest(node);
  const sorted = data.nodes.filter((node) => !hidden.has(node.id)).sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
  const boxes = new Map(sorted.map((node) => [node.id, box(node, foci.has(node.id), labelWidth(room))]));
  let shown;
  for (let share = bearable, attempt = 0; ; share *= 0.75, attempt++) {
    const nodes = fitting ? fewer(sorted, boxes, data.edges, wanted, share * room.width * room.height) : sorted;
    shown = { nodes, ...graphOf(nodes, boxes, data.edges) };
    const taken = nodes.reduce((sum, node) => sum + area(boxes.get(node.id)), 1);
    const scale = Math.min(1, Math.max(smallest, Math.sqrt((share * room.width * room.height) / taken)));
    place(shown.graph, [...foci], before, pinsOf(state), { width: room.width / scale, height: room.height / scale });
    if (!fitting || attempt === attempts || state.pin.length || fits(shown.graph, room)) break;
  }
  const view = { ...shown, foci, shown: data.shown, room, spacious: shown.graph.size <= spaciousEdges, hidden: data.nodes.length - sorted.length, left: sorted.length - shown.nodes.length };
  markPins(view, state);
  return view;
}

/** The graph of these nodes, and the edges among them. */
function graphOf(nodes, boxes, all) {
  const graph = new MultiDirectedGraph();
  for (const node of nodes) {
    graph.addNode(node.id, { x: 0, y: 0, ...boxes.get(node.id), kind: node.type, label: nameOf(node), size: 4 + Math.min(4, Math.sqrt(node.degree) / 2), node });
  }
  // Edges of one pair are drawn as one line that carries all their phrases.
  const pairs = new Map();
  const edges = all.filter((edge) => graph.hasNode(edge.source) && graph.hasNode(edge.target) && edge.source !== edge.target);
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
  return { graph, edges };
}

/** Whether a room can show all boxes, at their smallest scale if need be. */
function fits(graph, room) {
  const boxes = graph.mapNodes((_, a) => a);
  const span = (axis, size) => Math.max(...boxes.map((a) => a[axis] + a[size] / 2)) - Math.min(...boxes.map((a) => a[axis] - a[size] / 2));
  return boxes.length < 2 || (span("x", "width") * smallest <= room.width && span("y", "height") * smallest <= room.height);
}

const area = ({ width, height }) => (width + 18) * (height + 14);

/** The nodes for so many square pixels; what hangs on none of them is left out too. */
function fewer(sorted, boxes, edges, wanted, space) {
  const near = new Map(sorted.map((node) => [node.id, []]));
  for (const { source, target } of edges) {
    near.get(source)?.push(target);
    near.get(target)?.push(source);
  }
  let free = space / smallest ** 2;
  if (sorted.reduce((sum, node) => sum + area(boxes.get(node.id)), 0) <= free) return sorted;
  const kept = new Set();
  for (const node of sorted) {
    const size = area(boxes.get(node.id));
    if (!wanted.has(node.id) && (size > free || (kept.size > 0 && !near.get(node.id).some((id) => kept.has(id))))) continue;
    kept.add(node.id);
    free -= size;
  }
  return sorted.filter((node) => kept.has(node.id));
}

const pinsOf = (state) => new Map(state.pin.map(parsePin).filter(Boolean).map((pin) => [pin.id, pin]));

/** Brings the pinned nodes to their places, and marks them. */
export function markPins({ graph }, state) {
  const pins = pinsOf(state);
  graph.forEachNode((id, { pinned }) => {
    const pin = pins.get(id);
    if (pin) graph.mergeNodeAttributes(id, { x: pin.x, y: pin.y, pinned: true });
    else if (pinned) graph.setNodeAttribute(id, "pinned", false);
  });
}

/** The places of a view, for the next one. */
export function placesOf(view) {
  const places = new Map();
  view?.graph.forEachNode((id, { x, y }) => places.set(id, { x, y }));
  return places;
}
