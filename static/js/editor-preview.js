// The text as readers will see it, beside the text; and the writing page without anything else.
document.addEventListener("editor:ready", ({ detail: { field, desk, words, panes, button } }) => {
  const page = document.body;
  let frame = null;
  let asking = null;
  let timer = 0;
  let ready = null; // the frame's document, once it stands

  // Shown in a frame whose scripts never run, in the theme of the desk.
  function build(html) {
    frame = document.createElement("iframe");
    frame.className = "editor-preview";
    frame.title = words.previewFrame;
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.srcdoc = html;
    frame.addEventListener("load", () => {
      ready = frame.contentDocument;
      ready.documentElement.dataset.theme = document.documentElement.dataset.theme || "auto";
      ready.addEventListener("click", (event) => { if (event.target.closest("a")) event.preventDefault(); });
      ready.addEventListener("scroll", () => follow(ready.scrollingElement, field));
      follow(field, ready.scrollingElement);
    });
    panes.append(frame);
  }

  async function show() {
    asking?.abort();
    asking = new AbortController();
    const { elements } = field.form;
    const data = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "title", "excerpt", "body", "body_format", "language"]) data.set(name, elements[name]?.value ?? "");
    try {
      const answer = await fetch(desk.dataset.rendering, { method: "POST", body: data, signal: asking.signal, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (!page.classList.contains("writing-split")) return;
      if (!frame) build(html);
      else if (ready) {
        // The page stays where it is; only its article is another.
        ready.querySelector("main").replaceWith(new DOMParser().parseFromString(html, "text/html").querySelector("main"));
        follow(field, ready.scrollingElement);
      }
      frame.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name === "AbortError") return;
      frame?.setAttribute("aria-busy", "true");
      timer = setTimeout(show, 4000);
    }
  }

  // Whoever scrolls leads. What a lead has moved does not lead back.
  let led = null;
  function follow(from, to) {
    if (!to || led === from) return void (led = null);
    const part = from.scrollTop / Math.max(1, from.scrollHeight - from.clientHeight);
    const top = Math.round(part * (to.scrollHeight - to.clientHeight));
    if (Math.abs(to.scrollTop - top) < 2) return;
    led = to;
    to.scrollTop = top;
  }
  field.addEventListener("scroll", () => { if (ready) follow(field, ready.scrollingElement); });
  field.form.addEventListener("input", () => {
    if (!page.classList.contains("writing-split")) return;
    clearTimeout(timer);
    timer = setTimeout(show, 350 + field.value.length / 200);
  });

  // One of them at a time, or none.
  const modes = {};
  function choose(mode) {
    const on = mode && !page.classList.contains(`writing-${mode}`) ? mode : null;
    for (const [name, made] of Object.entries(modes)) {
      page.classList.toggle(`writing-${name}`, name === on);
      made.setAttribute("aria-pressed", String(name === on));
    }
    page.classList.toggle("writing-alone", Boolean(on));
    if (on === "split") show();
    else {
      frame?.remove();
      frame = ready = null;
    }
    field.focus();
  }
  modes.split = button("preview", "M3 5h18v14H3zM12 5v14M15 9h3M15 13h3", "Mod+Alt+P", () => choose("split"), { pressed: false });
  modes.full = button("full", "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5", "Mod+Alt+F", () => choose("full"), { pressed: false });
  modes.focus = button("focus", "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M12 3v2M12 19v2M3 12h2M19 12h2", "Mod+Alt+O", () => choose("focus"), { pressed: false });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]") && page.classList.contains("writing-alone")) choose(null);
  });
});
