{% load static %}// What was read can be read again without a network. With one, the network always answers: nothing is ever stale.
const KEPT = "read", MOST = 200; // pages, and the files they show
const OFFLINE = "{% url 'offline' %}";
const AT_HAND = [OFFLINE, "{% static 'css/causerie.css' %}", "{% static 'js/theme.js' %}", "{% static 'js/post.js' %}", "{% static 'icon.svg' %}"];
const NEVER = /^\/(admin|preview|comments|search|share)\//; // what is somebody's own, or endless

const pathOf = (request) => new URL(request.url).pathname;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(AT_HAND)));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// A page tells it the addresses that were read before it was there.
addEventListener("message", ({ data }) => {
  for (const path of data) {
    const request = new Request(path);
    if (!NEVER.test(pathOf(request))) fetch(request).then((answer) => keep(request, answer, true), () => {});
  }
});

addEventListener("fetch", (event) => {
  const { request } = event, page = request.mode === "navigate", never = NEVER.test(pathOf(request));
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (!page && (never || !["style", "script", "image"].includes(request.destination))) return;
  event.respondWith(fetch(request).then(
    (answer) => {
      if (!never) event.waitUntil(keep(request, answer.clone(), page));
      return answer;
    },
    async () => await find(request, page) || (page ? offline() : Response.error()),
  ));
});

const find = (request, page) => caches.match(request, { ignoreSearch: page, ignoreVary: true });

async function keep(request, answer, page) {
  const kept = await caches.open(KEPT), says = (name) => answer.headers.get(name) || "";
  if ([404, 410].includes(answer.status)) return kept.delete(request); // what was taken back is gone here too
  if (answer.status !== 200 || answer.redirected || new URL(request.url).search) return;
  if (/private|no-store/.test(says("Cache-Control")) || /cookie|\*/i.test(says("Vary"))) return;
  if (page && !says("Content-Type").startsWith("text/html")) return;
  await kept.put(request, answer);
  const rest = (await kept.keys()).filter((one) => !AT_HAND.includes(pathOf(one)));
  await Promise.all(rest.slice(0, -MOST).map((old) => kept.delete(old)));
}

// In words, with links to what is here.
async function offline() {
  const kept = await caches.open(KEPT), page = await kept.match(OFFLINE);
  const items = (await kept.keys()).map(pathOf).filter((path) => path.endsWith("/")).reverse().map(async (path) => {
    const title = (await (await kept.match(path, { ignoreVary: true })).text()).match(/<title>([^<]*)/)?.[1] || path;
    return `<li><a href="${path}">${title}</a></li>`;
  });
  const html = (await page.text()).replace("<li></li>", (await Promise.all(items)).join(""));
  return new Response(html, { headers: page.headers });
}
