// Asks without a reload, and keeps the conversation for reload, Back and Forward. The server renders each turn once, for this script
// and for browsers without it: the answer comes as a parsed document, whose new parts are copied over. What is kept are elements as
// lists of names, attributes and texts; no text is ever made into HTML here, so Trusted Types have nothing to allow.
"use strict";

(() => {
  const PARTS = ["main", "rail", "top-links", "foot", "bar"];
  const KEPT = "askwell ";
  const byId = (id, root = document) => root.getElementById(id);
  let call = null; // the request under way
  let conversation = null; // names the turns of this conversation among all that are kept

  const say = (words) => { byId("status").textContent = words; };

  const copied = (nodes) => Array.from(nodes, (node) => document.importNode(node, true));

  // Keeping: the parts of the page as data, each turn once ------------------------------------------------------------------

  // What somebody in danger asked and was told is not kept.
  const isPrivate = (turn) => turn?.querySelector(".signposted") !== null;
  const lastTurn = () => document.querySelector("#turns > article:last-child");
  const isPrivateField = (node) => node.matches("input[name=history]")
    && Array.from(document.querySelectorAll("#turns > article")).some((turn) => isPrivate(turn) && turn.querySelector("h2").textContent === node.value);

  const frozen = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.localName === "script" || isPrivateField(node)) return "";
    if (node.matches("#turns > article")) return isPrivate(node) ? "" : { turn: node.id };
    const attributes = Array.from(node.attributes, (one) => [one.name, one.value]);
    return [node.namespaceURI, node.localName, attributes, Array.from(node.childNodes, frozen)];
  };

  const frozenTurn = (turn) => {
    const attributes = Array.from(turn.attributes, (one) => [one.name, one.value]);
    return [turn.namespaceURI, turn.localName, attributes, Array.from(turn.childNodes, frozen)];
  };

  const thawed = (data, turns) => {
    if (typeof data === "string") return document.createTextNode(data);
    if (data.turn) return thawed(turns[data.turn], turns);
    const [space, name, attributes, children] = data;
    const made = document.createElementNS(space, name);
    for (const [key, value] of attributes) if (key !== "style" && !key.startsWith("on")) made.setAttribute(key, value);
    made.append(...children.map((child) => thawed(child, turns)));
    return made;
  };

  const write = (key, data) => {
    try {
      sessionStorage.setItem(KEPT + key, JSON.stringify(data));
    } catch { // full: what is older gives way
      for (const one of Object.keys(sessionStorage)) if (one.startsWith(KEPT)) sessionStorage.removeItem(one);
      try { sessionStorage.setItem(KEPT + key, JSON.stringify(data)); } catch { /* this page is not kept */ }
    }
  };

  const read = (key) => {
    try { return JSON.parse(sessionStorage.getItem(KEPT + key)); } catch { return null; }
  };

  const keep = () => {
    const key = history.state?.key;
    if (!key || call || (lastTurn() && isPrivate(lastTurn()))) return;
    const turns = Array.from(document.querySelectorAll("#turns > article")).filter((turn) => !isPrivate(turn));
    for (const turn of turns) write(`${conversation} ${turn.id}`, frozenTurn(turn));
    const parts = Object.fromEntries(PARTS.map((id) => [id, frozen(byId(id))]));
    write(key, { title: document.title, conversation, turns: turns.map((turn) => turn.id), parts });
  };

  const restore = (key) => {
    const kept = read(key);
    const turns = Object.fromEntries((kept?.turns ?? []).map((id) => [id, read(`${kept.conversation} ${id}`)]));
    if (!kept || Object.values(turns).includes(null)) return false;
    for (const id of PARTS) byId(id).replaceWith(thawed(kept.parts[id], turns));
    document.title = kept.title;
    conversation = kept.conversation;
    return true;
  };

  const name = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (one) => one.toString(36)).join("");

  const begin = () => {
    conversation = name();
    if (history.state?.key && restore(history.state.key)) return;
    history.replaceState({ key: name() }, "");
    keep();
  };

  // While it works: the question at once, a word that it is searched for, and a way out -------------------------------------

  const pend = (question) => {
    const main = byId("main"), before = Array.from(main.childNodes);
    const shown = document.importNode(byId("pending").content, true);
    shown.querySelector("h2").textContent = question;
    const turn = shown.querySelector("article");
    if (byId("turns")) byId("turns").append(shown);
    else main.replaceChildren(shown);
    turn.querySelector("h2").focus({ preventScroll: true });
    turn.scrollIntoView();
    return () => {
      if (byId("turns")) turn.remove();
      else main.replaceChildren(...before);
    };
  };

  const waiting = (whether) => byId("ask")?.classList.toggle("waiting", whether);

  // Answers ---------------------------------------------------------------------------------------------------------------

  // Keeps the turns that are here already, so that what a reader has unfolded stays so.
  const addTurns = (here, there) => {
    const dropped = Number(byId("ask").elements.dropped?.value ?? 0);
    for (const turn of Array.from(here.children)) if (Number(turn.id.slice("turn-".length)) <= dropped) turn.remove();
    here.append(...copied(there.children));
  };

  const show = (answered) => {
    const here = byId("turns"), there = byId("turns", answered), failed = byId("question-error", answered) !== null;
    for (const id of PARTS.slice(1)) byId(id).replaceWith(document.importNode(byId(id, answered), true));
    if (here && there) addTurns(here, failed ? { children: [] } : there);
    else byId("main").replaceChildren(...copied(byId("main", answered).childNodes));
    document.title = answered.title;
    if (failed) {
      say("");
      byId("question").focus();
      return;
    }
    const turn = byId("turns").lastElementChild;
    say(turn.dataset.ready);
    turn.querySelector("h2").focus({ preventScroll: true });
    turn.scrollIntoView();
  };

  // What an error page says of itself, if the server could still send one; the question stands in the box again.
  const unreached = (told, question) => {
    const place = byId("unreached");
    place.textContent = told?.querySelector(".problem")?.textContent ?? place.dataset.words;
    place.hidden = false;
    say(place.textContent);
    byId("question").value = question;
    byId("question").focus();
  };

  // An opinion goes to an address of its own, and only its own place on the page changes.
  const showReply = (answered, id) => {
    byId(id).replaceChildren(...copied(byId(id, answered).childNodes));
    const reply = byId(id).querySelector(".reply");
    say(reply.textContent);
    reply.focus();
  };

  const send = (form, button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.append(button.name, button.value);
    const opinion = button?.hasAttribute("formaction") ? new URL(button.formAction) : null;
    const question = (button?.name === "ask" ? button.value : form.elements.question.value).trim();
    const typed = form.elements.question.value, target = opinion ?? new URL(form.action);
    byId("unreached").hidden = true;
    waiting(true);
    say(opinion ? "" : "Searching the reports");
    const undo = opinion || !question ? () => {} : pend(question);
    call = new XMLHttpRequest();
    call.open("POST", target.pathname);
    call.setRequestHeader("X-Turns", "last");
    call.setRequestHeader("Accept", "text/html");
    call.responseType = "document";
    call.timeout = 30000;
    call.onloadend = () => {
      const answered = call.response, cancelled = call.cancelled;
      call = null;
      undo();
      waiting(false);
      if (cancelled) {
        say("Cancelled");
        byId("question").value = question;
        byId("question").focus();
      } else if (!answered || !byId("ask", answered)) unreached(answered, question || typed);
      else if (opinion) showReply(answered, opinion.hash.slice(1));
      else {
        keep(); // as it was before the answer, with what has been unfolded since
        const isKept = !byId("question-error", answered) && !isPrivate(byId("turns", answered).lastElementChild);
        if (isKept) history.pushState({ key: name() }, "", target.pathname);
        show(answered);
      }
      keep();
    };
    call.send(fields);
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "ask") return;
    event.preventDefault();
    if (!call) send(event.target, event.submitter);
  });

  window.addEventListener("popstate", (event) => {
    if (event.state?.key && !restore(event.state.key)) location.reload();
  });
  window.addEventListener("pagehide", keep);

  // A link to the address that is shown starts anew, where a browser would keep the entry with its conversation.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || link.href !== location.origin + location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    keep();
    history.pushState(null, "", link.href);
    location.reload();
  });

  // Where the browser lets a page write to the clipboard, a citation that is unfolded gets its button.
  document.addEventListener("toggle", (event) => {
    if (!navigator.clipboard) return;
    for (const button of event.target.querySelectorAll(".copy")) button.hidden = false;
  }, true);

  document.addEventListener("click", async (event) => {
    if (event.target.closest?.(".cancel") && call) {
      call.cancelled = true;
      call.abort();
      return;
    }
    const button = event.target.closest?.(".copy");
    if (!button) return;
    const done = await navigator.clipboard.writeText(byId(button.dataset.copies).textContent).then(() => true, () => false);
    say(done ? "Copied" : "The browser did not allow copying");
    button.classList.toggle("done", done);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "question" || event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  begin();
})();
