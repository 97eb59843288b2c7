// A small Markdown editor on a plain text field. Every change goes through the browser's own editing, so that undoing
// works as anywhere. The parts in `editor-*.js` wait for `editor:ready`.
document.addEventListener("DOMContentLoaded", () => {
  const field = document.getElementById("id_body");
  const said = document.getElementById("editor-words");
  if (!field || !said || field.readOnly) return;
  const words = JSON.parse(said.textContent);
  const desk = field.closest(".desk");
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);

  // Changing the text ---------------------------------------------------------------------------------------------
  // `execCommand` is old, and the only way that leaves a change in the field's history.
  function replace(start, end, text, from = start + text.length, to = from) {
    field.focus();
    field.setSelectionRange(start, end);
    const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
    if (!done) {
      field.setRangeText(text, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.setSelectionRange(from, to);
  }
  const selection = () => ({ start: field.selectionStart, end: field.selectionEnd, text: field.value.slice(field.selectionStart, field.selectionEnd) });
  const insert = (text) => replace(field.selectionStart, field.selectionEnd, text);

  // Put a mark around the words, or take it away.
  function around(mark) {
    const { start, end, text } = selection();
    const { length } = mark;
    const value = field.value;
    if (value.slice(start - length, start) === mark && value.slice(end, end + length) === mark && value[end + length] !== mark[0]) {
      return replace(start - length, end + length, text, start - length, end - length);
    }
    const [, before, inner, after] = text.match(/^(\s*)([^]*?)(\s*)$/);
    const from = start + before.length + length;
    replace(start, end, before + mark + inner + mark + after, from, from + inner.length);
  }

  // Put a mark before each line, or take it away. `mark(place)` is the mark of a line.
  function lines(pattern, mark) {
    const { start, end } = selection();
    const first = field.value.lastIndexOf("\n", start - 1) + 1;
    const found = field.value.indexOf("\n", Math.max(end - (end > start && field.value[end - 1] === "\n" ? 1 : 0), first));
    const last = found === -1 ? field.value.length : found;
    const old = field.value.slice(first, last).split("\n");
    const marked = old.every((line) => pattern.test(line));
    const bare = old.map((line) => line.replace(/^(?:#{1,6} |> |[-*+] |\d+[.)] )/, ""));
    const text = (marked ? old.map((line) => line.replace(pattern, "")) : bare.map((line, place) => mark(place) + line)).join("\n");
    replace(first, last, text, old.length > 1 ? first : first + text.length, first + text.length);
  }

  function code() {
    const { start, end, text } = selection();
    if (!text.includes("\n")) return around("`");
    replace(start, end, `\`\`\`\n${text.replace(/\n$/, "")}\n\`\`\``, start + 3);
  }

  // Return goes on with a list or quotation; in an item without words it ends it.
  function nextLine(event) {
    const { start, end } = selection();
    const first = field.value.lastIndexOf("\n", start - 1) + 1;
    const item = field.value.slice(first, start).match(/^(\s*)(?:([-*+])|(\d+)([.)])|(>))(\s+)(\[[ xX]\]\s+)?/);
    if (!item) return;
    event.preventDefault();
    if (start === end && item[0].length === start - first && !field.value.slice(start).match(/^[^\n]/)) return replace(first, start, "");
    const mark = item[3] ? `${Number(item[3]) + 1}${item[4]}` : item[2] || item[5];
    replace(start, end, `\n${item[1]}${mark}${item[6]}${item[7] ? "[ ] " : ""}`);
  }

  // The toolbar -----------------------------------------------------------------------------------------------------
  const bar = document.createElement("div");
  bar.className = "editor-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.toolbar);
  bar.setAttribute("aria-controls", field.id);
  const shortcuts = new Map();

  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const drawn = document.createElementNS(svg.namespaceURI, "path");
    drawn.setAttribute("d", path);
    svg.append(drawn);
    return svg;
  }

  // `keys` as in "Mod+Shift+8": Mod is ⌘ on Apple's machines and Ctrl elsewhere.
  function button(name, path, keys, run, { pressed } = {}) {
    const made = document.createElement("button");
    made.type = "button";
    made.tabIndex = bar.children.length ? -1 : 0;
    made.append(icon(path));
    const shown = keys && keys.replace("Mod", apple ? "⌘" : "Ctrl");
    made.title = shown ? `${words[name]} (${shown})` : words[name];
    made.setAttribute("aria-label", words[name]);
    if (keys) made.setAttribute("aria-keyshortcuts", keys.replace("Mod", apple ? "Meta" : "Control"));
    if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
    made.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected
    made.addEventListener("click", () => run(made));
    if (keys) shortcuts.set(keys.toLowerCase(), () => run(made));
    bar.append(made);
    return made;
  }

  button("bold", "M7 4h6a4 4 0 0 1 0 8H7zM7 12h7a4 4 0 0 1 0 8H7z", "Mod+B", () => around("**"));
  button("italic", "M10 4h8M6 20h8M14 4l-4 16", "Mod+I", () => around("*"));
  button("heading", "M5 4v16M15 4v16M5 12h10M19 10v10", "Mod+Alt+2", () => lines(/^## /, () => "## "));
  button("subheading", "M5 6v12M13 6v12M5 12h8M17 12h3v6M17 18h6", "Mod+Alt+3", () => lines(/^### /, () => "### "));
  button("quote", "M5 18c3-1 4-4 4-8H4v5h5M14 18c3-1 4-4 4-8h-5v5h5", "Mod+Shift+9", () => lines(/^> /, () => "> "));
  button("bullets", "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01", "Mod+Shift+8", () => lines(/^[-*+] /, () => "- "));
  button("numbers", "M10 6h10M10 12h10M10 18h10M4 4l2-1v6M4 15c3-2 3 1 0 4h3", "Mod+Shift+7", () => lines(/^\d+[.)] /, (place) => `${place + 1}. `));
  button("code", "M8 6l-6 6 6 6M16 6l6 6-6 6", "Mod+E", code);

  bar.addEventListener("keydown", (event) => {
    const all = [...bar.querySelectorAll("button")];
    const here = all.indexOf(document.activeElement);
    const step = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = all[(step + all.length) % all.length];
    for (const one of all) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) return nextLine(event);
    if (!(apple ? event.metaKey : event.ctrlKey) || event.getModifierState?.("AltGraph")) return;
    const key = event.code.startsWith("Digit") ? event.code.slice(5) : event.key;
    const keys = `mod+${event.altKey ? "alt+" : ""}${event.shiftKey ? "shift+" : ""}${key}`.toLowerCase();
    if (!shortcuts.has(keys)) return;
    event.preventDefault();
    shortcuts.get(keys)();
  });

  // How much there is -------------------------------------------------------------------------------------------------
  const count = document.createElement("p");
  count.className = "editor-count";
  let counting = 0;
  const tellCount = () => {
    const found = field.value.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    const number = new Intl.NumberFormat(document.documentElement.lang).format(found);
    count.textContent = words.count.replace("{words}", number).replace("{minutes}", Math.max(1, Math.round(found / 220)));
  };
  field.addEventListener("input", () => {
    clearTimeout(counting);
    counting = setTimeout(tellCount, 200);
  });
  tellCount();

  // The language that spelling is checked in
  const language = document.getElementById("id_language");
  language?.addEventListener("change", () => {
    for (const name of ["id_title", "id_body", "id_excerpt"]) document.getElementById(name).lang = language.value || desk.dataset.language;
  });

  const holder = document.createElement("div");
  holder.className = "editor";
  const panes = document.createElement("div");
  panes.className = "editor-panes";
  field.before(holder);
  panes.append(field);
  holder.append(bar, panes, count);
  document.dispatchEvent(new CustomEvent("editor:ready", { detail: { field, desk, words, holder, panes, bar, button, replace, insert, selection } }));
});
