// The keys, and the row one stands on: kept through acts, reloads and the way back. Without it every page still works.
// A row is [data-row] with a main link [data-open] and acts [data-act="reply|aside|promise"]; [data-back] leads to its list.
(() => {
  "use strict";

  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const shown = (element) => element.getClientRects().length > 0;
  const FIELD = "input:not([type=hidden], [disabled]), select, textarea";

  // ------------------------------------------------------------ the row one stands on
  let place = -1;
  let touched = false; // since the page was opened, or the place in it
  let byKey = false; // only who works by keys is brought back to a row; a hand on the mouse points for itself

  const rows = () => all("[data-row]").filter(shown);
  const linkOf = (row) => (row.matches("[data-open]") ? row : one("[data-open]", row));
  const rowHere = () => document.activeElement?.closest("[data-row]") || one("[data-row].cur");

  const standOn = (row) => {
    all("[data-row].cur").forEach((other) => other.classList.remove("cur"));
    place = rows().indexOf(row);
    row.classList.add("cur");
  };

  const goTo = (row) => {
    standOn(row);
    (linkOf(row) || row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    const from = list.indexOf(rowHere());
    const to = from >= 0 ? from + by : by > 0 ? place : place - 1; // a row that was dealt with leaves its place to the next
    goTo(list[Math.max(0, Math.min(list.length - 1, to))]);
  };

  // a swap takes what had the focus with it: one goes on at the row that has its place now; or the row's mark alone
  document.addEventListener("htmx:after:swap", () => {
    const list = rows();
    const row = document.activeElement?.closest("[data-row]");
    if (row) return standOn(row);
    if (document.activeElement !== document.body || place < 0) return;
    if (list.length) goTo(list[Math.min(place, list.length - 1)]);
    else one("#main")?.focus();
  });

  // ------------------------------------------------------------ the list one came from, and where one stood in it
  const here = () => location.pathname + location.search;
  const left = JSON.parse(sessionStorage.getItem("kept.list") || "null");
  const cameFrom = one("[data-back]") ? left : null; // a page with a way back is no list itself

  addEventListener("pagehide", () => {
    if (one("[data-back]")) return;
    const row = rowHere();
    const stood = { list: here(), place, link: row && linkOf(row)?.getAttribute("href"), byKey };
    sessionStorage.setItem("kept.list", JSON.stringify(stood));
  });

  const back = () => {
    const link = one("[data-back]");
    if (link && cameFrom) location.assign(cameFrom.list);
    return Boolean(link) && (Boolean(cameFrom) || press(link));
  };

  const stand = () => {
    if (left?.list !== here() || !left.byKey || left.place < 0 || document.activeElement !== document.body) return;
    const list = rows();
    const same = list.find((row) => linkOf(row)?.getAttribute("href") === left.link);
    if (list.length) goTo(same || list[Math.min(left.place, list.length - 1)]);
  };

  // ------------------------------------------------------------ what a key does
  const unfold = (fold) => {
    fold.open = true;
    (all(FIELD, fold).find(shown) || one("summary", fold)).focus();
  };

  const press = (target) => {
    if (!target) return false;
    if (target.matches("summary")) unfold(target.parentElement);
    else if (target.matches("input:not([type=submit]), textarea, select")) target.focus();
    else target.click();
    return true;
  };

  const act = (name) => {
    const row = rowHere();
    return press(row && one(`[data-act="${name}"]`, row)) || (!row && press(one(`[data-act="${name}"]`)));
  };

  const open = () => {
    const row = rowHere();
    return Boolean(row) && press(linkOf(row));
  };

  const showKeys = () => {
    const sheet = one("dialog#keys");
    if (sheet && !sheet.open) sheet.showModal();
    return Boolean(sheet);
  };

  const search = () => {
    if (press(one("input[type=search]"))) return true;
    const elsewhere = one("link[rel=search]");
    if (elsewhere) location.assign(elsewhere.href);
    return Boolean(elsewhere);
  };

  const KEYS = {
    j: () => (step(1), true),
    k: () => (step(-1), true),
    r: () => act("reply"),
    a: () => act("reply_all"),
    f: () => act("forward"),
    n: () => press(one('[data-act="write"]')),
    e: () => act("aside"),
    p: () => act("promise"),
    u: back,
    "/": search,
    "?": showKeys,
  };

  // ctrl enter is the main button of a form of many words
  const send = (form) => {
    if (!form) return false;
    form.requestSubmit(one("button[data-variant=primary]", form));
    return true;
  };

  const typing = (element) => element.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
  // after an act one often stands in a field that is still as it came: there ctrl z means the act, not the field
  const untouched = (field) => "defaultValue" in field && field.value === field.defaultValue;
  const pressable = (element) => element.closest("a[href], button, summary, [role^=menuitem]") !== null;

  document.addEventListener("pointerdown", () => {
    byKey = false;
    touched = true;
  });
  document.addEventListener("wheel", () => (touched = true), { passive: true });
  document.addEventListener("keydown", (event) => {
    byKey = touched = true;
    if (event.defaultPrevented || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter" && send(event.target.closest("form[data-sends]"))) return event.preventDefault();
      const ours = !typing(event.target) || untouched(event.target);
      if (ours && event.key === "z" && press(one("[data-undo] button"))) event.preventDefault();
      return;
    }
    if (typing(event.target)) return;
    const done = event.key === "Enter" ? !pressable(event.target) && open() : KEYS[event.key]?.();
    if (done) event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) standOn(row);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shows-keys]")) showKeys();
  });

  // an address may lead to something folded up, or to a field
  const arrive = () => {
    const there = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = there && there.closest("details");
    if (fold) unfold(fold);
    else if (there && there.matches(FIELD)) there.focus();
  };

  // the browser scrolls to the named place first, and takes the focus away as it does; on a busy machine later than one
  // would think, so for two seconds it is given back, until somebody touches anything
  const afterIt = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  const stay = (until) => {
    if (touched || performance.now() > until) return;
    if (document.activeElement === document.body) arrive();
    setTimeout(stay, 50, until);
  };
  const go = () => {
    arrive();
    touched = false;
    stay(performance.now() + 2000);
  };
  addEventListener("hashchange", () => afterIt(go));
  addEventListener("load", () => afterIt(() => (go(), stand())));
})();
