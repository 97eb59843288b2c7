// A post's page, made more comfortable: one file, so that a reader's browser asks for one. Without it all works.

// Copying, told to everybody: on the button and to screen readers; where the browser refuses, the words are marked.
const copying = ({ button, status, copied, words, element }) => {
  const name = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      if (element) getSelection().selectAllChildren(element);
      return;
    }
    button.textContent = status.textContent = copied;
    button.classList.add("copied");
    setTimeout(() => {
      button.textContent = name;
      status.textContent = "";
      button.classList.remove("copied");
    }, 3000);
  });
};

// Passing a post on: what a link alone cannot do ------------------------------------------------
(() => {
  const memory = {
    read: () => { try { return localStorage.getItem("mastodon"); } catch { return null; } },
    keep: (server) => { try { localStorage.setItem("mastodon", server); } catch { /* private mode */ } },
  };
  for (const link of document.querySelectorAll("[data-server]")) {
    link.addEventListener("click", () => memory.keep(link.dataset.server));
  }
  for (const block of document.querySelectorAll(".share")) {
    const { title, address } = block.dataset;
    const server = memory.read();
    if (server) {
      block.querySelector("[data-mastodon]").href = `https://${server}/share?text=${encodeURIComponent(`${title} ${address}`)}`;
    }
    if (navigator.clipboard) {
      const button = block.querySelector("[data-copy]");
      button.parentElement.hidden = false;
      copying({ button, status: block.querySelector("[role=status]"), copied: button.dataset.copy, words: address });
    }
    if (navigator.share) {
      const button = block.querySelector("[data-sheet]");
      button.parentElement.hidden = false;
      // Closing the sheet without choosing is no failure.
      button.addEventListener("click", () => navigator.share({ title, url: address }).catch(() => {}));
    }
  }
})();

// Films and sounds from elsewhere, in place of their link: whoever clicks, and nobody before, asks their host ------
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-player]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const player = Object.assign(document.createElement("iframe"), {
    src: link.dataset.player,
    title: link.textContent,
    allow: "autoplay; encrypted-media; picture-in-picture",
    allowFullscreen: true,
    referrerPolicy: "strict-origin-when-cross-origin", // YouTube plays nothing for a page without a name
  });
  link.replaceWith(player);
  player.focus();
});

// Code to take along ------------------------------------------------------------------------------
(() => {
  const prose = document.querySelector(".prose[data-copy]");
  if (!prose || !navigator.clipboard) return;
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const status = make("p", { className: "visually-hidden", role: "status" });
  prose.after(status);
  for (const pre of prose.querySelectorAll("pre")) {
    const box = make("div", { className: "code" });
    const button = make("button", { type: "button", className: "copy", textContent: prose.dataset.copy });
    pre.replaceWith(box);
    box.append(pre, button);
    copying({ button, status, copied: prose.dataset.copied, words: pre.textContent.replace(/\n$/, ""), element: pre });
  }
})();

// Reading again without a network ------------------------------------------------------------------
//
// From the second text on: the first page asks for nothing more than itself. What was read before is kept too.
(() => {
  const worker = document.currentScript?.dataset.worker;
  if (!worker || !navigator.serviceWorker) return;
  let first;
  try {
    first = localStorage.getItem("read");
    if (!first) localStorage.setItem("read", location.pathname);
  } catch { /* private mode: nothing is kept */ }
  if (!first || navigator.serviceWorker.controller) return;
  addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register(worker);
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage([first, location.pathname]);
    } catch { /* the browser forbids it */ }
  });
})();

// A link to a comment that stands on another page of its conversation by now -------------------
(() => {
  const anywhere = document.querySelector("#comments[data-anywhere]")?.dataset.anywhere;
  const find = () => {
    const id = location.hash.match(/^#comment-(\d+)$/)?.[1];
    if (id && !document.getElementById(`comment-${id}`)) location.replace(anywhere.replace("comment-0", `comment-${id}`));
  };
  if (!anywhere) return;
  find();
  addEventListener("hashchange", find);
})();

// Answering ---------------------------------------------------------------------------------------
//
// A reply is written under the comment it answers; the text is kept in this browser until it was taken in, so that
// a closed tab, a way back or a broken server lose nothing; name and addresses are remembered for those who ask.
(() => {
  const section = document.getElementById("respond");
  const form = section?.querySelector("form.comment-form");
  if (!form) return;

  const { name, email, url, body, parent, remember, preview } = form.elements;
  const title = section.querySelector("h2");
  const notice = section.querySelector(".reply-notice");
  const status = section.querySelector(".form-status");
  const button = form.querySelector("[type=submit]");
  const errors = section.querySelector(".form-errors");
  const post = form.getAttribute("action").match(/comment\/(\d+)\//)[1];
  const PATIENCE = 15_000; // milliseconds: then a stalled sending may be tried again (the same words are one comment)

  // Storage may be forbidden or full: the form then works as without a script.
  const store = {
    get(key) {
      try { return JSON.parse(localStorage.getItem(`comment-${key}`)); } catch { return null; }
    },
    set(key, value) {
      try { localStorage.setItem(`comment-${key}`, JSON.stringify(value)); } catch { /* see above */ }
    },
    remove(key) {
      try { localStorage.removeItem(`comment-${key}`); } catch { /* see above */ }
    },
  };
  const say = (words) => { status.textContent = words; };

  // Replies ---------------------------------------------------------------------------------
  const home = document.createComment("the form's own place");
  section.before(home);
  const linkTo = (id) => id && document.querySelector(`[data-reply="${CSS.escape(id)}"]`);

  // Make the form answer the comment `id`, or none; a comment that this page does not show is left to the server.
  function answer(id) {
    const link = linkTo(id);
    if (id && !link) return;
    if (link) link.closest(".comment").after(section);
    else home.after(section);
    parent.value = id || "";
    title.textContent = link ? link.getAttribute("aria-label") : section.dataset.title;
    notice.hidden = !link;
  }

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const reply = event.target.closest("[data-reply]");
    const cancel = event.target.closest("[data-cancel-reply]");
    if (!reply && !cancel) return;
    event.preventDefault();
    const before = linkTo(parent.value);
    answer(reply?.dataset.reply);
    if (reply) body.focus({ preventScroll: true });
    else before?.focus({ preventScroll: true });
    (reply ? section : before)?.scrollIntoView({ block: "nearest" });
    keep();
  });

  // The draft -------------------------------------------------------------------------------
  const draft = `draft-${post}`;
  let isKept = false;
  let typing;
  function keep() {
    clearTimeout(typing);
    typing = null;
    if (body.value.trim()) store.set(draft, { body: body.value, parent: parent.value });
    else store.remove(draft);
    isKept = store.get(draft) !== null;
  }

  // What was sent was taken in when the answer led to a comment that did not exist before.
  const newest = () => Math.max(0, ...[...document.querySelectorAll("[id^=comment-]")].map((c) => +c.id.slice(8) || 0));
  const sent = store.get(`sent-${post}`);
  store.remove(`sent-${post}`);
  const ledTo = +location.hash.match(/^#comment-(\d+)$/)?.[1];
  if (sent && !errors && ledTo > sent.newest && store.get(draft)?.body === sent.body) store.remove(draft);

  const kept = store.get(draft);
  if (!body.value && kept?.body) {
    body.value = kept.body;
    if (!parent.value) answer(kept.parent);
    say(section.dataset.kept);
  }
  answer(parent.value);

  body.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(keep, 250);
    say("");
  });
  addEventListener("pagehide", () => { if (typing) keep(); });

  // What it will look like, by the same hand that renders it for readers ---------------------------
  const shown = section.querySelector(".comment-preview");
  const count = section.querySelector(".character-count");
  let looking;
  async function look() {
    const text = body.value;
    if (!text.trim() || text.length > section.dataset.most) {
      shown.hidden = true;
      return;
    }
    try {
      const answer = await fetch(section.dataset.preview, { method: "POST", body: new URLSearchParams({ body: text }) });
      if (!answer.ok || text !== body.value) return; // an old preview is better than none; a new one is on its way
      shown.querySelector(".preview-body").innerHTML = await answer.text();
      shown.hidden = false;
    } catch { /* offline: writing goes on */ }
  }
  function measure() {
    count.hidden = !body.value;
    count.textContent = section.dataset.count.replace("…", body.value.length.toLocaleString(document.documentElement.lang));
    count.classList.toggle("over", body.value.length > section.dataset.most);
  }
  preview.hidden = true;
  form.after(shown);
  body.addEventListener("input", () => {
    measure();
    clearTimeout(looking);
    looking = setTimeout(look, 800);
  });
  if (body.value) {
    measure();
    look();
  }

  // Who one is ------------------------------------------------------------------------------
  const me = store.get("me");
  if (me && !name.value && !email.value) {
    [name.value, email.value, url.value] = [me.name, me.email, me.url];
    remember.checked = true;
  }
  remember.addEventListener("change", () => { if (!remember.checked) store.remove("me"); });

  // Sending ---------------------------------------------------------------------------------
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    keep();
    store.set(`sent-${post}`, { body: body.value, newest: newest() });
    if (remember.checked) store.set("me", { name: name.value, email: email.value, url: url.value });
    button.setAttribute("aria-disabled", "true");
    say(section.dataset.sending);
    setTimeout(ready, PATIENCE);
  });
  function ready() {
    button.removeAttribute("aria-disabled");
    say("");
  }
  // A page that comes back from the browser's memory may send again; but not what was taken in meanwhile.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    ready();
    if (isKept && !store.get(draft)) {
      body.value = "";
      answer("");
    }
  });

  // After the browser has gone to #respond, which takes the focus away.
  if (errors) addEventListener("load", () => setTimeout(() => errors.focus()));
})();
