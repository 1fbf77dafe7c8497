// Where one writes: kept at every pause, sent by ctrl enter, and who else is here. Without it everything still works by its buttons.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const PAUSE = 1000; // milliseconds without a key
  const AGAIN = 5000; // after a failure
  const SIGN_OF_LIFE = 8000;

  // ------------------------------------------------------------ kept at every pause
  let timer = 0;
  let changed = false; // something was typed that the server does not have
  let onItsWay = null;
  let typedAt = 0;

  const form = () => one("form[data-compose]");
  const stash = (letter) => `kept.draft.${location.pathname}.${letter.dataset.compose}`;

  const typed = (letter) => {
    const words = new FormData(letter);
    words.delete("files");
    words.set("then", "quietly");
    return words;
  };

  const say = (words, s = "") => {
    const line = one("#kept-at");
    if (!line) return;
    line.textContent = words || line.dataset.empty;
    line.dataset.s = s;
  };

  const show = (html) => {
    const told = new DOMParser().parseFromString(html, "text/html").getElementById("told");
    if (!told || !one("#told")) return;
    say(one("#kept-now", told)?.textContent);
    one("#summary").textContent = one("#summary-now", told).textContent;
    one("#told").replaceWith(told);
    const back = one("#rhythm-now");
    if (!back) return;
    one("#rhythm").textContent = back.textContent;
    one("#follow-day").dataset.suggested = back.dataset.day;
  };

  const notKept = (letter, why) => {
    changed = true;
    // the words outlive a reload of this page, and are gone with its window
    sessionStorage.setItem(stash(letter), JSON.stringify([one("#words").value, one("#subject").value]));
    say(why || "Not kept just now: no connection. Your words stay here, and are kept as soon as it is back.", "late");
    if (!why) plan(AGAIN);
  };

  const keep = async (leaving = false) => {
    const letter = form();
    clearTimeout(timer);
    if (!letter || !changed) return;
    if (onItsWay) return plan(PAUSE);
    changed = false;
    try {
      onItsWay = fetch(letter.action, { method: "POST", body: typed(letter), keepalive: leaving });
      const answer = await onItsWay;
      const words = await answer.text();
      if (answer.redirected) notKept(letter, "Not kept: you are signed out. Sign in again in another window; your words stay here.");
      else if (answer.status === 409) notKept(letter, words);
      else if (!answer.ok) notKept(letter);
      else {
        sessionStorage.removeItem(stash(letter));
        if (form() === letter && !changed) show(words);
      }
    } catch {
      notKept(letter);
    } finally {
      onItsWay = null;
    }
  };

  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(), wait);
  };

  const inLetter = (target) => target.closest?.("form[data-compose]") && !target.matches("[type=file], [name^=go_], [name^=follow_]");

  document.addEventListener("input", (event) => {
    if (!inLetter(event.target)) return;
    changed = true;
    if (event.target.id === "words") typedAt = Date.now();
    plan(PAUSE);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("form[data-compose]")) {
      clearTimeout(timer);
      changed = false; // the form takes the words along
    }
  });
  addEventListener("online", () => keep());
  addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => document.hidden && keep());

  // the suggested day stands there as soon as one asks for a day
  document.addEventListener("focusin", (event) => {
    const day = event.target;
    if (day.id === "follow-day" && !day.value && day.dataset.suggested) day.value = day.dataset.suggested;
  });

  // ------------------------------------------------------------ ctrl enter sends
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !inLetter(event.target)) return;
    const send = one(".send button[data-variant=primary]", form());
    if (send) {
      event.preventDefault();
      form().requestSubmit(send);
    }
  });

  // ------------------------------------------------------------ an act beside swaps the page: what was typed stays
  let held = null;
  document.addEventListener("htmx:before:swap", () => {
    const words = one("#words");
    held = words && changed ? [form().dataset.compose, words.value] : null;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (held && form()?.dataset.compose === held[0]) one("#words").value = held[1];
    held = null;
    recover();
    notice();
    tell();
  });

  const recover = () => {
    const letter = form();
    const left = letter && sessionStorage.getItem(stash(letter));
    if (!left) return;
    const [words, subject] = JSON.parse(left);
    if (words === one("#words").value) return;
    one("#words").value = words;
    one("#subject").value = subject;
    changed = true;
    plan(0);
  };

  // ------------------------------------------------------------ who else is here: only a page in sight tells and asks
  const here = () => one("[data-presence]");

  const tell = async () => {
    const line = here();
    if (!line || document.hidden) return;
    const words = new FormData();
    words.set("csrfmiddlewaretoken", one("[name=csrfmiddlewaretoken]")?.value || "");
    if (Date.now() - typedAt < 2 * SIGN_OF_LIFE) words.set("typing", "1");
    try {
      const answer = await fetch(line.dataset.presence, { method: "POST", body: words });
      if (!answer.ok || answer.redirected) return;
      const others = await answer.text();
      if (line.textContent !== others) line.textContent = others;
      line.hidden = !others;
    } catch {
      // who else is here is not worth a word when the line is down
    }
  };

  setInterval(tell, SIGN_OF_LIFE);
  document.addEventListener("visibilitychange", tell);
  addEventListener("pagehide", () => {
    const line = here();
    const words = new FormData();
    words.set("csrfmiddlewaretoken", one("[name=csrfmiddlewaretoken]")?.value || "");
    words.set("undo", "1");
    if (line) navigator.sendBeacon(line.dataset.presence, words);
  });
  const notice = async () => {
    const letter = form();
    const answer = letter?.dataset.told && (await fetch(letter.dataset.told).catch(() => null));
    if (answer?.ok && !answer.redirected && form() === letter && !changed) show(await answer.text());
  };

  recover();
  notice();
  tell();
  one("#refused, #since, #held")?.focus();
})();
