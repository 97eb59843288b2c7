// Results as one types. The form works without: this asks for the same page, and shows its results in place.
(() => {
  const form = document.querySelector("main form[role=search]");
  const input = form?.elements.q;
  if (!input) return;
  const PAUSE = 250; // milliseconds without a key
  const parts = ["results", "search-count"];
  let waiting;
  let asking;
  let shown = input.value.trim();

  const show = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!parts.every((id) => page.getElementById(id))) throw new Error("no results in the answer");
    for (const id of parts) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    document.title = page.title;
    history.replaceState(null, "", address);
  };

  const ask = async () => {
    const words = input.value.trim();
    if (words === shown) return;
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    document.getElementById("results").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal });
      const html = await answer.text();
      if (signal.aborted) return;
      show(html, address);
      shown = words;
    } catch {
      // Somebody typed on, or the network failed: Enter still sends the form.
    }
    if (asking.signal === signal) document.getElementById("results").removeAttribute("aria-busy");
  };

  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
})();
