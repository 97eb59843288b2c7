// A post's page, made more comfortable: one file, so that a reader's browser asks for one. Without it all works.

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
    const offer = (button, act) => {
      button.parentElement.hidden = false;
      button.addEventListener("click", act);
    };
    const server = memory.read();
    if (server) {
      block.querySelector("[data-mastodon]").href = `https://${server}/share?text=${encodeURIComponent(`${title} ${address}`)}`;
    }
    if (navigator.clipboard) {
      const button = block.querySelector("[data-copy]"), name = button.textContent;
      offer(button, async () => {
        await navigator.clipboard.writeText(address);
        button.textContent = block.querySelector("[role=status]").textContent = button.dataset.copy;
        setTimeout(() => { button.textContent = name; }, 3000);
      });
    }
    if (navigator.share) {
      // Closing the sheet without choosing is no failure.
      offer(block.querySelector("[data-sheet]"), () => navigator.share({ title, url: address }).catch(() => {}));
    }
  }
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
