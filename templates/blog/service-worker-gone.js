// The author has turned this off: browsers that had it take it out, and what it kept.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(caches.delete("read").then(() => registration.unregister())));
