// Leaves of the questions those that hold every word typed; without a script all stand there.
"use strict";
(() => {
  const box = document.getElementById("find"), told = document.getElementById("found");
  const cases = Array.from(document.querySelectorAll(".failure"), (one) => [one, one.textContent.toLowerCase()]);
  document.getElementById("finding").hidden = false;
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [one, text] of cases) {
      one.hidden = !words.every((word) => text.includes(word));
      if (!one.hidden) shown += 1;
    }
    told.textContent = words.length ? `${shown} of ${cases.length}` : "";
  });
})();
