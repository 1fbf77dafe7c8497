// Whom a letter goes to: the list that offers people, and one's own mail program. Without it one types them, and it gets what was kept.
(() => {
  "use strict";

  const one = (selector) => document.querySelector(selector);

  // ------------------------------------------------------------ one's own mail program gets what stands here now
  const ADDRESS = /[^\s<>"',;:?&=%#()[\]\\@]+@[A-Za-z0-9.-]+/g;
  const addresses = (field) => (field.value.match(ADDRESS) || []).map((found) => encodeURIComponent(found).replace("%40", "@")).join(",");
  const retyped = (name) => one(`#${name}`).value !== one(`#${name}`).defaultValue;

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-takes-words]");
    if (!link) return;
    const [to, query = ""] = (link.dataset.asKept ??= link.href).replace("mailto:", "").split("?");
    const parts = new Map(query.split("&").map((part) => part.split("=")));
    if (retyped("subject")) parts.set("subject", encodeURIComponent(one("#subject").value));
    ["cc", "bcc"].filter(retyped).forEach((name) => parts.set(name, addresses(one(`#${name}`))));
    parts.delete("body"); // the words stand last
    parts.set("body", encodeURIComponent(one("#words").value.replace(/\r?\n/g, "\r\n")));
    const said = Array.from(parts).filter(([, value]) => value).map((part) => part.join("="));
    link.href = `mailto:${retyped("to") ? addresses(one("#to")) : to}?${said.join("&")}`;
  });

  // ------------------------------------------------------------ several people in one field: the list offers the next one
  const people = async (list) => {
    if (!list?.dataset.from || list.dataset.asked) return;
    list.dataset.asked = "yes";
    const answer = await fetch(list.dataset.from).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    (await answer.json()).people.forEach(([line, of]) => list.append(new Option(of, line)));
    list.dataset.before = "";
  };

  const offer = async (field) => {
    await people(field.list);
    const before = field.value.match(/^.*,\s*/)?.[0] || "";
    const list = field.list;
    if (!list || list.dataset.before === before) return;
    list.dataset.before = before;
    Array.from(list.options).forEach((option) => {
      option.dataset.line ??= option.value;
      option.value = before + option.dataset.line;
    });
  };

  ["input", "focusin"].forEach((name) =>
    document.addEventListener(name, (event) => event.target.matches?.("[data-many]") && offer(event.target)),
  );
})();
