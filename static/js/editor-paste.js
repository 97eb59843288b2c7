// What is pasted comes as Markdown: rich text with its headings, lists and links, an address as a link of the words
// that are selected. Without formatting (Ctrl+Shift+V) it comes as it is.
document.addEventListener("editor:ready", ({ detail: { field, insert, replace, selection } }) => {
  const BLOCKS = /^(?:P|DIV|SECTION|ARTICLE|H[1-6]|UL|OL|LI|BLOCKQUOTE|PRE|TABLE|TR|HR|FIGURE|FIGCAPTION|HEADER|FOOTER|MAIN|DL|DT|DD)$/;
  const NOTHING = /^(?:SCRIPT|STYLE|HEAD|META|TITLE|NOSCRIPT|TEMPLATE|SVG|MATH|IFRAME|OBJECT|BUTTON|INPUT|SELECT|TEXTAREA)$/i;
  const FORMATTED = "h1,h2,h3,h4,h5,h6,ul,ol,blockquote,pre,table,a[href],strong,b,em,i,img,code,hr,p + p";
  const DEEPEST = 40;

  const escaped = (text) => text.replace(/[\\*`[\]<]/g, "\\$&").replace(/(^|\W)_|_(?=\W|$)/g, (whole, before = "") => `${before}\\_`);
  const lineStart = (text) => text.replace(/^(\s*)([#>+-]|\d+[.)])(?=\s)/gm, (whole, space, mark) => space + (mark.length > 1 ? mark.slice(0, -1) + "\\" + mark.slice(-1) : "\\" + mark));
  const address = (value) => /^(?:https?:|mailto:|tel:|\/|#)/i.test(value ?? "") ? value.trim().replace(/[\s()<>]/g, encodeURIComponent) : null;
  const marked = (text, mark) => text.replace(/^(\s*)([^]*?)(\s*)$/, (whole, before, inner, after) => inner ? before + mark + inner + mark + after : whole);

  // The words of one element on one line.
  function inline(node, depth = 0) {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[ \t\r\n]+/g, " "));
    if (node.nodeType !== Node.ELEMENT_NODE || NOTHING.test(node.tagName) || depth > DEEPEST) return "";
    if (node.tagName === "CODE" || node.tagName === "KBD") return marked(node.textContent, "`");
    const inside = Array.from(node.childNodes, (child) => inline(child, depth + 1)).join("");
    const style = node.dataset.style ?? "";
    const weight = style.match(/font-weight:\s*(\w+)/)?.[1];
    const slant = style.match(/font-style:\s*(\w+)/)?.[1];
    switch (node.tagName) {
      case "BR": return "  \n";
      case "IMG": { const source = address(node.getAttribute("src")); return source ? `![${escaped(node.alt)}](${source})` : escaped(node.alt); }
      case "A": { const target = address(node.getAttribute("href")); return target && inside.trim() ? `[${inside.trim()}](${target})` : inside; }
      case "STRONG": case "B": return /^(?:normal|400)$/.test(weight) ? inside : marked(inside, "**"); // Google's <b> around all
      case "EM": case "I": return slant === "normal" ? inside : marked(inside, "*");
      case "DEL": case "S": return inside.trim() ? `<del>${inside}</del>` : inside;
      case "SPAN": return marked(marked(inside, slant === "italic" ? "*" : ""), /^(?:bold|[67]00)$/.test(weight) ? "**" : "");
      default: return inside;
    }
  }

  const tidy = (text) => text.replace(/ *\n */g, (whole) => whole.startsWith("  \n") ? "  \n" : "\n").trim();
  const indented = (text, by) => text.replace(/\n(?=[^\n])/g, `\n${by}`);

  // The blocks of an element, each as Markdown.
  function blocks(node, depth = 0) {
    const found = [];
    let line = "";
    const end = () => { if (tidy(line)) found.push(lineStart(tidy(line))); line = ""; };
    for (const child of node.childNodes) {
      const isBlock = child.nodeType === Node.ELEMENT_NODE && depth < DEEPEST && !NOTHING.test(child.tagName) && (BLOCKS.test(child.tagName) || child.querySelector?.("p,h1,h2,h3,ul,ol,pre,table,blockquote"));
      if (!isBlock) { line += inline(child); continue; }
      end();
      found.push(...block(child, depth));
    }
    end();
    return found;
  }

  function block(node, depth) {
    const { tagName } = node;
    if (/^H[1-6]$/.test(tagName)) return tidy(inline(node)) ? [`${"#".repeat(Math.max(2, Number(tagName[1])))} ${tidy(inline(node)).replace(/\s*\n\s*/g, " ").replace(/^\*\*(.*)\*\*$/, "$1")}`] : [];
    if (tagName === "HR") return ["---"];
    if (tagName === "PRE") return [`\`\`\`${node.querySelector("[class*=language-]")?.className.match(/language-(\w+)/)?.[1] ?? ""}\n${node.textContent.replace(/\n$/, "")}\n\`\`\``];
    if (tagName === "BLOCKQUOTE") return [blocks(node, depth + 1).join("\n\n").replace(/^/gm, "> ").replace(/^> $/gm, ">")];
    if (tagName === "TABLE") return table(node);
    if (tagName !== "UL" && tagName !== "OL") return blocks(node, depth + 1);
    const items = [...node.children].map((item, place) => {
      const mark = tagName === "OL" ? `${place + 1}. ` : "- ";
      const inside = /^[UO]L$/.test(item.tagName) ? block(item, depth + 1) : blocks(item, depth + 1);
      return mark + indented(inside.join("\n").replace(/^\s+/, ""), "    ");
    });
    return items.length ? [items.join("\n")] : [];
  }

  function table(node) {
    const rows = [...node.rows].map((row) => [...row.cells].map((cell) => tidy(inline(cell)).replace(/\s*\n\s*/g, " ").replace(/\|/g, "\\|")));
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width < 2 || node.querySelector("table")) return rows.flat().filter(Boolean);
    const line = (row) => `| ${Array.from({ length: width }, (nothing, place) => row[place] ?? "").join(" | ")} |`;
    return [[line(rows[0]), line(Array(width).fill("---")), ...rows.slice(1).map(line)].join("\n")];
  }

  // A document made by a parser loads nothing and runs nothing. Its styles, which our policy would complain of, are
  // only read.
  function toMarkdown(given) {
    const html = given.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return body.querySelector(FORMATTED) ? blocks(body).join("\n\n") : "";
  }

  let plain = false;
  field.addEventListener("keydown", (event) => { plain = event.shiftKey && event.key.toLowerCase() === "v"; });
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    const { start, end, text: words } = selection();
    if (words && !words.includes("\n") && /^https?:\/\/\S+$/.test(text.trim()) && !/^https?:/.test(words)) {
      event.preventDefault();
      return replace(start, end, `[${words}](${address(text)})`);
    }
    const html = plain ? "" : event.clipboardData.getData("text/html");
    const markdown = html.length < 2e6 ? toMarkdown(html) : "";
    if (!markdown) return;
    event.preventDefault();
    insert(markdown);
  });
});
