// Names as they are typed: a list of those held that begin so, after the ARIA pattern of an editable box with a list. Without a script,
// or where the service does not answer, the box is a plain one.
"use strict";

(() => {
  const LEAST = 3; // letters
  const PAUSE = 220; // milliseconds without a key, after which names are looked for
  const MOST = 6; // names
  const WORDS = 6; // of a name that are looked at
  const ASKING = /^(an?|are|can|compare|did|do|does|has|have|how|is|list|of|show|tell|the|was|were|what|when|where|which|who|why)$/i;
  const known = new Map(); // beginning of a name → the names
  let timer = 0, asked = null, off = false;

  const box = () => document.getElementById("question");
  const list = () => document.getElementById("names");

  // What may be the beginning of a name: the last words from a capital on that begins no question, or the last word.
  const typed = () => {
    const text = box().value.slice(0, box().selectionEnd);
    const words = text.split(/\s+/).slice(-WORDS);
    const first = words.findIndex((word) => /^\p{Lu}/u.test(word) && !ASKING.test(word));
    const name = words.slice(first < 0 ? -1 : first).join(" ");
    return name.length >= LEAST && text.endsWith(name) ? name : "";
  };

  const close = () => {
    clearTimeout(timer);
    if (!list() || list().hidden) return;
    list().hidden = true;
    list().replaceChildren();
    box().removeAttribute("aria-activedescendant");
  };

  const mark = (place) => {
    const options = Array.from(list().children);
    for (const [number, option] of options.entries()) option.setAttribute("aria-selected", String(number === place));
    if (place < 0) box().removeAttribute("aria-activedescendant");
    else {
      box().setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    }
  };

  const marked = () => Array.from(list().children).findIndex((option) => option.getAttribute("aria-selected") === "true");

  const take = (option, name) => {
    const end = box().selectionEnd;
    box().setRangeText(option.dataset.name, end - name.length, end, "end");
    close();
    box().focus();
  };

  const open = (subjects, name) => {
    const options = subjects.map((subject, number) => {
      const option = document.createElement("li"), where = document.createElement("span");
      option.id = `name-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.name = subject.name;
      option.dataset.typed = name;
      where.textContent = [subject.attributes.town, subject.attributes.kind].filter(Boolean).join(" · ");
      option.append(subject.name, " ", where);
      return option;
    });
    list().replaceChildren(...options);
    list().hidden = options.length === 0;
    if (options.length) document.getElementById("status").textContent = `${options.length} names begin so; the arrow keys choose.`;
  };

  const look = async () => {
    const name = typed();
    if (!name || off) return close();
    if (!known.has(name)) {
      asked?.abort();
      asked = new AbortController();
      const answer = await fetch(`/subjects?limit=${MOST}&q=${encodeURIComponent(name)}`, { signal: asked.signal }).catch(() => null);
      if (!answer) return;
      if (!answer.ok) off = answer.status !== 422; // too often, or with a key only: the box stays a plain one
      const subjects = answer.ok ? (await answer.json()).subjects : [];
      known.set(name, Array.from(new Map(subjects.map((one) => [`${one.name} ${one.attributes.town}`, one])).values()));
    }
    if (box() === document.activeElement && typed() === name) open(known.get(name), name);
  };

  const prepare = (place) => {
    const told = { "aria-autocomplete": "list", "aria-controls": "names", "aria-haspopup": "listbox" };
    if (place?.id === "question") for (const [key, value] of Object.entries(told)) place.setAttribute(key, value);
  };
  document.addEventListener("focusin", (event) => prepare(event.target));
  prepare(document.activeElement);

  document.addEventListener("input", (event) => {
    if (event.target.id !== "question") return;
    close();
    timer = setTimeout(look, PAUSE);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "question" || event.isComposing || !list() || list().hidden) return;
    const number = list().children.length, place = marked();
    if (event.key === "ArrowDown") mark((place + 1) % number);
    else if (event.key === "ArrowUp") mark(place <= 0 ? number - 1 : place - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && place >= 0) take(list().children[place], list().children[place].dataset.typed);
    else if (event.key === "Enter" || event.key === "Tab") return close();
    else return;
    event.preventDefault();
  }, true);

  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.("#names [role=option]");
    if (!option) return close();
    event.preventDefault();
    take(option, option.dataset.typed);
  });

  document.addEventListener("focusout", (event) => { if (event.target.id === "question") close(); });
  document.addEventListener("submit", close);
})();
