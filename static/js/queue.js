// The moderators' list: one key acts on the comment that is marked, or on all that are chosen, and the list follows at
// once. What it sends are the forms of the page's own buttons; without it these do the same.
(() => {
  const form = document.getElementById("changelist-form");
  const dialog = document.getElementById("keys");
  const undoBar = document.getElementById("undo");
  if (!form || !dialog) return;
  const list = location.pathname;
  const status = document.getElementById("queue-status");
  const pile = document.querySelector("[data-tab][aria-current]")?.dataset.tab ?? "pending";
  const taken = new Map(); // rows that left the list, by comment: { row, before }
  const ACTS = { a: "approve", s: "spam", d: "trash" };

  const rows = () => [...form.querySelectorAll("#result_list tbody tr")];
  const moves = (row) => row.querySelector(".moves");
  const id = (row) => moves(row).dataset.comment;
  const rowOf = (comment) => rows().find((row) => id(row) === comment) ?? taken.get(comment)?.row;
  const box = (row) => row.querySelector(".action-select");
  const chosen = () => rows().filter((row) => box(row)?.checked);

  // Where one is -----------------------------------------------------------------------------------------
  let marked = null;
  function mark(row, focus = true) {
    marked?.classList.remove("marked");
    marked = row ?? null;
    if (!marked) return;
    marked.classList.add("marked");
    marked.tabIndex = -1;
    if (!focus) return;
    marked.focus({ preventScroll: true });
    marked.scrollIntoView({ block: "nearest" });
  }
  function step(by) {
    const all = rows();
    mark(all[Math.min(all.length - 1, Math.max(0, all.indexOf(marked) + by))]);
  }
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("#result_list tbody tr");
    if (row && row !== marked) mark(row, false);
  });

  // Acting -----------------------------------------------------------------------------------------------
  function say(words, failed = false) {
    status.textContent = words;
    undoBar.hidden = false;
    undoBar.classList.toggle("failed", failed);
    undoBar.querySelector(".undo-words").textContent = words;
  }
  // One after the other, in the order of the keys: so they are undone in that order, too.
  let before = Promise.resolve();
  function send(address, fields) {
    const sent = before.then(() => sendNow(address, fields));
    before = sent.catch(() => {});
    return sent;
  }
  async function sendNow(address, fields = {}) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, ...fields });
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(told.words), { words: told.words });
    return told;
  }
  function take(row) {
    const next = row.nextElementSibling;
    if (marked === row) mark(next ?? row.previousElementSibling);
    taken.set(id(row), { row, before: next });
    if (box(row)) box(row).checked = false;
    row.remove();
  }
  function giveBack(comment) {
    const { row, before } = taken.get(comment) ?? {};
    if (!row) return;
    taken.delete(comment);
    const body = form.querySelector("#result_list tbody");
    if (before?.isConnected) before.before(row);
    else body.append(row);
    row.classList.remove("marked");
  }
  // Whether a comment of this status stands in the pile that is shown.
  const belongs = (state) => pile === "all" || pile === state;
  function show(told) {
    for (const [comment, state] of Object.entries(told.statuses)) {
      const row = rowOf(comment);
      if (!row) continue;
      moves(row).dataset.status = state;
      for (const button of moves(row).querySelectorAll("[data-gives]")) button.hidden = button.dataset.gives === state;
      const label = row.querySelector(".status");
      label.className = `status status-${state}`;
      label.textContent = told.labels[state];
      if (belongs(state)) giveBack(comment);
      else if (row.isConnected) take(row);
    }
    for (const tab of document.querySelectorAll("[data-tab]")) {
      if (told.tabs[tab.dataset.tab]) tab.textContent = told.tabs[tab.dataset.tab];
    }
    const button = undoBar.querySelector("button");
    button.hidden = !told.undo_address;
    button.setAttribute("formaction", told.undo_address);
    say(told.words);
    // This page is done: the next one, if there is one, or the words that say there is nothing.
    if (!rows().length && !open.size) location.reload();
  }
  // What is under way, so that nothing is sent twice and the page is not left too early.
  const open = new Set();
  async function under(work, restore) {
    open.add(work);
    try {
      const told = await work;
      open.delete(work);
      show(told);
      return told;
    } catch (error) {
      open.delete(work);
      restore?.();
      say(error.words ?? dialog.dataset.failed, true);
      return null;
    }
  }
  function act(move, which) {
    const gives = { approve: "approved", spam: "spam", trash: "trash", wait: "pending" }[move];
    const acted = which.filter((row) => moves(row).dataset.status !== gives);
    if (!acted.length) return;
    const comments = acted.map(id);
    if (!belongs(gives)) acted.forEach(take);
    const address = comments.length === 1 ? `${list}${comments[0]}/${move}/` : `${list}several/${move}/`;
    const fields = comments.length === 1 ? {} : { comments: comments.join(",") };
    under(send(address, fields), () => comments.toReversed().forEach(giveBack));
  }
  async function undo() {
    const address = undoBar.querySelector("button").getAttribute("formaction");
    if (!address || open.size) return;
    const told = await under(send(address));
    if (!told) return;
    const back = Object.keys(told.statuses).map((comment) => rows().find((row) => id(row) === comment));
    if (back.some(Boolean)) mark(back.find(Boolean));
    // What was decided before this page was loaded is not here to be put back.
    else if (Object.values(told.statuses).some(belongs)) location.reload();
  }

  // Answering, right there -------------------------------------------------------------------------------
  function answer(row) {
    const known = row.querySelector(".answer textarea");
    if (known) return known.focus();
    const place = document.createElement("div");
    place.className = "answer";
    const label = document.createElement("label");
    const text = document.createElement("textarea");
    label.append(dialog.dataset.reply, text);
    text.rows = 5;
    text.required = true;
    const post = document.createElement("button");
    post.type = "button";
    post.className = "move move-approve";
    post.textContent = moves(row).querySelector(".move-reply").textContent;
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "move";
    cancel.textContent = dialog.dataset.cancel;
    place.append(label, post, " ", cancel);
    row.querySelector(".words").append(place);
    text.focus();
    const close = () => {
      place.remove();
      mark(row);
    };
    cancel.addEventListener("click", close);
    text.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !text.value.trim()) close();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) post.click();
    });
    post.addEventListener("click", async () => {
      if (!text.reportValidity()) return;
      post.disabled = true;
      const told = await under(send(moves(row).querySelector(".move-reply").href, { body: text.value }));
      post.disabled = false; // the words stay where they could not be sent
      if (told) place.remove();
    });
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-move], .move-reply, #undo button");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const row = button.closest("tr");
    if (!row) undo();
    else if (button.dataset.move) act(button.dataset.move, [row]);
    else answer(row);
  });

  // Keys, which can be turned off (WCAG 2.2, 2.1.4) -------------------------------------------------------
  const bar = document.getElementById("keys-bar");
  const on = document.getElementById("keys-on");
  const remembered = "moderation-keys";
  form.before(bar);
  bar.hidden = false;
  try {
    on.checked = localStorage.getItem(remembered) !== "off";
    on.addEventListener("change", () => localStorage.setItem(remembered, on.checked ? "on" : "off"));
  } catch {} // a browser that keeps nothing
  document.getElementById("keys-help").addEventListener("click", () => dialog.showModal());

  const typed = "input:not([type='checkbox']), textarea, select, [contenteditable]";
  document.addEventListener("keydown", (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (dialog.open || event.target.closest(typed)) return;
    const key = event.key.toLowerCase();
    if (key === "?") dialog.showModal();
    else if (key === "j" || (key === "arrowdown" && event.target === marked)) step(1);
    else if (key === "k" || (key === "arrowup" && event.target === marked)) step(-1);
    else if (event.repeat) return; // a key held down decides once
    else if (key === "u" || key === "z") undo();
    else if (!marked) return;
    else if (ACTS[key]) act(ACTS[key], chosen().length ? chosen() : [marked]);
    else if (key === "r") answer(marked);
    else if (key === "e") moves(marked).querySelector(".move-edit").click();
    else if (key === "x") box(marked)?.click();
    else return;
    event.preventDefault();
  });
  addEventListener("beforeunload", (event) => open.size && event.preventDefault());
  mark(rows()[0], false);
})();
