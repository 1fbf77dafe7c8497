// The desk's own habits: what folds up again, the undo line, what is said while an act is on its way. Without it every page still works.
(() => {
  "use strict";

  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);

  // ------------------------------------------------------------ things that unfold close when one goes elsewhere
  const closeOthers = (target) =>
    all("details[data-closes][open]").forEach((fold) => {
      if (!fold.contains(target)) fold.open = false;
    });

  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const fold = event.target.closest("details[data-closes][open]");
    closeOthers(null);
    if (fold) one("summary", fold).focus();
  });

  // ------------------------------------------------------------ the undo line: the time it stays is the used part of the line
  const count = (line) => {
    const seconds = Number(line.dataset.seconds);
    if (!seconds || line.dataset.counting) return;
    line.dataset.counting = "yes";
    let left = seconds;
    const held = () => line.matches(":hover") || line.contains(document.activeElement);
    const draw = () => {
      const share = `${(100 * (1 - left / seconds)).toFixed(2)}%`;
      one(".used", line)?.setAttribute("x2", share);
      one(".mkdot", line)?.setAttribute("cx", share);
    };
    const beat = setInterval(() => {
      if (!line.isConnected) return clearInterval(beat);
      if (held()) return; // nobody is hurried while reading it
      left -= 0.25;
      draw();
      if (left > 0) return;
      clearInterval(beat);
      line.remove();
    }, 250);
  };

  const countAll = () => all("[data-undo]").forEach(count);

  // ------------------------------------------------------------ on its way: after two seconds a sentence; after a failure, what to do
  const foot = () => one("#undo");

  const sayAtFoot = (words) => {
    const place = foot();
    if (!place) return null;
    const line = document.createElement("p");
    line.className = "mid meanwhile";
    line.textContent = words;
    place.append(line);
    return line;
  };

  const waiting = new Map();

  const ended = (source) => {
    const held = waiting.get(source);
    if (!held) return;
    clearTimeout(held.timer);
    held.line?.remove();
    waiting.delete(source);
  };

  const failed = () => {
    const words = one("template#went-wrong");
    if (words && foot()) foot().replaceChildren(words.content.cloneNode(true));
  };

  document.addEventListener("htmx:before:request", (event) => {
    const source = event.detail.ctx.sourceElement;
    const held = { line: null };
    held.timer = setTimeout(() => {
      held.line = sayAtFoot(source.dataset.meanwhile || "Still on it. You can go on; it is done when this line is gone.");
    }, 2000);
    ended(source);
    waiting.set(source, held);
  });
  document.addEventListener("htmx:finally:request", (event) => ended(event.detail.ctx.sourceElement));
  document.addEventListener("htmx:error", failed);
  document.addEventListener("htmx:response:error", (event) => {
    const status = event.detail.ctx.response.status;
    if (status === 403 || status === 404 || status >= 500) failed(); // 4xx else carry a form with its faults in words
  });
  document.addEventListener("htmx:after:swap", countAll);

  countAll();
})();
