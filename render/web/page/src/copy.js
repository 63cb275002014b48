// The menu that copies or saves the view.
import { h, toast } from "./dom.js";
import { say } from "./words.js";
import { svgText, pngBlob, jsonText, gexfText } from "./drawing.js";

/** Makes the menu; current gives the view, the theme and a title. */
export function copyMenu(current) {
  const text = (name, type, make) => ({ name, type, make: async () => new Blob([await make()], { type }) });
  const rows = [
    text("SVG", "image/svg+xml", () => svgText(...current())),
    { name: "PNG", type: "image/png", make: () => pngBlob(...current()) },
    text("JSON", "application/json", () => jsonText(current()[0])),
    text("GEXF", "application/gexf+xml", () => gexfText(...current())),
  ];
  const menu = h("div", { class: "menu", id: "copy-menu", popover: "auto" }, rows.map((row) => h("div", { class: "menu-row" }, h("span", {}, row.name),
    h("button", { type: "button", "aria-label": `${say("copyOne")} ${row.name}`, onclick: () => copy(row) }, say("copyOne")),
    h("button", { type: "button", "aria-label": `${say("saveOne")} ${row.name}`, onclick: () => save(row) }, say("saveOne")))),
    h("div", { class: "menu-row" }, h("span", {}, say("link")), h("button", { type: "button", "aria-label": `${say("copyOne")} ${say("link")}`, onclick: () => clipboard(() => navigator.clipboard.writeText(location.href)) }, say("copyOne"))));
  const button = h("button", { type: "button", class: "tool", popovertarget: "copy-menu", title: say("copy"), "aria-label": say("copy") }, icon());
  return [button, menu];
}

const icon = () => h("span", { class: "icon icon-copy", "aria-hidden": "true" });

function copy(row) {
  // Browsers know text and PNG; an SVG is pasted as its text.
  clipboard(async () => row.type === "image/png"
    ? navigator.clipboard.write([new ClipboardItem({ "image/png": row.make() })])
    : navigator.clipboard.writeText(await (await row.make()).text()));
}

async function clipboard(write) {
  try {
    await write();
    toast(say("copied"));
  } catch {
    toast(say("copyFailed"));
  }
}

async function save(row) {
  const address = URL.createObjectURL(await row.make());
  h("a", { href: address, download: `talkgraph.${row.name.toLowerCase()}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
