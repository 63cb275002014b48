// Corrections: what the user decides goes to the server, which writes it down and
// builds the graph again.
import { h, toast } from "./dom.js";
import { say, nameOf, typeWord } from "./words.js";
import { searchBox } from "./search.js";
import { typeOrder } from "./look.js";

/** Makes the menu of corrections for an entity; changed is called after each. */
export function editMenu(node, data, changed) {
  const send = async (action, ids, value) => {
    try {
      const done = await data.correct(action, ids, value);
      toast([say("done"), ...done.warnings].join(" · "), { label: say("undo", done.undo), run: () => undo(data, changed) });
      await changed(action, ids);
    } catch (error) {
      toast([error.message || say("offline"), error.mend].filter(Boolean).join(" — "));
    }
  };
  const rows = [
    ["rename", () => textDialog(say("rename"), say("newName"), node.label, (value) => send("rename", [node.id], value))],
    ["retype", () => typeDialog(node, (value) => send("retype", [node.id], value))],
    ["merge", () => otherDialog(say("merge"), say("mergeWhat", nameOf(node)), node, data, (other) => send("merge", [node.id, other.id]))],
    ["part", () => otherDialog(say("part"), say("partWhat"), node, data, (other) => send("part", [node.id, other.id]))],
    ["drop", () => sureDialog(say("drop"), say("dropSure", nameOf(node)), () => send("hide", [node.id]))],
  ];
  return h("details", { class: "edit" }, h("summary", {}, say("edit")), h("div", { class: "edit-rows" }, rows.map(([name, run]) => h("button", { type: "button", class: name === "drop" ? "danger" : "", "data-edit": name, onclick: run }, say(name)))));
}

/** Takes the last correction back. */
export async function undo(data, changed) {
  try {
    await data.undo();
    toast(say("undone"));
    await changed("undo", []);
  } catch (error) {
    toast([error.message || say("offline"), error.mend].filter(Boolean).join(" — "));
  }
}

function dialog(title, content, confirm) {
  const box = h("dialog", { class: "dialog", "aria-label": title, onclose: () => box.remove() },
    h("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); box.close(); confirm?.(); } },
      h("h2", {}, title), content,
      h("p", { class: "dialog-buttons" }, h("button", { type: "button", onclick: () => box.close() }, say("cancel")), confirm && h("button", { type: "submit", class: "primary" }, say("ok")))));
  document.body.append(box);
  box.showModal();
  return box;
}

function textDialog(title, label, value, send) {
  const input = h("input", { type: "text", name: "value", value, required: true, maxlength: "200", autocomplete: "off" });
  dialog(title, h("label", { class: "row" }, h("span", {}, label), input), () => send(input.value));
  input.select();
}

function typeDialog(node, send) {
  const choice = h("select", { name: "value" }, typeOrder.filter((type) => type !== "Document").map((type) => h("option", { value: type, selected: type === node.type }, typeWord(type))));
  dialog(say("retype"), h("label", { class: "row" }, h("span", {}, say("newType")), choice), () => choice.value !== node.type && send(choice.value));
}

function sureDialog(title, text, send) {
  dialog(title, h("p", {}, text), send);
}

/** Lets the user search for another entity. */
export function otherDialog(title, explanation, node, data, choose) {
  const search = searchBox({ data, label: say("withWhom"), hint: say("typeName"), choose: (other) => { box.close(); if (other.id !== node.id) choose(other); } });
  const box = dialog(title, h("div", { class: "row" }, h("p", {}, h("strong", {}, nameOf(node))), h("p", { class: "muted" }, explanation), search.element));
  search.input.focus();
}
