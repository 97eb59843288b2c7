// Passing a post on: what a link alone cannot do. Without this file its links still work.
document.addEventListener("DOMContentLoaded", () => {
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
});
