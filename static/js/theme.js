// Loaded before the first paint, so that a chosen theme never flashes the other one.
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  const themes = ["system", "light", "dark"];
  const stored = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  let theme = themes.includes(stored()) ? stored() : "system";
  const apply = () => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  apply();
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      const label = () => { button.textContent = button.dataset[theme]; };
      label();
      button.hidden = false;
      button.addEventListener("click", () => {
        theme = themes[(themes.indexOf(theme) + 1) % themes.length];
        try { localStorage.setItem("theme", theme); } catch { /* private mode: it lasts for this page */ }
        apply();
        label();
      });
    }
  });
})();
