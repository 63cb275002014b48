// Places for the nodes of a view. Lengths are those of the screen at natural size;
// the same view always gets the same places.
import forceAtlas2 from "graphology-layout-forceatlas2";
import { arrange } from "./arrange.js";
import { nameOf } from "./words.js";
import { fonts } from "./look.js";

const fontSize = 12.5;
const widest = 190, narrowest = 104; // limits of a label, in pixels; a narrow screen has narrow ones
const lineHeight = 17;
const paddingX = 10, paddingY = 6;
const wide = 1.35; // boxes are wider than high, and so are screens
const roomy = 330000; // of a screen, in square pixels, that few boxes may spread over
const familiar = 0.3; // share of nodes with a place from before, from which the picture is kept
const careful = 250; // up to so many nodes are arranged one by one
const separated = 700; // above so many nodes boxes may lie over each other

const pen = document.createElement("canvas").getContext("2d");
const measured = new Map();

function widthOf(text, bold) {
  const key = (bold ? "b" : "n") + text;
  let width = measured.get(key);
  if (width === undefined) {
    pen.font = `${bold ? 600 : 400} ${bold ? fontSize + 1.5 : fontSize}px ${fonts}`;
    width = pen.measureText(text).width;
    if (measured.size > 20000) measured.clear();
    measured.set(key, width);
  }
  return width;
}

/** The widest label on a screen of this width, in pixels. */
export const labelWidth = (room) => Math.min(widest, Math.max(narrowest, room.width * 0.3));

/** The lines of a label, two at most and none wider than most, and the size of its box. */
export function box(node, bold, most) {
  let text = nameOf(node);
  if (text.length > 80) text = `${text.slice(0, 80)}…`;
  let lines = [text];
  if (widthOf(text, bold) > most) lines = fold(text, bold, most);
  const width = Math.max(...lines.map((line) => widthOf(line, bold)));
  const shape = node.type === "Talk" ? 6 : 0;
  return { lines, width: Math.ceil(width) + 2 * paddingX + shape, height: lines.length * lineHeight + 2 * paddingY };
}

/** Breaks a text in two lines of about the same length; what does not fit is cut off. */
function fold(text, bold, most) {
  const pieces = text.match(/[((《“「]?\p{Script=Han}[))》”」,。、:?!,:]?|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? [text];
  for (const limit of [0.52, 0.6, 0.7].map((share) => widthOf(text, bold) * share)) {
    const lines = limit < most && wrap(pieces, bold, limit);
    if (lines && lines.length === 2) return lines.map((line) => line.trim());
  }
  const [first, ...others] = wrap(pieces, bold, most);
  return [first, others.join("")].map((line) => shorten(line.trim(), bold, most)).filter(Boolean);
}

/** Breaks a text in lines of at most this width, or one piece where that is wider. */
function wrap(pieces, bold, most) {
  const lines = [""];
  for (const piece of pieces) {
    const last = lines.length - 1;
    if (lines[last] === "" || widthOf((lines[last] + piece).trimEnd(), bold) <= most) lines[last] += piece;
    else lines.push(piece.trimStart());
  }
  return lines;
}

/** Cuts off what is wider than a line may be. */
function shorten(line, bold, most) {
  if (widthOf(line, bold) <= most) return line;
  let kept = line;
  while (kept && widthOf(`${kept}…`, bold) > most) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

/**
 * Places the nodes of a graphology graph, whose attributes width and height say how
 * large they are. Those in before stay near their places; pinned ones do not move.
 * The room is the width and height of the screen.
 */
export function place(graph, foci, before, pins, room) {
  if (graph.order === 0) return;
  const fixed = new Map();
  for (const [id, at] of before) if (graph.hasNode(id)) fixed.set(id, at);
  for (const [id, at] of pins) if (graph.hasNode(id)) fixed.set(id, at);
  start(graph, foci, fixed);
  const known = fixed.size / graph.order > familiar;
  if (graph.order <= careful) arrange(graph, { pins, room, known });
  else scatter(graph, known ? fixed : pins, pins, room);
}

/** Places many nodes, roughly. */
function scatter(graph, firm, pins, room) {
  graph.forEachNode((id) => graph.setNodeAttribute(id, "fixed", firm.has(id)));
  const lone = graph.filterNodes((id) => graph.degree(id) === 0 && !pins.has(id));
  const others = lone.length < graph.order ? takeOut(graph, lone) : [];
  untangle(graph);
  scale(graph, firm);
  putBelow(graph, others, room.width);
  if (graph.order <= separated) separate(graph, pins);
}

/** Takes nodes without an edge out, which the forces would drive away. */
function takeOut(graph, ids) {
  const taken = ids.map((id) => [id, { ...graph.getNodeAttributes(id) }]);
  ids.forEach((id) => graph.dropNode(id));
  return taken;
}

/** Puts nodes without an edge back, in rows below the others. */
function putBelow(graph, nodes, width) {
  let bottom = Infinity;
  graph.forEachNode((_, a) => { bottom = Math.min(bottom, a.y - a.height / 2); });
  let x = -width / 2, y = bottom - 50;
  for (const [id, a] of nodes) {
    if (x + a.width > width / 2 && x > -width / 2) { x = -width / 2; y -= 50; }
    graph.addNode(id, { ...a, x: x + a.width / 2, y });
    x += a.width + 22;
  }
}

/** Lets related nodes attract each other, as points. */
function untangle(graph) {
  forceAtlas2.assign(graph, {
    iterations: graph.order > 2000 ? 20 : 80,
    settings: { barnesHutOptimize: true, gravity: 6, scalingRatio: 900, slowDown: 3, edgeWeightInfluence: 0 },
  });
}

/** Starting places: the foci in the middle, the others in rings around what leads to them. */
function start(graph, foci, fixed) {
  const roots = foci.filter((id) => graph.hasNode(id));
  const seen = new Set(roots.length ? roots : graph.nodes().slice(0, 1));
  let ring = [...seen];
  ring.forEach((id, n) => put(graph, id, fixed, 60 * n, 0));
  for (let radius = 200; seen.size < graph.order; radius += 160) {
    let next = [];
    for (const id of ring) for (const end of graph.neighbors(id)) if (!seen.has(end)) { seen.add(end); next.push([end, id]); }
    if (next.length === 0) {
      const lone = graph.findNode((id) => !seen.has(id));
      seen.add(lone);
      next = [[lone, null]];
    }
    next.forEach(([id, parent], n) => {
      const angle = (2 * Math.PI * n) / next.length + radius / 97;
      const home = parent !== null && fixed.has(parent) ? graph.getNodeAttributes(parent) : { x: 0, y: 0 };
      const reach = home.x || home.y ? 90 : radius;
      put(graph, id, fixed, home.x + reach * Math.cos(angle), home.y + reach * Math.sin(angle));
    });
    ring = next.map(([id]) => id);
  }
}

function put(graph, id, fixed, x, y) {
  const at = fixed.get(id) ?? { x, y };
  graph.mergeNodeAttributes(id, { x: at.x, y: at.y });
}

/** Stretches what the forces gave to where boxes have room. */
function scale(graph, firm) {
  if (firm.size > 0) return;
  let area = 0, left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  graph.forEachNode((_, a) => {
    area += (a.width + 26) * (a.height + 26);
    left = Math.min(left, a.x); right = Math.max(right, a.x);
    top = Math.min(top, a.y); bottom = Math.max(bottom, a.y);
  });
  const spread = Math.max(1, (right - left) * (bottom - top));
  const factor = Math.sqrt(Math.max(area * 1.35, Math.min(area * 6, roomy)) / spread);
  const middle = [(left + right) / 2, (top + bottom) / 2];
  graph.forEachNode((id, a) => graph.mergeNodeAttributes(id, { x: (a.x - middle[0]) * factor * wide, y: ((a.y - middle[1]) * factor) / wide }));
}

/** Pushes boxes apart until none lies over another, the shorter way first. */
function separate(graph, pins) {
  const boxes = graph.mapNodes((id, a) => ({ id, x: a.x, y: a.y, w: a.width + 22, h: a.height + 18, pinned: pins.has(id) }));
  for (let round = 0; round < 120; round++) {
    let moved = false;
    boxes.sort((a, b) => a.x - a.w / 2 - (b.x - b.w / 2) || (a.id < b.id ? -1 : 1));
    for (let i = 0; i < boxes.length; i++) {
      const a = boxes[i];
      for (let k = i + 1; k < boxes.length && boxes[k].x - boxes[k].w / 2 < a.x + a.w / 2; k++) {
        const b = boxes[k];
        const overX = (a.w + b.w) / 2 - Math.abs(a.x - b.x);
        const overY = (a.h + b.h) / 2 - Math.abs(a.y - b.y);
        if (overX <= 0.5 || overY <= 0.5 || (a.pinned && b.pinned)) continue;
        moved = true;
        const share = a.pinned ? [0, 1] : b.pinned ? [1, 0] : [0.5, 0.5];
        if (overY <= overX * 0.8) {
          const sign = a.y < b.y || (a.y === b.y && a.id < b.id) ? -1 : 1;
          a.y += sign * overY * share[0];
          b.y -= sign * overY * share[1];
        } else {
          const sign = a.x < b.x || (a.x === b.x && a.id < b.id) ? -1 : 1;
          a.x += sign * overX * share[0];
          b.x -= sign * overX * share[1];
        }
      }
    }
    if (!moved) break;
  }
  for (const { id, x, y } of boxes) graph.mergeNodeAttributes(id, { x, y });
}
