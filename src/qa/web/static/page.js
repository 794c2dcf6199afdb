// Asks without a reload. The server renders each turn once, for this script and for browsers without it: the answer comes as a
// parsed document, whose new parts are copied over. No text is ever made into HTML here, so Trusted Types have nothing to allow.
"use strict";

(() => {
  const SWAPPED = ["top-links", "rail", "bar"];
  const byId = (id, root = document) => root.getElementById(id);
  let waiting = false;

  const say = (words) => { byId("status").textContent = words; };

  const take = (to, from) => to.replaceChildren(...Array.from(from.childNodes, (node) => document.importNode(node, true)));

  // Keeps the turns that are here already, so that what a reader has unfolded stays so.
  const addTurns = (here, there) => {
    const kept = new Set(Array.from(document.querySelectorAll(".jump a"), (link) => link.hash.slice(1)));
    for (const turn of Array.from(here.children)) if (!kept.has(turn.id)) turn.remove();
    for (const turn of there.children) here.append(document.importNode(turn, true));
  };

  const show = (answered) => {
    const here = byId("turns"), there = byId("turns", answered);
    for (const id of SWAPPED) take(byId(id), byId(id, answered));
    if (here && there) addTurns(here, byId("ask").classList.contains("wrong") ? { children: [] } : there);
    else take(byId("main"), byId("main", answered));
    document.title = answered.title;
    history.replaceState(null, "", byId("ask").classList.contains("wrong") ? location.href : "/");
  };

  const goOn = () => {
    const failed = byId("question-error"), turn = byId("turns")?.lastElementChild;
    if (failed) {
      say("");
      byId("question").focus();
    } else {
      say(turn.dataset.ready);
      turn.querySelector("h2").focus({ preventScroll: true });
      turn.scrollIntoView();
    }
  };

  const unreached = () => {
    byId("unreached").hidden = false;
    say(byId("unreached").textContent);
    byId("question").focus();
  };

  const send = (form, button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.append(button.name, button.value);
    const call = new XMLHttpRequest();
    call.open("POST", form.action);
    call.setRequestHeader("X-Turns", "last");
    call.responseType = "document";
    call.timeout = 30000;
    call.onloadend = () => {
      waiting = false;
      const answered = call.response;
      if (!answered || !byId("ask", answered)) return unreached();
      show(answered);
      goOn();
    };
    waiting = true;
    byId("unreached").hidden = true;
    say("Searching the reports");
    call.send(fields);
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "ask") return;
    event.preventDefault();
    if (!waiting) send(event.target, event.submitter);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "question" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
})();
