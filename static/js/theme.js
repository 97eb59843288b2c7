// Loaded before the first paint, so that a chosen theme never flashes the other one.
// The choice (auto, light, dark) is kept under the name that Django's admin uses: one switch for both.
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  const themes = ["auto", "light", "dark"];
  let theme = "auto";
  try { theme = localStorage.getItem("theme"); } catch { /* private mode */ }
  if (!themes.includes(theme)) theme = "auto";
  root.dataset.theme = theme;
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      const label = () => {
        button.title = button.dataset[theme];
        button.setAttribute("aria-label", button.title);
      };
      label();
      button.hidden = false;
      button.addEventListener("click", () => {
        theme = themes[(themes.indexOf(theme) + 1) % themes.length];
        root.dataset.theme = theme;
        try { localStorage.setItem("theme", theme); } catch { /* it lasts for this page */ }
        label();
      });
    }
  });
})();
