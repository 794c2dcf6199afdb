// Forms of the reference: each sends its request from the page, and shows what comes back below it. Without a script those that a browser
// can send by itself still do.
"use strict";

(() => {
  const LONGEST = 20000; // characters of an answer that are shown

  for (const one of document.querySelectorAll(".try[hidden], .scripted[hidden]")) one.hidden = false;
  for (const one of document.querySelectorAll(".unscripted")) one.remove();

  const addressed = (form) => {
    let path = form.dataset.path;
    const query = new URLSearchParams();
    for (const box of form.querySelectorAll("[data-place]")) {
      const name = box.name || box.dataset.name;
      if (box.dataset.place === "path") path = path.replace(`{${name}}`, box.value.split("/").map(encodeURIComponent).join("/"));
      else if (box.value) query.append(name, box.value);
    }
    return query.size ? `${path}?${query}` : path;
  };

  const told = (text, type) => {
    if (!/json/.test(type) || /ndjson/.test(type)) return text;
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
  };

  const show = (outcome, line, text) => {
    const head = document.createElement("p"), box = document.createElement("pre"), code = document.createElement("code");
    head.textContent = line;
    code.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n…` : text;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "What came back");
    box.append(code);
    outcome.replaceChildren(head, ...(text ? [box] : []));
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches(".try")) return;
    event.preventDefault();
    const outcome = form.querySelector(".outcome"), body = form.querySelector("textarea"), key = document.getElementById("try-key");
    const headers = { ...(body ? { "Content-Type": form.dataset.type } : {}), ...(key && key.value ? { Authorization: `Bearer ${key.value}` } : {}) };
    const address = addressed(form), begun = performance.now();
    show(outcome, `Sending ${form.dataset.method} ${address} …`, "");
    try {
      const answer = await fetch(address, { method: form.dataset.method, headers, body: body ? body.value : undefined });
      const text = await answer.text(), took = Math.round(performance.now() - begun);
      show(outcome, `${answer.status} ${answer.statusText} in ${took} ms`, told(text, answer.headers.get("Content-Type") || ""));
    } catch {
      show(outcome, "No answer came back. Is the service still running?", "");
    }
  });
})();
