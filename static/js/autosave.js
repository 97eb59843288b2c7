// No word is lost: what is typed goes to the server every few seconds, and stays in this browser until it has arrived.
// The server keeps it beside the post; readers see no change until the writer saves.
document.addEventListener("DOMContentLoaded", () => {
  const desk = document.querySelector("[data-autosave]");
  const body = document.getElementById("id_body");
  const form = body?.form;
  if (!desk || !body || body.readOnly) return;

  const words = JSON.parse(document.getElementById("editor-words").textContent);
  const { autosave, compare, session, person } = desk.dataset;
  const most = Number(desk.dataset.most);
  const names = ["title", "excerpt", "body", "body_format"];
  const fields = names.map((name) => form.elements[name]).filter(Boolean);
  const QUIET = 2500; // milliseconds without a key until words are sent
  const AT_LEAST = 10000; // … and while keys keep coming
  const AGAIN = 4000; // until the next try

  // A load of this page is a tab of its own, a copied tab too; a form that came back with errors goes on as it was.
  const tab = form.elements.tab;
  if (!tab.value) tab.value = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const typed = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const written = () => JSON.stringify(typed());
  let known = written(); // what the server has
  let sending = null;
  let timer = 0;
  let since = 0; // when the oldest word that the server has not seen was typed

  // What the writer hears ---------------------------------------------------------------------------------------
  const line = document.createElement("p");
  line.className = "desk-kept";
  line.setAttribute("role", "status");
  form.querySelector(".desk-bar").prepend(line);
  const tell = (text, { bad = false, link } = {}) => {
    line.classList.toggle("desk-kept-bad", bad);
    if (line.dataset.told === text) return; // said once is enough
    line.dataset.told = text;
    line.textContent = text;
    if (link) {
      const a = Object.assign(document.createElement("a"), { href: link.href, textContent: link.text, target: "_blank" });
      line.append(" ", a);
    }
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const notice = (text, ...acts) => {
    const box = document.createElement("div");
    box.className = "desk-notice";
    box.setAttribute("role", "alert");
    const told = document.createElement("p");
    told.textContent = text;
    const row = document.createElement("p");
    row.className = "desk-notice-acts";
    row.append(...acts);
    box.append(told, row);
    desk.before(box);
    return box;
  };
  const act = (text, run) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text });
    button.addEventListener("click", () => run(button));
    return button;
  };

  // What this browser keeps -------------------------------------------------------------------------------------
  const shelf = `causerie-words:${person}:${location.pathname}:`;
  const place = shelf + tab.value;
  const keepHere = () => {
    try {
      localStorage.setItem(place, JSON.stringify({ words: typed(), at: Date.now() }));
      return true;
    } catch { return false; } // full, or forbidden
  };
  const forgetHere = (key = place) => { try { localStorage.removeItem(key); } catch { /* nothing is kept there */ } };
  const keptHere = () => {
    const found = [];
    try {
      for (const key of Object.keys(localStorage).filter((key) => key.startsWith(shelf) && key !== place)) {
        const kept = JSON.parse(localStorage.getItem(key));
        if (Date.now() - kept.at > 30 * 86400e3) forgetHere(key);
        else if (JSON.stringify(kept.words) !== known) found.push({ key, ...kept });
      }
    } catch { /* nothing that can be read */ }
    return found.sort((a, b) => b.at - a.at);
  };

  // The server --------------------------------------------------------------------------------------------------
  const packet = (values) => {
    const data = new URLSearchParams(values);
    for (const name of ["csrfmiddlewaretoken", "version", "tab"]) data.set(name, form.elements[name].value);
    return data;
  };
  const ask = (address, data) => fetch(address, { method: data ? "POST" : "GET", body: data, redirect: "error" });
  const loggedOut = (answer) => tell(words.loggedOut, { bad: true, link: { href: answer.login, text: words.login } });

  // Whoever logged in again has a new token: everything on this page goes on with it.
  async function renewed() {
    const answer = await ask(session);
    const told = await answer.json();
    if (answer.status === 401) loggedOut(told);
    else if (String(told.person) !== person) tell(words.otherPerson, { bad: true });
    else {
      for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = told.token;
      return true;
    }
    return false;
  }

  // Django's refusal of an old token is a page; all other answers are JSON.
  async function post(address, values) {
    const answer = await ask(address, packet(values));
    if (answer.status === 403 && !answer.headers.get("Content-Type").includes("json")) {
      return (await renewed()) ? ask(address, packet(values)) : null;
    }
    return answer;
  }

  async function send() {
    const now = written();
    if (sending || now === known) return;
    const here = keepHere();
    try {
      sending = post(autosave, typed());
      const answer = await sending;
      if (!answer) return;
      const told = await answer.json();
      if (answer.status === 401) return loggedOut(told);
      if (!answer.ok) return tell(told.error, { bad: true });
      known = now;
      since = 0;
      if (written() === now) forgetHere();
      if (told.changed) tell(told.changed, { bad: true, link: { href: told.compare, text: words.seeDifference } });
      else tell(fill(words.kept, { time: told.saved }));
    } catch {
      tell(here ? words.unreachable : words.unreachableFull, { bad: true });
    } finally {
      sending = null;
      if (written() !== known) plan(AGAIN);
    }
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay + body.value.length / 100); // a long text less often
  }

  let shelving = 0;
  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    since ||= Date.now();
    clearTimeout(shelving);
    shelving = setTimeout(keepHere, 300);
    plan(Math.max(0, Math.min(QUIET, since + AT_LEAST - Date.now())));
  });
  document.addEventListener("visibilitychange", () => {
    if (written() === known) return;
    keepHere();
    plan(0); // also when one comes back from logging in
  });
  addEventListener("pagehide", () => { if (!leaving && written() !== known) keepHere(); });
  addEventListener("online", () => plan(0));

  // Saving ------------------------------------------------------------------------------------------------------
  // A form that is sent to a server that is down, or without a session, would take the words with it: ask first.
  let leaving = false;
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    const { submitter } = event;
    const length = body.value.length;
    if (length > most) return tell(fill(words.tooLong, { length, most }), { bad: true });
    const here = written() === known || keepHere();
    try {
      if (!(await renewed())) return;
    } catch {
      return tell(`${here ? words.unreachable : words.unreachableFull} ${words.notSent}`, { bad: true });
    }
    clearTimeout(timer);
    leaving = true;
    sessionStorage.setItem("causerie-sent", place); // forgotten when the answer has come
    form.requestSubmit(submitter);
    setTimeout(() => { leaving = false; }, 5000);
  });

  // What was kept here and never arrived --------------------------------------------------------------------------
  const sent = sessionStorage.getItem("causerie-sent");
  sessionStorage.removeItem("causerie-sent");
  if (sent) forgetHere(sent);
  for (const kept of keptHere().slice(0, 3)) {
    const time = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    const box = notice(
      fill(words.localCopy, { time }),
      act(words.seeDifference, async (button) => {
        const answer = await post(compare, kept.words).catch(() => null);
        if (!answer?.ok) return tell(words.unreachable, { bad: true });
        const shown = document.createElement("div");
        shown.innerHTML = await answer.text(); // made by our own template, with every word escaped
        box.append(shown);
        button.remove();
      }),
      act(words.takeUp, () => {
        for (const field of fields) {
          field.value = kept.words[field.name] ?? field.value;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }
        forgetHere(kept.key);
        box.remove();
        body.focus();
      }),
      act(words.drop, () => { forgetHere(kept.key); box.remove(); body.focus(); }),
    );
  }
});
