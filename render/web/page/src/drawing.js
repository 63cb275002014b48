// A view as a file: SVG, PNG, JSON and GEXF. The SVG is also what is shown where
// there is no WebGL.
import { s } from "./dom.js";
import { palette, shapeName, outline, fonts } from "./look.js";

const margin = 24;

/** Draws a view as an SVG element; link gives the address of a node. */
export function draw(view, theme, title, link) {
  const { page, of } = palette(theme);
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  view.graph.forEachNode((_, a) => {
    left = Math.min(left, a.x - a.width / 2); right = Math.max(right, a.x + a.width / 2);
    // Upwards grows in the graph, downwards in a drawing.
    top = Math.min(top, -a.y - a.height / 2); bottom = Math.max(bottom, -a.y + a.height / 2);
  });
  if (left > right) [left, right, top, bottom] = [0, 200, 0, 60];
  const width = Math.ceil(right - left + 2 * margin), height = Math.ceil(bottom - top + 2 * margin);
  const place = (a) => [round(a.x - left + margin), round(-a.y - top + margin)];
  const root = s("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: link ? "group" : "img", "aria-label": title, "font-family": fonts, "font-size": 12.5 });
  root.append(s("title", {}, title), s("rect", { width: "100%", height: "100%", fill: page.background }));
  const arrow = s("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" });
  arrow.append(s("path", { d: "M0,0.8L8,4L0,7.2L2,4Z", fill: page.strongLine }));
  const definitions = s("defs");
  definitions.append(arrow);
  root.append(definitions);
  view.graph.forEachEdge((_, data, __, ___, source, target) => {
    const [x1, y1] = place(source), [x2, y2] = place(target);
    const from = border(source, x2 - x1, y2 - y1), to = border(target, x1 - x2, y1 - y2);
    const drawn = s("path", { d: `M${round(x1 + from[0])},${round(y1 + from[1])}L${round(x2 + to[0])},${round(y2 + to[1])}`, stroke: data.lexicon ? page.line : page.strongLine, "stroke-width": 1, fill: "none", "marker-end": "url(#arrow)" });
    if (data.lexicon) drawn.setAttribute("stroke-dasharray", "4 3");
    drawn.append(s("title", {}, data.phrase));
    root.append(drawn);
  });
  if (view.spacious) {
    view.graph.forEachEdge((_, data, __, ___, source, target) => {
      const [x1, y1] = place(source), [x2, y2] = place(target);
      root.append(s("text", { x: round((x1 + x2) / 2), y: round((y1 + y2) / 2 + 4), "text-anchor": "middle", "font-size": 11, fill: page.phrase, stroke: page.background, "stroke-width": 5, "paint-order": "stroke" }, data.phrase));
    });
  }
  view.graph.forEachNode((id, a) => {
    const [x, y] = place(a);
    const emphasised = view.foci.has(id);
    const { fill, stroke, strong, onTop } = of(a.kind);
    const group = s("g", { class: "node", "data-id": id });
    group.append(s("title", {}, a.label), s("path", { d: outline(shapeName(a.kind), x - a.width / 2, y - a.height / 2, a.width, a.height), fill: emphasised ? strong : fill, stroke: emphasised ? strong : stroke, "stroke-width": 1.2 }));
    a.lines.forEach((line, n) => group.append(s("text", { x, y: round(y + (n - (a.lines.length - 1) / 2) * 17 + 4.5), "text-anchor": "middle", fill: emphasised ? onTop : page.text, "font-weight": emphasised ? 600 : 400 }, line)));
    if (!link) return root.append(group);
    const anchor = s("a", { href: link(id) });
    anchor.append(group);
    root.append(anchor);
  });
  return root;
}

const round = (value) => Math.round(value * 10) / 10;

/** From the middle of a box to where a line leaves it. */
function border(a, dx, dy) {
  const share = Math.min((a.width / 2 + 2) / Math.max(Math.abs(dx), 0.001), (a.height / 2 + 2) / Math.max(Math.abs(dy), 0.001), 0.5);
  return [dx * share, dy * share];
}

export const svgText = (view, theme, title) => new XMLSerializer().serializeToString(draw(view, theme, title));

/** The drawing as a PNG of twice its size, or less when that is too large for a canvas. */
export async function pngBlob(view, theme, title) {
  const root = draw(view, theme, title);
  const width = Number(root.getAttribute("width")), height = Number(root.getAttribute("height"));
  const scale = Math.min(2, 8000 / width, 8000 / height);
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * scale);
    canvas.height = Math.ceil(height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Graph JSON, as export writes it. */
export function jsonText(view) {
  const nodes = view.nodes.map(({ id, type, label, aliases, props }) => ({ id, type, label, aliases, props }));
  const edges = view.edges.map(({ source, target, relation, props, evidence }) => ({ source, target, relation, props, evidence }));
  return `${JSON.stringify({ format: "talkgraph/1", nodes, edges }, null, 1)}\n`;
}

const xml = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** GEXF 1.2 with the places of the view. */
export function gexfText(view, theme) {
  const { of } = palette(theme);
  const channels = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">',
    "  <meta><creator>talkgraph</creator><description>知识图谱</description></meta>",
    '  <graph defaultedgetype="directed" mode="static">',
    '    <attributes class="node"><attribute id="type" title="type" type="string"/></attributes>',
    '    <attributes class="edge"><attribute id="relation" title="relation" type="string"/></attributes>',
    "    <nodes>",
  ];
  view.graph.forEachNode((id, a) => {
    const [r, g, b] = channels(of(a.kind).stroke);
    lines.push(`      <node id="${xml(id)}" label="${xml(a.node.label)}"><attvalues><attvalue for="type" value="${a.kind}"/></attvalues><viz:size value="${round(a.size * 2)}"/><viz:position x="${round(a.x)}" y="${round(a.y)}" z="0.0"/><viz:color r="${r}" g="${g}" b="${b}"/></node>`);
  });
  lines.push("    </nodes>", "    <edges>");
  view.edges.forEach((edge, n) => {
    lines.push(`      <edge id="e${n}" source="${xml(edge.source)}" target="${xml(edge.target)}" label="${xml(edge.props.phrase || edge.relation)}"><attvalues><attvalue for="relation" value="${xml(edge.relation)}"/></attvalues></edge>`);
  });
  lines.push("    </edges>", "  </graph>", "</gexf>", "");
  return lines.join("\n");
}
