// A link to anywhere, or to something on this blog that is found by the words of its title.
document.addEventListener("editor:ready", ({ detail: { field, desk, words, bar, button, replace, selection } }) => {
  const ADDRESS = /^(?:https?:\/\/|mailto:|tel:|\/|#)\S+$/i;
  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  let dialog, asked, list, status, shownWords, chosen, range, timer;

  function build() {
    asked = make("input", { id: "editor-link", type: "text", autocomplete: "off" });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "editor-targets", "aria-autocomplete": "list" })) asked.setAttribute(name, value);
    list = make("ul", { id: "editor-targets", className: "editor-targets" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.linkField);
    status = make("p", { className: "help" });
    status.setAttribute("role", "status");
    shownWords = make("input", { id: "editor-link-words", type: "text", autocomplete: "off" });
    const title = make("h2", { id: "editor-link-title", textContent: words.linkTitle });
    const form = make(
      "form",
      { method: "dialog" },
      title,
      make("label", { htmlFor: asked.id, textContent: words.linkField }), asked, list, status,
      make("label", { htmlFor: shownWords.id, textContent: words.linkWords }), shownWords,
      make("p", { className: "editor-dialog-acts" },
        make("button", { type: "submit", className: "button default", textContent: words.insert }),
        make("button", { type: "button", className: "button", textContent: words.cancel, onclick: () => dialog.close() })),
    );
    dialog = make("dialog", { className: "editor-dialog" }, form);
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.addEventListener("close", () => field.focus());
    asked.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
    asked.addEventListener("keydown", move);
    form.addEventListener("submit", (event) => { event.preventDefault(); accept(); });
    document.body.append(dialog);
  }

  async function find() {
    const query = asked.value.trim();
    choose(-1);
    if (ADDRESS.test(query)) return offer([], "");
    const answer = await fetch(`${desk.dataset.linkTargets}?q=${encodeURIComponent(query)}`, { redirect: "error" }).catch(() => null);
    if (query !== asked.value.trim()) return; // somebody typed on
    const targets = answer?.ok ? (await answer.json()).targets : [];
    offer(targets, targets.length ? words.linkFound.replace("{count}", targets.length) : words.linkNone);
  }

  function offer(targets, told) {
    list.replaceChildren(...targets.map((target, place) => {
      const option = make("li", { id: `editor-target-${place}`, textContent: target.title });
      option.setAttribute("role", "option");
      option.dataset.address = target.address;
      if (target.state) option.append(" ", make("span", { className: "quiet", textContent: target.state }));
      option.dataset.title = target.title;
      option.addEventListener("click", () => { choose(place); accept(); });
      return option;
    }));
    asked.setAttribute("aria-expanded", String(targets.length > 0));
    status.textContent = told;
  }

  function choose(place) {
    chosen = list.children[place] ?? null;
    for (const option of list.children) option.setAttribute("aria-selected", String(option === chosen));
    if (chosen) {
      asked.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else asked.removeAttribute("aria-activedescendant");
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { length } = list.children;
    if (!step || !length) return;
    event.preventDefault();
    const here = [...list.children].indexOf(chosen);
    choose(here === -1 ? (step > 0 ? 0 : length - 1) : (here + step + length) % length);
  }

  function accept() {
    const target = chosen ?? (ADDRESS.test(asked.value.trim()) ? null : list.children[0]);
    const address = (target ? target.dataset.address : asked.value.trim()).replace(/[\s()<>]/g, encodeURIComponent);
    if (!address) return;
    const text = shownWords.value.trim() || target?.dataset.title || address;
    dialog.close();
    replace(range.start, range.end, `[${text.replace(/[[\]]/g, "\\$&")}](${address})`);
  }

  const open = () => {
    if (!dialog) build();
    range = selection();
    asked.value = ADDRESS.test(range.text.trim()) ? range.text.trim() : "";
    shownWords.value = ADDRESS.test(range.text.trim()) ? "" : range.text.trim();
    dialog.showModal();
    asked.focus();
    find();
  };
  button("link", "M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1-1", "Mod+K", open);
});
