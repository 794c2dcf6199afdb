// Puts Askwell where this script is loaded: <script src="https://…/widget.js" data-height="640" async></script>
"use strict";

(() => {
  const script = document.currentScript, frame = document.createElement("iframe");
  frame.src = new URL("/embed", script.src);
  frame.title = script.dataset.title || "Ask about ratings and reports";
  frame.width = "100%";
  frame.height = script.dataset.height || "640";
  frame.loading = "lazy";
  frame.referrerPolicy = "no-referrer";
  script.after(frame);
})();
