// What types look like, as in the printed maps: shape and colour mean the type.

export const typeOrder = ["Event", "Session", "Talk", "Person", "Organization", "Concept", "Document"];

/** The smallest scale at which boxes are drawn: below it only the most important are. */
export const smallest = 0.85;

// What a type weighs against others where not all can be shown.
const weights = { Event: 100, Session: 20, Talk: 4, Person: 3, Organization: 1.5 };

/** How much a node matters to a reader: the programme before the people, they before the concepts. */
export const interest = (node) => (node.degree + 1) * (weights[node.type] ?? 1);

// Shapes, also the numbers that the shader knows.
export const shapes = { circle: 0, rounded: 1, sheet: 2, octagon: 3, rectangle: 4 };

const shapeOf = { Event: "rectangle", Session: "rectangle", Talk: "sheet", Person: "circle", Organization: "octagon", Concept: "rounded", Document: "rectangle" };

// fill, stroke, strong fill, text on the strong fill
const light = {
  Event: ["#fdf4d6", "#b28600", "#7f5f00", "#ffffff"],
  Session: ["#fdf4d6", "#b28600", "#7f5f00", "#ffffff"],
  Talk: ["#fcebdd", "#cf6a1f", "#ad4b00", "#ffffff"],
  Person: ["#e0f3ec", "#1b9070", "#04694f", "#ffffff"],
  Organization: ["#eceaf8", "#6a5fb5", "#473c93", "#ffffff"],
  Concept: ["#e4f0f9", "#2c7fb8", "#0b5c94", "#ffffff"],
  Document: ["#f2f4f7", "#77838f", "#4a5663", "#ffffff"],
};

const dark = {
  Event: ["#3a2f0a", "#d9b23a", "#eccb66", "#12181f"],
  Session: ["#3a2f0a", "#d9b23a", "#eccb66", "#12181f"],
  Talk: ["#43260f", "#e58a45", "#f3a467", "#12181f"],
  Person: ["#0d3529", "#3cb894", "#66d3b2", "#12181f"],
  Organization: ["#28234a", "#9d92e4", "#b9b0f0", "#12181f"],
  Concept: ["#12304a", "#58a9e0", "#7cc0ef", "#12181f"],
  Document: ["#222b35", "#8593a2", "#c5ced8", "#12181f"],
};

const pages = {
  light: { background: "#ffffff", text: "#16202b", muted: "#5b6775", line: "#a3b0bd", strongLine: "#5b6775", faintLine: "#ccd5dd", phrase: "#3c4856" },
  dark: { background: "#12181f", text: "#edf1f5", muted: "#9daab8", line: "#586676", strongLine: "#9daab8", faintLine: "#37434f", phrase: "#c6d0da" },
};

/** The colours of a theme: page(name) and those of a type. */
export function palette(theme) {
  const tints = theme === "dark" ? dark : light;
  return {
    page: pages[theme === "dark" ? "dark" : "light"],
    of(type) {
      const [fill, stroke, strong, onTop] = tints[type] ?? tints.Document;
      return { fill, stroke, strong, onTop };
    },
  };
}

export const shapeName = (type) => shapeOf[type] ?? "rectangle";

export const fonts = "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',system-ui,sans-serif";

/** The outline of a box as SVG path data; the same for the canvas and for files. */
export function outline(shape, x, y, width, height) {
  const r = x + width, b = y + height;
  const rounded = (c) => `M${x + c},${y}H${r - c}Q${r},${y} ${r},${y + c}V${b - c}Q${r},${b} ${r - c},${b}H${x + c}Q${x},${b} ${x},${b - c}V${y + c}Q${x},${y} ${x + c},${y}Z`;
  const sheet = (c) => `M${x},${y}H${r - c}L${r},${y + c}V${b}H${x}ZM${r - c},${y}V${y + c}H${r}`;
  const octagon = (c) => `M${x + c},${y}H${r - c}L${r},${y + c}V${b - c}L${r - c},${b}H${x + c}L${x},${b - c}V${y + c}Z`;
  switch (shape) {
    case "circle": {
      const c = height / 2;
      return `M${x + c},${y}H${r - c}A${c},${c} 0 0 1 ${r - c},${b}H${x + c}A${c},${c} 0 0 1 ${x + c},${y}Z`;
    }
    case "rounded":
      return rounded(7);
    case "sheet":
      return sheet(8);
    case "octagon":
      return octagon(7);
    case "rounded small":
      return rounded(4);
    case "sheet small":
      return sheet(4);
    case "octagon small":
      return octagon(4);
    default:
      return rounded(2);
  }
}
