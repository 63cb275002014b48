// The live graph: sigma draws lines and signs; over them this module draws the boxes
// with names, as in the printed maps, where there is room for them.
import Sigma from "sigma";
import { EdgeRectangleProgram } from "sigma/rendering";
import { ShapeProgram } from "./shapes.js";
import { palette, shapes, shapeName, outline, fonts, smallest } from "./look.js";

const line = 17; // height of a line of text, in pixels
const padding = 20; // of the screen, in pixels
const clickReach = 4; // pixels that a click may wander
const edgeReach = 6; // pixels beside a line that still mean the line
const wordyEdges = 14; // up to so many edges of one node their phrases are written
const moving = 320; // milliseconds from one view to the next
const manyEdges = 4000; // above so many edges lines do not follow the pointer
const manyNodes = 400; // above so many nodes nothing is animated

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Live {
  /** Draws a view (view.js) into an element; calls back on what the user does. */
  constructor(container, view, theme, calls) {
    this.view = view;
    this.calls = calls;
    this.colors = palette(theme);
    this.boxes = []; // drawn in the last frame, the topmost last
    this.selected = "";
    this.hovered = "";
    this.hoveredEdge = "";
    this.paths = new Map();
    this.renderer = new Sigma(view.graph, container, {
      allowInvalidContainer: true,
      defaultDrawNodeHover: () => {},
      defaultDrawNodeLabel: (context, data) => this.drawBox(context, data),
      defaultDrawEdgeLabel: (context, edge, source, target) => this.drawPhrase(context, edge, source, target),
      doubleClickZoomingRatio: 1,
      edgeProgramClasses: { line: EdgeRectangleProgram },
      defaultEdgeType: "line",
      edgeReducer: (id, data) => this.lookOfEdge(id, data),
      labelDensity: 0,
      minCameraRatio: 0.05,
      maxCameraRatio: 4,
      minEdgeThickness: 1.5,
      nodeProgramClasses: { shape: ShapeProgram },
      nodeReducer: (id, data) => this.lookOfNode(id, data),
      renderEdgeLabels: true,
      stagePadding: padding,
      zIndex: true,
      zoomToSizeRatioFunction: (ratio) => Math.sqrt(ratio),
    });
    this.scale = 1; // pixels for one unit of the plane, before zooming
    this.renderer.on("beforeRender", () => {
      this.boxes = [];
      this.boxScale = Math.min(1, Math.max(smallest, this.scale / this.renderer.getCamera().ratio));
    });
    this.fit();
    this.listen();
  }

  /**
   * Chooses what part of the plane the screen shows: all boxes, with their full size,
   * and for small graphs so much that they are not blown up.
   */
  fit() {
    const { width, height } = this.renderer.getDimensions();
    const boxes = this.view.graph.mapNodes((_, a) => a);
    if (!boxes.length || !width || !height) return;
    let scale = 1; // pixels for one unit of the plane
    let x, y;
    for (let round = 0; round < 4; round++) {
      const half = Math.max(smallest, scale) / scale / 2; // boxes do not shrink without end
      x = [Math.min(...boxes.map((a) => a.x - a.width * half)), Math.max(...boxes.map((a) => a.x + a.width * half))];
      y = [Math.min(...boxes.map((a) => a.y - a.height * half)), Math.max(...boxes.map((a) => a.y + a.height * half))];
      scale = Math.min(1, (width - 2 * padding) / (x[1] - x[0]), (height - 2 * padding) / (y[1] - y[0]));
    }
    this.scale = scale;
    const growX = Math.max(0, (width - 2 * padding) / scale - (x[1] - x[0])) / 2, growY = Math.max(0, (height - 2 * padding) / scale - (y[1] - y[0])) / 2;
    this.renderer.setCustomBBox({ x: [x[0] - growX, x[1] + growX], y: [y[0] - growY, y[1] + growY] });
    this.renderer.refresh({ schedule: true });
  }

  /** Shows another view; a new renderer would take much longer. */
  show(view) {
    cancelAnimationFrame(this.motion);
    const before = this.view;
    this.view = view;
    this.boxes = [];
    this.hovered = this.hoveredEdge = "";
    this.renderer.setGraph(view.graph);
    this.fit();
    this.home();
    const starts = startsOf(before.graph, view.graph);
    if (calm.matches || document.hidden || view.graph.order > manyNodes || starts.size === 0) return;
    this.move(starts, view.graph.mapNodes((id, { x, y }) => [id, { x, y }]));
  }

  /** Moves the nodes from where they were to their new places. */
  move(starts, ends) {
    const begin = performance.now();
    const step = () => {
      const part = Math.min(1, (performance.now() - begin) / moving);
      const share = part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) ** 2;
      for (const [id, end] of ends) {
        const start = starts.get(id) ?? end;
        this.view.graph.mergeNodeAttributes(id, { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share });
      }
      if (part < 1) this.motion = requestAnimationFrame(step);
    };
    step();
  }

  select(id) {
    this.selected = id;
    this.renderer.refresh({ skipIndexation: true, schedule: true });
  }

  setTheme(theme) {
    this.colors = palette(theme);
    this.renderer.refresh({ skipIndexation: true, schedule: true });
  }

  resize() {
    this.renderer.resize();
    this.fit();
  }

  zoom(factor) {
    const camera = this.renderer.getCamera();
    camera.animate({ ratio: camera.ratio * factor }, { duration: calm.matches ? 0 : 150 });
  }

  home() {
    this.renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  kill() {
    cancelAnimationFrame(this.motion);
    this.renderer.kill();
  }

  /** The node that attention is on: what the pointer is over, or else the selected one. */
  attention() {
    return this.hovered || (this.view.graph.hasNode(this.selected) ? this.selected : "");
  }

  lookOfNode(id, data) {
    const { fill, stroke, strong } = this.colors.of(data.kind);
    const emphasised = this.view.foci.has(id) || id === this.selected;
    return { ...data, type: "shape", shape: shapes[shapeName(data.kind)], color: stroke, fill: emphasised ? strong : fill, label: data.label, forceLabel: true, size: emphasised ? 9 : data.size, zIndex: emphasised ? 1 : 0 };
  }

  lookOfEdge(id, data) {
    const { page } = this.colors;
    const on = this.attention();
    const touched = on !== "" ? this.view.graph.hasExtremity(id, on) : id === this.hoveredEdge;
    const worded = this.view.spacious || (touched && (on === "" || this.view.graph.degree(on) <= wordyEdges));
    const color = touched ? page.strongLine : data.lexicon ? page.faintLine : page.line;
    return { ...data, type: "line", color, size: touched ? 2.2 : 1.6, zIndex: touched ? 1 : 0, label: worded ? data.phrase : "", forceLabel: worded };
  }

  /** Draws the name of a node in a box, unless one of more importance is there. */
  drawBox(context, data) {
    const attributes = this.view.graph.getNodeAttributes(data.key);
    const emphasised = this.view.foci.has(data.key) || data.key === this.selected;
    const { lines } = attributes;
    const scale = this.boxScale;
    const width = attributes.width * scale, height = attributes.height * scale;
    const x = data.x - width / 2, y = data.y - height / 2;
    const forced = emphasised || data.key === this.hovered;
    if (!forced && this.boxes.some((other) => x < other.x + other.width + 4 && other.x < x + width + 4 && y < other.y + other.height + 3 && other.y < y + height + 3)) return;
    this.boxes.push({ id: data.key, x, y, width, height });
    const { fill, stroke, strong, onTop } = this.colors.of(attributes.kind);
    const shape = shapeName(attributes.kind);
    const key = `${shape} ${attributes.width} ${attributes.height}`;
    let path = this.paths.get(key);
    if (!path) this.paths.set(key, (path = new Path2D(outline(shape, 0, 0, attributes.width, attributes.height))));
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    context.fillStyle = emphasised ? strong : fill;
    context.strokeStyle = emphasised ? strong : stroke;
    context.lineWidth = data.key === this.hovered ? 2.2 : 1.2;
    context.fill(path);
    context.stroke(path);
    context.fillStyle = emphasised ? onTop : this.colors.page.text;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.font = `${emphasised ? 600 : 400} 12.5px ${fonts}`;
    lines.forEach((text, n) => context.fillText(text, attributes.width / 2, attributes.height / 2 + (n - (lines.length - 1) / 2) * line + 0.5));
    if (attributes.pinned) {
      context.beginPath();
      context.arc(attributes.width - 4, 4, 3.5, 0, 2 * Math.PI);
      context.fillStyle = this.colors.page.text;
      context.fill();
    }
    context.restore();
  }

  /** Writes the linking phrase in the middle of an edge, with the way it is read. */
  drawPhrase(context, edge, source, target) {
    if (!edge.label) return;
    const dx = target.x - source.x, dy = target.y - source.y;
    const from = leave(this.boxOf(source), dx, dy), to = leave(this.boxOf(target), -dx, -dy);
    const x = (source.x + from.x + target.x + to.x) / 2, y = (source.y + from.y + target.y + to.y) / 2;
    context.font = `11px ${fonts}`;
    const text = dx >= 0 ? `${edge.label} ›` : `‹ ${edge.label}`;
    const width = context.measureText(text).width;
    const room = Math.hypot(target.x + to.x - source.x - from.x, target.y + to.y - source.y - from.y);
    const onTop = this.boxes.some((other) => x - width / 2 < other.x + other.width && other.x < x + width / 2 && y - 8 < other.y + other.height && other.y < y + 8);
    if (onTop || room < (Math.abs(dy) > Math.abs(dx) ? 20 : width)) return;
    context.fillStyle = this.colors.page.background;
    context.fillRect(x - width / 2 - 3, y - 8, width + 6, 16);
    context.fillStyle = this.colors.page.phrase;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x, y);
    this.boxes.push({ x: x - width / 2 - 3, y: y - 8, width: width + 6, height: 16 });
  }

  boxOf(data) {
    return this.boxes.find((box) => box.id === data.key) ?? { width: 2 * data.size, height: 2 * data.size };
  }

  /** The node under a point of the screen. */
  at(x, y) {
    for (let n = this.boxes.length - 1; n >= 0; n--) {
      const box = this.boxes[n];
      if (box.id && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) return box.id;
    }
    return this.view.graph.findNode((id, a) => {
      const at = this.renderer.graphToViewport(a);
      return Math.abs(at.x - x) < 9 && Math.abs(at.y - y) < 9;
    }) ?? "";
  }

  /** The edge under a point of the screen, the nearest of several. */
  edgeAt(x, y) {
    let nearest = "", least = edgeReach;
    const places = new Map();
    this.view.graph.forEachNode((id, a) => places.set(id, this.renderer.graphToViewport(a)));
    this.view.graph.forEachEdge((id, _, source, target) => {
      const distance = fromLine(x, y, places.get(source), places.get(target));
      if (distance < least) [nearest, least] = [id, distance];
    });
    return nearest;
  }

  /** Where a node is on the screen, for tests and for what is placed beside it. */
  whereIs(id) {
    return this.view.graph.hasNode(id) ? this.renderer.graphToViewport(this.view.graph.getNodeAttributes(id)) : null;
  }

  listen() {
    const mouse = this.renderer.getMouseCaptor();
    let held = null;
    mouse.on("mousedown", (event) => {
      const id = this.at(event.x, event.y);
      if (id) held = { id, x: event.x, y: event.y, moved: false };
    });
    mouse.on("mousemovebody", (event) => {
      if (held) {
        held.moved ||= Math.hypot(event.x - held.x, event.y - held.y) > clickReach;
        if (held.moved) this.view.graph.mergeNodeAttributes(held.id, this.renderer.viewportToGraph(event));
        event.preventSigmaDefault();
        event.original.preventDefault();
        return;
      }
      const inside = event.original.target === mouse.container;
      const id = inside ? this.at(event.x, event.y) : "";
      this.hover(id, inside && !id && this.view.graph.size < manyEdges ? this.edgeAt(event.x, event.y) : "");
    });
    mouse.on("mouseup", () => {
      if (held?.moved) {
        const { x, y } = this.view.graph.getNodeAttributes(held.id);
        this.calls.pin(held.id, x, y);
      }
      if (held?.moved) this.dragged = true;
      held = null;
    });
    mouse.on("click", (event) => {
      if (this.dragged) {
        this.dragged = false;
        return;
      }
      const id = this.at(event.x, event.y);
      const edge = id ? "" : this.edgeAt(event.x, event.y);
      if (edge) this.calls.pickEdge(...this.view.graph.extremities(edge));
      else if (!id) this.calls.pick("");
      else if (event.original.shiftKey) this.calls.togglePin(id, this.view.graph.getNodeAttributes(id));
      else this.calls.pick(id);
    });
    mouse.on("doubleClick", (event) => {
      event.preventSigmaDefault();
      const id = this.at(event.x, event.y);
      if (id) this.calls.expand(id);
    });
    this.renderer.getTouchCaptor().on("tap", (event) => this.calls.pick(this.at(event.touches?.[0]?.x ?? event.x, event.touches?.[0]?.y ?? event.y)));
  }

  hover(id, edge) {
    if (id === this.hovered && edge === this.hoveredEdge) return;
    this.hovered = id;
    this.hoveredEdge = edge;
    this.renderer.getMouseCaptor().container.style.cursor = id || edge ? "pointer" : "default";
    this.renderer.refresh({ skipIndexation: true, schedule: true });
  }
}

/** Where the nodes of a graph start from: their old places, or those of an old neighbour. */
function startsOf(before, now) {
  const starts = new Map();
  now.forEachNode((id) => {
    const from = before.hasNode(id) ? id : now.findNeighbor(id, (near) => before.hasNode(near));
    if (from) {
      const { x, y } = before.getNodeAttributes(from);
      starts.set(id, { x, y });
    }
  });
  return starts;
}

/** The distance of a point from the line between two others. */
function fromLine(x, y, a, b) {
  const dx = b.x - a.x, dy = b.y - a.y;
  const share = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - a.x - share * dx, y - a.y - share * dy);
}

/** Where a line from the middle of a box leaves it, from the middle. */
function leave({ width, height }, dx, dy) {
  if (dx === 0 && dy === 0) return { x: 0, y: 0 };
  const share = Math.min(width / 2 / Math.max(Math.abs(dx), 0.001), height / 2 / Math.max(Math.abs(dy), 0.001), 0.5);
  return { x: dx * share, y: dy * share };
}
