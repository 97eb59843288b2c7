// Pictures that are chosen, pasted or dropped: sent to the library with what they show, and shown in the text.
document.addEventListener("editor:ready", ({ detail: { field, desk, words, button, replace, selection } }) => {
  const address = desk.dataset.picture;
  if (!address) return; // somebody who may add none
  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const waiting = [];
  let dialog, form, title, choice, file, alt, caption, progress, problem, request, place;

  function build() {
    title = make("h2", { id: "editor-picture-title", textContent: words.pictureTitle });
    choice = make("input", { id: "editor-picture-file", type: "file", accept: "image/jpeg,image/png,image/gif,image/webp,image/avif" });
    alt = make("input", { id: "editor-picture-alt", type: "text", maxLength: 500, autocomplete: "off" });
    caption = make("input", { id: "editor-picture-caption", type: "text", autocomplete: "off" });
    progress = make("progress", { max: 1, value: 0, hidden: true });
    progress.setAttribute("aria-label", words.pictureProgress);
    problem = make("p", { className: "errornote", hidden: true });
    problem.setAttribute("role", "alert");
    form = make(
      "form",
      { method: "dialog" },
      title, problem,
      make("label", { htmlFor: choice.id, textContent: words.pictureFile }), choice,
      make("label", { htmlFor: alt.id, textContent: words.pictureAlt }), alt,
      make("label", { htmlFor: caption.id, textContent: words.pictureCaption }), caption,
      progress,
      make("p", { className: "editor-dialog-acts" },
        make("button", { type: "submit", className: "button default", textContent: words.insert }),
        make("button", { type: "button", className: "button", textContent: words.cancel, onclick: () => dialog.close() })),
    );
    dialog = make("dialog", { className: "editor-dialog" }, form);
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.addEventListener("close", () => {
      request?.abort();
      field.focus();
      if (waiting.length) open(waiting.shift());
    });
    choice.addEventListener("change", () => { file = choice.files[0]; });
    form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
    document.body.append(dialog);
  }

  function open(given) {
    if (!dialog) build();
    file = given ?? null;
    place = selection();
    form.reset();
    choice.hidden = choice.previousElementSibling.hidden = Boolean(file);
    title.textContent = file ? `${words.pictureTitle}: ${file.name}` : words.pictureTitle;
    problem.hidden = progress.hidden = true;
    if (!file) alt.value = place.text.includes("\n") ? "" : place.text;
    dialog.showModal();
    (file ? alt : choice).focus();
  }

  const fail = (told) => {
    problem.textContent = told;
    problem.hidden = false;
    progress.hidden = true;
  };

  function send() {
    if (!file) return choice.focus();
    const data = new FormData();
    data.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    data.set("alt", alt.value);
    data.set("caption", caption.value);
    data.set("picture", file);
    problem.hidden = true;
    progress.hidden = false;
    progress.value = 0;
    request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => { progress.value = event.loaded / event.total; });
    request.addEventListener("error", () => fail(words.pictureFailed));
    request.addEventListener("load", () => {
      const { status, response } = request;
      request = null;
      if (status !== 200) return fail(response?.error ?? words.pictureFailed);
      dialog.close();
      show(response);
    });
    request.open("POST", address);
    request.responseType = "json";
    request.send(data);
  }

  // Alone in its paragraph a picture is a figure with its caption.
  function show({ address: source, alt: shown, caption: below }) {
    const escaped = (text) => text.replace(/[[\]\\]/g, "\\$&");
    const picture = `![${escaped(shown)}](${source}${below ? ` "${below.replace(/"/g, "”")}"` : ""})`;
    const before = field.value.slice(0, place.start);
    const after = field.value.slice(place.end);
    const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    replace(place.start, place.end, gap + picture + (after.startsWith("\n") ? "" : "\n\n"));
  }

  const pictures = (transfer) => [...(transfer?.files ?? [])].filter((one) => one.type.startsWith("image/") || /\.(?:jpe?g|png|gif|webp|avif)$/i.test(one.name));
  const take = (files) => {
    waiting.push(...files);
    if (!dialog?.open) open(waiting.shift());
  };
  field.addEventListener("paste", (event) => {
    const found = pictures(event.clipboardData);
    // A table of a spreadsheet comes with its own picture: its words are wanted.
    if (!found.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    take(found);
  });
  field.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  field.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return; // words
    event.preventDefault();
    const found = pictures(event.dataTransfer);
    if (found.length) take(found);
  });
  button("picture", "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M16 9h.01", "Mod+Alt+I", () => open());
});
