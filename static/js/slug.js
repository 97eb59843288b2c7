// Fills an address name from a title as it is typed, by the rules of `blog/models/slugs.py`: French ligatures are
// written out and an apostrophe parts two words, where Django's own script would drop the one and join the other.
window.URLify = (text, length) => {
  const written = { œ: "oe", Œ: "OE", æ: "ae", Æ: "AE", ß: "ss", "’": "-", "'": "-" };
  return text
    .replace(/[œŒæÆß’']/g, (letter) => written[letter])
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]/g, "")
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replace(/[-\s]+/g, "-")
    .replace(/^[-_]+|[-_]+$/g, "")
    .slice(0, length)
    .replace(/^-+|-+$/g, "");
};
// Django's script waits for a key; what is pasted, dictated or composed comes without one.
document.addEventListener("input", (event) => {
  if (event.target.matches("#id_title, #id_name")) django.jQuery(event.target).triggerHandler("keyup");
});
