// The page's own behaviour: places open in the panel, buttons reach Python, columns follow on a small screen.
window.dixit = (() => {
  const dixit = { open: () => {} };
  const place = /^#dixit-([0-9a-f]+)(?:-(\d+)-(\d+))?$/;

  // A link to a place ("#dixit-<article>-<start>-<end>"), in the chat or in a list, opens it in the panel.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="#dixit-"]');
    const found = link && place.exec(link.getAttribute("href").replace(/^[^#]*/, ""));
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    document.querySelectorAll("a[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    dixit.cameFrom = link;
    dixit.show("source");
    dixit.open({ article: found[1], start: Number(found[2] ?? 0), end: Number(found[3] ?? 0) });
  }, true);

  // Below a certain width one column shows at a time; the style sheet reads this attribute.
  dixit.show = (view) => {
    document.documentElement.dataset.view = view;
    document.querySelectorAll("[data-show]").forEach((tab) =>
      tab.setAttribute("aria-current", String(tab.dataset.show === view)));
  };
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("[data-show]");
    if (tab) dixit.show(tab.dataset.show);
  });

  // Buttons made in Python: data-do names the event, the other data-* travel with it.
  dixit.bind = (element, trigger) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) trigger(button.dataset.do, { ...button.dataset });
    });
  };

  dixit.bindPanel = (element, trigger, watch) => {
    dixit.open = (wanted) => {
      const key = Object.values(wanted).join("-");
      if (key === dixit.opened) reveal(element); // the same place again: no new value will arrive
      dixit.opened = key;
      trigger("open", wanted);
    };
    watch("value", () => reveal(element));
    element.addEventListener("click", (event) => {
      const step = event.target.closest("[data-step]");
      if (step) walk(element, Number(step.dataset.step));
    });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && dixit.cameFrom?.isConnected) {
        dixit.show("chat");
        dixit.cameFrom.focus();
      }
    });
  };

  // Scroll to the cited words and move the keyboard there; without any, to the top of the article.
  function reveal(element) {
    const cited = element.querySelector("mark.cited");
    const reading = element.querySelector(".reading");
    if (cited) center(cited);
    else if (reading) scroller(reading).scrollTop = 0;
    cited?.focus({ preventScroll: true });
  }

  function walk(element, step) {
    const all = [...element.querySelectorAll(".quotation")];
    if (!all.length) return;
    const current = element.querySelector(".current") ?? element.querySelector("mark.cited");
    let at = all.indexOf(current);
    if (at < 0 && current) {
      const after = all.findIndex((other) => current.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
      at = after < 0 ? all.length - (step > 0 ? 1 : 0) : after - (step > 0 ? 1 : 0);
    }
    const next = all[(at + step + all.length) % all.length];
    element.querySelector(".current")?.classList.remove("current");
    next.classList.add("current");
    center(next);
  }

  function center(target) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  }

  function scroller(element) {
    return element.closest("#source") ?? document.scrollingElement;
  }

  // Gradio labels each message with its source, tags and all: a screen reader shall read the message itself.
  new MutationObserver(() => {
    for (const message of document.querySelectorAll("#chat [data-testid][aria-label]")) message.removeAttribute("aria-label");
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-label"] });

  // Files dropped anywhere on the list of articles go the way of the upload button.
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const library = event.target.closest?.("#library");
      if (!library || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      library.classList.toggle("dropping", kind === "dragover");
      const input = kind === "drop" && library.querySelector('input[type="file"]');
      if (!input) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  dixit.show("chat");
  return dixit;
})();
