// A careful arrangement of few nodes: as far apart on the screen as they are in the
// graph (stress, made small by stochastic descent after Zheng, Pawar and Goodman,
// 2018), stretched to the shape of the room, and then moved until no box lies over
// another and all are inside.

const rounds = 40;
const hop = { least: 150, share: 0.3, most: 340 }; // how long one step in the graph may become: share of the room, pixels
const gap = { x: 18, y: 14 }; // between boxes, in pixels
const fan = 12; // neighbours of one node, without others, that fit on one ring
const flat = 0.6; // boxes are wide: their way sideways is taken though it is longer
const outliers = 0.12; // share of nodes that the border of the room may have to hold back
const slim = 0.3; // below this ratio of height to width a picture lies on the diagonal

/** Arranges the nodes of a graph, which have starting places; known says whether to keep to them. */
export function arrange(graph, { pins, room, known }) {
  const nodes = graph.mapNodes((id, a) => ({ id, x: a.x, y: a.y, w: a.width + gap.x, h: a.height + gap.y, pinned: pins.has(id) }));
  const free = !nodes.some((node) => node.pinned);
  if (nodes.length > 1) {
    const unit = known ? typicalLength(graph) : 100;
    spread(nodes, distances(graph, nodes), unit, known ? 0.15 : 1);
    if (free) {
      if (!known) turn(nodes, room);
      stretch(nodes, room, known ? 1.6 : Infinity, unit);
    }
  }
  part(nodes, room, free);
  for (const { id, x, y } of nodes) graph.mergeNodeAttributes(id, { x, y });
}

/** The usual length of an edge whose ends have a place already. */
function typicalLength(graph) {
  const lengths = graph.mapEdges((_, __, ___, ____, a, b) => Math.hypot(a.x - b.x, a.y - b.y)).filter(Boolean).sort((a, b) => a - b);
  return Math.max(60, lengths[lengths.length >> 1] ?? 100);
}

/** The steps between all pairs of nodes: rows of [from, to, steps]. */
function distances(graph, nodes) {
  const index = new Map(nodes.map((node, n) => [node.id, n]));
  const neighbors = nodes.map((node) => graph.neighbors(node.id).map((id) => index.get(id)));
  const ring = rings(neighbors);
  const pairs = [];
  for (let from = 0; from < nodes.length; from++) {
    const steps = new Array(nodes.length).fill(0);
    const queue = [from];
    for (const at of queue) for (const next of neighbors[at]) if (next !== from && !steps[next]) { steps[next] = steps[at] + 1; queue.push(next); }
    for (let to = from + 1; to < nodes.length; to++) {
      const between = steps[to] || 3; // other parts of the graph stay at a moderate distance
      pairs.push([from, to, between === 1 ? ring[from] * ring[to] : between]);
    }
  }
  return pairs;
}

/** How far from its only neighbour a node should be: many share several rings. */
function rings(neighbors) {
  const ring = neighbors.map(() => 1);
  neighbors.forEach((ends) => {
    const leaves = ends.filter((end) => neighbors[end].length === 1);
    if (leaves.length > fan) leaves.forEach((leaf, n) => { ring[leaf] = [0.7, 1.05, 1.4][n % 3]; });
  });
  return ring;
}

/** Moves pairs towards their distance, in an order that looks random but is always the same. */
function spread(nodes, pairs, unit, heat) {
  let seed = 1;
  const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % below; };
  const far = Math.max(...pairs.map(([, , steps]) => steps));
  const cooling = Math.log((heat * far * far) / 0.05) / (rounds - 1);
  for (let round = 0; round < rounds; round++) {
    const step = heat * far * far * Math.exp(-cooling * round);
    for (let n = pairs.length - 1; n > 0; n--) {
      const other = random(n + 1);
      [pairs[n], pairs[other]] = [pairs[other], pairs[n]];
    }
    for (const [from, to, steps] of pairs) {
      const a = nodes[from], b = nodes[to];
      let dx = a.x - b.x, dy = a.y - b.y;
      if (dx === 0 && dy === 0) { dx = 0.1; dy = (from % 7) / 70; }
      const length = Math.hypot(dx, dy);
      const share = (Math.min(1, step / (steps * steps)) * (length - steps * unit)) / 2 / length;
      if (!a.pinned) { a.x -= share * dx; a.y -= share * dy; }
      if (!b.pinned) { b.x += share * dx; b.y += share * dy; }
    }
  }
}

/** Turns the longest direction of the picture to that of the room. */
function turn(nodes, room) {
  const mx = mean(nodes, "x"), my = mean(nodes, "y");
  let xx = 0, yy = 0, xy = 0;
  for (const { x, y } of nodes) { xx += (x - mx) ** 2; yy += (y - my) ** 2; xy += (x - mx) * (y - my); }
  const now = Math.atan2(2 * xy, xx - yy) / 2;
  const root = Math.hypot(xx - yy, 2 * xy);
  const narrow = Math.sqrt(Math.max(0, xx + yy - root) / (xx + yy + root || 1));
  const wanted = narrow < slim ? -Math.atan2(room.height, room.width) : room.width >= room.height ? 0 : Math.PI / 2;
  const cos = Math.cos(wanted - now), sin = Math.sin(wanted - now);
  for (const node of nodes) [node.x, node.y] = [(node.x - mx) * cos - (node.y - my) * sin, (node.x - mx) * sin + (node.y - my) * cos];
}

const mean = (nodes, axis) => nodes.reduce((sum, node) => sum + node[axis], 0) / nodes.length;

/** Stretches the picture to the room, but no edge beyond its longest; by most at a time. */
function stretch(nodes, room, most, unit) {
  for (const [axis, size, wanted] of [["x", "w", room.width], ["y", "h", room.height]]) {
    const middle = (Math.min(...nodes.map((node) => node[axis])) + Math.max(...nodes.map((node) => node[axis]))) / 2;
    const fillings = nodes.map((node) => Math.max(0.01, (wanted - node[size]) / 2 / Math.max(1, Math.abs(node[axis] - middle)))).sort((a, b) => a - b);
    const factor = Math.min(most, fillings[Math.floor(nodes.length * outliers)], Math.min(hop.most, Math.max(hop.least, wanted * hop.share)) / unit);
    for (const node of nodes) node[axis] = (node[axis] - middle) * factor;
  }
}

/**
 * Pushes boxes apart until none lies over another. Where nothing is pinned they stay
 * inside the room, which grows when it proves too small.
 */
function part(nodes, room, bounded) {
  let width = room.width, height = room.height;
  for (let round = 0; round < 300; round++) {
    let moved = false;
    for (let i = 0; i < nodes.length; i++) for (let k = i + 1; k < nodes.length; k++) moved = push(nodes[i], nodes[k]) || moved;
    if (bounded) for (const node of nodes) hold(node, width, height);
    if (!moved) return;
    if (round > 120) { width *= 1.003; height *= 1.003; }
  }
}

/** Parts two boxes along the shorter way; reports whether they lay over each other. */
function push(a, b) {
  const overX = (a.w + b.w) / 2 - Math.abs(a.x - b.x);
  const overY = (a.h + b.h) / 2 - Math.abs(a.y - b.y);
  if (overX <= 0.5 || overY <= 0.5 || (a.pinned && b.pinned)) return false;
  const axis = overY <= overX * flat ? "y" : "x";
  const over = (axis === "y" ? overY : overX) * 0.52;
  const sign = a[axis] < b[axis] || (a[axis] === b[axis] && a.id < b.id) ? -1 : 1;
  if (!a.pinned) a[axis] += sign * over * (b.pinned ? 2 : 1);
  if (!b.pinned) b[axis] -= sign * over * (a.pinned ? 2 : 1);
  return true;
}

/** Keeps a box inside the room, whose middle is the origin. */
function hold(node, width, height) {
  const x = Math.max(0, (width - node.w) / 2), y = Math.max(0, (height - node.h) / 2);
  node.x = Math.min(x, Math.max(-x, node.x));
  node.y = Math.min(y, Math.max(-y, node.y));
}
