// Asks without a reload. The server renders each turn once, for this script and for browsers without it: the answer comes as a
// parsed document, whose new parts are copied over. No text is ever made into HTML here, so Trusted Types have nothing to allow.
"use strict";

(() => {
  const SWAPPED = ["top-links", "rail", "foot", "bar"];
  const byId = (id, root = document) => root.getElementById(id);
  let waiting = false;

  const wait = (whether) => {
    waiting = whether;
    byId("ask").classList.toggle("waiting", whether);
  };

  const say = (words) => { byId("status").textContent = words; };

  const take = (to, from) => to.replaceChildren(...Array.from(from.childNodes, (node) => document.importNode(node, true)));

  // Keeps the turns that are here already, so that what a reader has unfolded stays so.
  const addTurns = (here, there) => {
    const dropped = Number(byId("ask").elements.dropped?.value ?? 0);
    for (const turn of Array.from(here.children)) if (Number(turn.id.slice("turn-".length)) <= dropped) turn.remove();
    for (const turn of there.children) here.append(document.importNode(turn, true));
  };

  const show = (answered) => {
    const here = byId("turns"), there = byId("turns", answered);
    for (const id of SWAPPED) byId(id).replaceWith(document.importNode(byId(id, answered), true));
    if (here && there) addTurns(here, byId("ask").classList.contains("wrong") ? { children: [] } : there);
    else take(byId("main"), byId("main", answered));
    document.title = answered.title;
    history.replaceState(null, "", byId("ask").classList.contains("wrong") ? location.href : location.pathname);
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

  // What an error page says of itself, if the server could still send one.
  const unreached = (told) => {
    byId("unreached").textContent = told?.querySelector(".problem")?.textContent ?? byId("unreached").dataset.words;
    byId("unreached").hidden = false;
    say(byId("unreached").textContent);
    byId("question").focus();
  };

  // An opinion goes to an address of its own, and only its own place on the page changes.
  const showReply = (answered, id) => {
    take(byId(id), byId(id, answered));
    const reply = byId(id).querySelector(".reply");
    say(reply.textContent);
    reply.focus();
  };

  const send = (form, button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.append(button.name, button.value);
    const opinion = button?.hasAttribute("formaction") ? new URL(button.formAction) : null;
    const call = new XMLHttpRequest();
    call.open("POST", opinion?.pathname ?? form.action);
    call.setRequestHeader("X-Turns", "last");
    call.setRequestHeader("Accept", "text/html");
    call.responseType = "document";
    call.timeout = 30000;
    call.onloadend = () => {
      wait(false);
      const answered = call.response;
      if (!answered || !byId("ask", answered)) return unreached(answered);
      if (opinion) return showReply(answered, opinion.hash.slice(1));
      show(answered);
      goOn();
    };
    wait(true);
    byId("unreached").hidden = true;
    say(opinion ? "" : "Searching the reports");
    call.send(fields);
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "ask") return;
    event.preventDefault();
    if (!waiting) send(event.target, event.submitter);
  });

  // Where the browser lets a page write to the clipboard, a citation that is unfolded gets its button.
  document.addEventListener("toggle", (event) => {
    if (!navigator.clipboard) return;
    for (const button of event.target.querySelectorAll(".copy")) button.hidden = false;
  }, true);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".copy");
    if (!button) return;
    const done = await navigator.clipboard.writeText(byId(button.dataset.copies).textContent).then(() => true, () => false);
    say(done ? "Copied" : "The browser did not allow copying");
    button.classList.toggle("done", done);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "question" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
})();
