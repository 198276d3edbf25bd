// The page's own behaviour: places open in the panel, buttons reach Python, columns follow on a small screen.
window.dixit = (() => {
  const dixit = { open: null, deed: () => {}, forms: {} };

  // The browser's name, under which the server keeps its conversation; and the language chosen on the page.
  const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.split("=")[1];
  const keep = (name, value) => (document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`);
  if (!cookie("dixit")) {
    keep("dixit", [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  if (cookie("dixit_lang")) document.documentElement.lang = cookie("dixit_lang");
  document.addEventListener("click", (event) => {
    const language = event.target.closest?.("[data-lang]");
    if (!language) return;
    keep("dixit_lang", language.dataset.lang);
    location.reload();
  });

  // The workspace that is shown: each request says which, so that a page goes on in its own when another tab has chosen
  // another. The choice is kept for the next page that is opened.
  const fetched = window.fetch;
  window.fetch = (asked, options = {}) => {
    const workspace = document.querySelector("[data-workspace]")?.dataset.workspace;
    if (!workspace) return fetched(asked, options);
    const headers = new Headers(options.headers ?? (asked instanceof Request ? asked.headers : undefined));
    headers.set("x-dixit-workspace", workspace);
    return fetched(asked, { ...options, headers });
  };
  document.addEventListener("change", (event) => {
    if (!event.target.closest?.("[data-workspace]")) return;
    keep("dixit_workspace", event.target.value);
    location.href = "/";
  });

  // What the middle column shows on a wide screen.
  const main = ["chat", "search", "speakers", "people"];

  // What can be shown has an address, which the browser keeps in its history: a place ("#dixit-<article>-<start>-<end>")
  // opens in the panel, a person ("#dixit-person-<id>-<name>") among the names, a view ("#dixit-people") by itself.
  const place = /^#dixit-([0-9a-f]+)(?:-(\d+)-(\d+))?$/;
  const page = /^#dixit-person-(\d+)-(.+)$/;
  const addresses = [
    [place, (article, start = 0, end = 0) => {
      dixit.show("source");
      dixit.open?.({ article, start: Number(start), end: Number(end) });
      return dixit.open;
    }],
    [page, (person, name) => {
      const there = list({ person, called: name });
      dixit.show("people");
      return there;
    }],
    [/^#dixit-(search|speakers|people|library|source)$/, (view) => {
      const there = view !== "people" || list({ person: "", called: "" });
      dixit.show(view);
      return there;
    }],
    [/^/, () => {
      dixit.show("chat");
      return true;
    }],
  ];
  const last = {}; // by view: the address that it showed last
  let waits = false; // the part of the page that shows what is addressed is not there yet

  dixit.go = (address) => {
    note(address);
    follow();
  };
  function note(address) {
    if (address === location.hash) return;
    history.pushState(null, "", address || location.pathname + location.search); // "" alone would change nothing
  }
  function follow() {
    const [pattern, open] = addresses.find(([each]) => each.test(location.hash));
    waits = !open(...pattern.exec(location.hash).slice(1));
    last[document.documentElement.dataset.view] = location.hash;
  }
  const followOnceThere = () => waits && follow();
  addEventListener("popstate", follow);

  // Everybody who is named, or the page of one, which begins at its top.
  function list(wanted) {
    const form = dixit.forms.people;
    const shown = form?.values();
    if (form && ["person", "called"].some((name) => (shown[name] ?? "") !== wanted[name])) {
      form.set(wanted);
      scroller(document.querySelector("#people-list"), "#people").scrollTop = 0;
    }
    return form;
  }

  // Whoever narrows the list leaves the page of a person.
  function leavePerson() {
    if (!page.test(location.hash)) return;
    note((last.people = "#dixit-people"));
  }

  // A link to what has an address, in the chat or in a list, opens it here; with Ctrl and the like, as the browser does.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="#dixit-"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const address = link.getAttribute("href").replace(/^[^#]*/, "");
    event.preventDefault();
    event.stopPropagation();
    if (place.test(address)) {
      document.querySelectorAll("a[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
      dixit.cameFrom = link;
      dixit.opening = "correct" in link.dataset ? "correcting" : "";
    }
    dixit.go(address);
  }, true);

  // The style sheet reads which view was asked for: "main" is what the middle column shows on a wide screen, "view"
  // the column that a small one shows.
  dixit.show = (view) => {
    const root = document.documentElement;
    root.dataset.view = view;
    if (main.includes(view)) root.dataset.main = view;
    markTabs();
    refreshForms();
  };
  function markTabs() {
    const { view, main } = document.documentElement.dataset;
    document.querySelectorAll("[data-show]").forEach((tab) => {
      tab.setAttribute("aria-current", String(tab.dataset.show === view));
      tab.classList.toggle("main", tab.dataset.show === main);
    });
  }
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("[data-show]");
    if (!tab) return;
    note(last[tab.dataset.show] ?? `#dixit-${tab.dataset.show}`); // it still shows that
    dixit.show(tab.dataset.show);
  });
  addEventListener("resize", () => refreshForms());

  // Buttons made in Python: data-do names the event, the other data-* travel with it.
  dixit.bind = (element, trigger) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) trigger(button.dataset.do, { ...button.dataset });
    });
  };

  // A filter sends its fields whenever one changes, and again when Python brings a new form, its values kept. One that
  // is not in view waits until it is.
  dixit.bindForm = (element, trigger, watch) => {
    let values = {};
    let waiting = 0;
    const bound = {
      trigger,
      stale: false,
      visible: () => element.closest(".column").offsetParent !== null,
      send: () => {
        bound.stale = false;
        trigger("filter", values);
      },
      values: () => values,
      set: (fields) => {
        const { elements } = element.querySelector("form");
        for (const [name, value] of Object.entries(fields)) if (elements[name]) elements[name].value = value;
        values = { ...values, ...fields };
        bound.send();
      },
    };
    const read = () => Object.fromEntries(new FormData(element.querySelector("form")));
    const renew = () => {
      const form = element.querySelector("form");
      if (!form) return;
      dixit.forms[form.getAttribute("name")] = bound;
      for (const [name, value] of Object.entries(values)) if (form.elements[name]) form.elements[name].value = value;
      bound.stale = true;
      followOnceThere();
      refreshForms();
    };
    element.addEventListener("input", (event) => {
      values = read();
      if (element.closest("#people")) leavePerson();
      clearTimeout(waiting);
      waiting = setTimeout(bound.send, event.target.type === "search" ? 200 : 100); // two changes at once are one
    });
    element.addEventListener("reset", () => setTimeout(() => { values = read(); bound.send(); }));
    element.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      trigger(button.dataset.do, { ...values, ...button.dataset });
      button.closest("details")?.removeAttribute("open");
    });
    watch("value", renew);
    renew();
  };
  function refreshForms() {
    for (const form of Object.values(dixit.forms)) if (form.stale && form.visible()) form.send();
  }

  // In a list below a filter: buttons that set one of its fields, or do something to an article.
  dixit.bindList = (element, name) => {
    dixit.bindFields(element, (deed, fields) => {
      dixit.show("source"); // where it is told what came of it
      dixit.opened = ""; // the panel shows something else then
      dixit.forms[name].trigger(deed, fields);
    });
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-set], [data-do]");
      if (!button || button.type === "submit") return;
      if (button.dataset.set) dixit.forms[name].set({ [button.dataset.set]: button.value });
      else {
        dixit.removing = button.dataset.do === "remove";
        dixit.forms[name].trigger(button.dataset.do, { ...button.dataset });
      }
    });
  };

  // A form of ours sends its fields with what its button says; Enter is its first button.
  dixit.bindFields = (element, send) => {
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter ?? event.target.querySelector("[data-do]");
      if (button?.dataset.do) send(button.dataset.do, { ...button.dataset, ...fieldsOf(event.target) });
    });
  };

  // What is chosen several times over goes as one text, with spaces between.
  function fieldsOf(form) {
    const data = new FormData(form);
    return Object.fromEntries([...data.keys()].map((name) => [name, data.getAll(name).join(" ")]));
  }

  // What became of articles: the keyboard, which was on the button that removed one, goes to the way back.
  dixit.bindResults = (element, trigger, watch) => {
    dixit.bind(element, trigger);
    watch("value", () => {
      if (dixit.removing) element.querySelector("[data-do=back]")?.focus();
      dixit.removing = false;
    });
  };

  // A folded list, of the feeds that are watched or of the members, stays as it was when it is shown anew.
  dixit.bindFeeds = (element, trigger, watch) => {
    let open = false;
    dixit.bindFields(element, trigger);
    element.addEventListener("toggle", (event) => (open = event.target.open), true);
    watch("value", () => element.querySelector("details")?.toggleAttribute("open", open));
  };

  // A file that Python made is handed to the reader.
  dixit.bindDownload = (element, watch) => {
    watch("value", () => {
      const made = element.querySelector("pre[data-name]");
      if (!made) return;
      const link = document.createElement("a");
      const told = made.dataset.encoded
        ? Uint8Array.from(atob(made.textContent), (sign) => sign.charCodeAt(0))
        : made.textContent;
      link.href = URL.createObjectURL(new Blob([told], { type: made.dataset.encoded || "text/plain;charset=utf-8" }));
      link.download = made.dataset.name;
      link.click();
      URL.revokeObjectURL(link.href);
      made.textContent = "";
    });
  };

  // Below an answer: what can be done with it. The sanitiser of the chat leaves classes and values, so those tell.
  dixit.bindTalk = (element, trigger) => {
    dixit.bind(element, trigger);
    dixit.deed = trigger;
  };
  document.addEventListener("click", (event) => {
    const all = event.target.closest?.("#chat button.all");
    if (!all) return;
    document.querySelector("form[name=statements]")?.reset();
    dixit.forms.statements.set({ speaker: all.value });
    dixit.go("#dixit-speakers");
  });
  document.addEventListener("click", (event) => {
    const deed = event.target.closest?.("#chat .deed");
    if (!deed) return;
    if (deed.classList.contains("copy")) copy(deed);
    else if (deed.classList.contains("retry")) dixit.deed("retry", { number: deed.value });
    else if (deed.classList.contains("alone")) dixit.deed("alone", { number: deed.value });
    else dixit.deed("vote", { number: deed.value, vote: deed.classList.contains("up") ? "up" : "down" });
  });

  // The answer as it reads: buttons have no words of their own, and cards are not displayed.
  async function copy(button) {
    await put(button.closest("[data-testid=bot]").innerText.replace(/\n{3,}/g, "\n\n").trim());
    done(button);
  }

  async function put(text, type) {
    if (!navigator.clipboard) copyWithoutClipboard(text); // the page is not on this machine and not under https
    else if (type && window.ClipboardItem) {
      const [rich, plain] = [type, "text/plain"].map((each) => new Blob([text], { type: each }));
      await navigator.clipboard.write([new ClipboardItem({ [type]: rich, "text/plain": plain })]);
    } else await navigator.clipboard.writeText(text);
  }

  function done(button) {
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  }

  // What was said, with its reference: the words stand behind the button of each form.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".copying .copied");
    for (const menu of document.querySelectorAll(".copying[open]"))
      if (!menu.contains(event.target) || button) menu.removeAttribute("open");
    if (!button) return;
    await put(button.nextElementSibling.textContent, button.value === "html" ? "text/html" : undefined);
    const summary = button.closest("details").querySelector("summary");
    summary.focus();
    done(summary);
  });

  function copyWithoutClipboard(text) {
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = text;
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  // A citation that is pointed at, or has the keyboard, shows its card: speaker, words, article, date.
  const card = document.createElement("div");
  card.id = "card";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  let pointed = null;
  let leaving = 0;

  function showCard(chip) {
    const told = chip.closest(".end")?.nextElementSibling;
    if (!told?.classList.contains("card")) return;
    clearTimeout(leaving);
    pointed = chip;
    if (!card.isConnected) document.querySelector("main").append(card);
    card.replaceChildren(...[...told.childNodes].map((node) => node.cloneNode(true)));
    card.hidden = false;
    chip.setAttribute("aria-describedby", "card");
    const [at, size] = [chip.getBoundingClientRect(), card.getBoundingClientRect()];
    const left = Math.max(8, Math.min(at.left - 24, innerWidth - size.width - 8));
    const above = at.top - size.height - 6;
    card.style.left = `${left}px`;
    card.style.top = `${above > 8 ? above : at.bottom + 6}px`;
  }

  function hideCard() {
    card.hidden = true;
    pointed?.removeAttribute("aria-describedby");
    pointed = null;
  }

  const chipOf = (event) => event.target.closest?.("#chat a.cite");
  document.addEventListener("mouseover", (event) => {
    const chip = chipOf(event);
    if (chip) showCard(chip);
    else if (event.target.closest?.("#card")) clearTimeout(leaving);
    else if (pointed && pointed !== document.activeElement) {
      clearTimeout(leaving);
      leaving = setTimeout(hideCard, 200); // time to move the pointer onto the card
    }
  });
  document.addEventListener("focusin", (event) => (chipOf(event) ? showCard(chipOf(event)) : pointed && hideCard()));
  document.addEventListener("focusout", (event) => chipOf(event) && hideCard());
  document.addEventListener("scroll", () => pointed && hideCard(), true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hideCard());

  dixit.bindPanel = (element, trigger, watch) => {
    dixit.open = (wanted) => {
      const key = Object.values(wanted).join("-");
      if (key === dixit.opened) reveal(element); // the same place again: no new value will arrive
      dixit.opened = key;
      trigger("open", wanted);
    };
    watch("value", () => reveal(element));
    dixit.bindFields(element, (deed, fields) => {
      dixit.opened = ""; // the same place may look otherwise then
      dixit.opening = deed === "undo" ? "corrected" : "";
      trigger(deed, fields);
    });
    element.addEventListener("click", (event) => {
      const offer = event.target.closest("[data-offer]");
      if (offer) offer.form.elements.published.value = offer.dataset.offer;
      const move = event.target.closest("[data-move]");
      const pick = event.target.closest("[data-into]");
      const step = event.target.closest("[data-step]");
      const speaker = event.target.closest("button[data-speaker]");
      if (move) moveEnd(element.querySelector(".verbatim"), move);
      if (pick) takePicked(element, pick);
      if (step) walk(element, Number(step.dataset.step));
      if (speaker) walk(element, 1, `[data-speaker="${speaker.dataset.speaker}"]`);
    });
    followOnceThere();
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && dixit.cameFrom?.isConnected) {
        dixit.show(main.find((view) => dixit.cameFrom.closest(`#${view}`)) ?? "library");
        dixit.cameFrom.focus();
      }
    });
  };

  // The ends of a quotation move word by word, within the text as it stands below the form; the words are saved there.
  const ends = new WeakMap();
  function moveEnd(text, button) {
    const { form, dataset } = button;
    const [whole, by] = [text.textContent, Number(dataset.move)];
    const span = ends.get(form) ?? citedSpan(text);
    const tokens = [...whole.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[.,;:!?…]+/gu)];
    const starts = tokens.filter((one) => /^[\p{L}\p{N}]/u.test(one[0])).map((one) => one.index);
    const all = dataset.end === "start" ? starts : tokens.map((one) => one.index + one[0].length);
    const beyond = all.filter((at) => (by < 0 ? at < span[dataset.end] : at > span[dataset.end]));
    const moved = { ...span, [dataset.end]: beyond.at(by < 0 ? -1 : 0) ?? span[dataset.end] };
    if (moved.start >= moved.end) return;
    ends.set(form, moved);
    fill(form, whole, moved.start, moved.end);
    CSS.highlights?.set("ends", new Highlight(rangeOf(text, moved)));
  }

  function citedSpan(text) {
    const marks = [...text.querySelectorAll("mark.cited")];
    const start = before(text, marks[0], 0).length;
    return { start, end: start + marks.map((mark) => mark.textContent).join("").length };
  }

  // What stands in a text before a place.
  function before(text, node, offset) {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, offset);
    return range.toString();
  }

  function rangeOf(text, { start, end }) {
    const range = document.createRange();
    const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let at = 0, node = nodes.nextNode(); node; at += node.length, node = nodes.nextNode()) {
      if (at <= start && start < at + node.length) range.setStart(node, start - at);
      if (at < end && end <= at + node.length) range.setEnd(node, end - at);
    }
    return range;
  }

  // Words and where they stand, in code points, as Python counts.
  function fill(form, whole, start, end) {
    form.elements.words.value = whole.slice(start, end);
    form.elements.near.value = [...whole.slice(0, start)].length;
  }

  // Words that are selected in an open article can be made a quotation, or the words of the one that is open.
  let picked = null;
  document.addEventListener("selectionchange", () => {
    const text = document.querySelector("#panel .verbatim");
    const selection = getSelection();
    const range = text && selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
    picked = range && text.contains(range.commonAncestorContainer) && range.toString().trim() ? range : null;
    const quoted = picked && [...text.querySelectorAll("mark.cited")].some((mark) => picked.intersectsNode(mark));
    const into = quoted && document.querySelector("#panel .pick[data-into=correcting]") ? "correcting" : "quoting";
    for (const button of document.querySelectorAll("#panel .pick")) {
      button.hidden = !picked || button.dataset.into !== into;
      if (button.hidden) continue;
      const [at, size] = [picked.getBoundingClientRect(), button.getBoundingClientRect()];
      button.style.setProperty("--left", `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`);
      button.style.setProperty("--top", `${Math.max(8, Math.min(at.bottom + 6, innerHeight - size.height - 8))}px`);
    }
  });
  // The button keeps the selection: pressing it is no click into the text.
  document.addEventListener("pointerdown", (event) => event.target.closest?.(".pick") && event.preventDefault());
  document.addEventListener("mousedown", (event) => event.target.closest?.(".pick") && event.preventDefault());

  function takePicked(element, button) {
    const text = element.querySelector(".verbatim");
    const details = element.querySelector(`details.${button.dataset.into}`);
    const form = details.querySelector("[name=words]").form;
    const start = before(text, picked.startContainer, picked.startOffset).length;
    fill(form, text.textContent, start, start + picked.toString().length);
    ends.set(form, { start, end: start + picked.toString().length });
    getSelection().removeAllRanges();
    details.open = true;
    details.scrollIntoView({ block: "nearest" });
    form.querySelector(button.dataset.into === "quoting" ? "[name=speaker]" : "[type=submit]").focus();
  }

  // Scroll to the cited words and move the keyboard there; without any, to the top of the article.
  function reveal(element) {
    const cited = element.querySelector("mark.cited");
    const reading = element.querySelector(".reading");
    if (cited) center(cited);
    else if (reading) scroller(reading).scrollTop = 0;
    cited?.focus({ preventScroll: true });
    const asked = dixit.opening && element.querySelector(`details.${dixit.opening}`);
    dixit.opening = "";
    if (!asked) return;
    asked.open = true;
    asked.scrollIntoView({ block: "nearest" });
    asked.querySelector("input, button")?.focus({ preventScroll: true });
  }

  function walk(element, step, whose = "") {
    const all = [...element.querySelectorAll(`.quotation${whose}`)];
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

  function scroller(element, column = "#source") {
    return element.closest(column) ?? document.scrollingElement;
  }

  // The head of the page comes after this script: its tabs are marked once they are there.
  // Gradio labels each message with its source, tags and all: a screen reader shall read the message itself.
  new MutationObserver(() => {
    if (document.querySelector("[data-show]:not([aria-current])")) markTabs();
    for (const message of document.querySelectorAll("#chat [data-testid][aria-label]")) message.removeAttribute("aria-label");
    for (const vote of document.querySelectorAll("#chat .deed:is(.up, .down)")) {
      const pressed = String(vote.classList.contains("pressed"));
      if (vote.getAttribute("aria-pressed") !== pressed) vote.setAttribute("aria-pressed", pressed);
    }
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-label"] });

  // Files and folders dropped anywhere on the list of articles go the way of the upload button.
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const library = event.target.closest?.("#library");
      if (!library || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      library.classList.toggle("dropping", kind === "dragover");
      if (kind === "drop") upload(event.dataTransfer);
    });
  }

  // A folder is chosen, by a click or by the keyboard; what is passed over in one that is dropped is so here.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#upload-folder")) return;
    const chooser = Object.assign(document.createElement("input"), { type: "file", webkitdirectory: true });
    chooser.addEventListener("change", () => {
      const hidden = (file) => file.webkitRelativePath.split("/").slice(1).some((part) => part.startsWith("."));
      hand([...chooser.files].filter((file) => !hidden(file) && isArticle(file)));
    });
    chooser.click();
  });

  async function upload(transfer) {
    const items = [...transfer.items].filter((item) => item.kind === "file");
    const dropped = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile()); // they are gone after the event
    const files = [];
    for (const entry of dropped) for await (const file of filesOf(entry)) files.push(file);
    hand(files);
  }

  // Files go the way of the upload button.
  function hand(files) {
    const input = document.querySelector('#library input[type="file"]');
    if (!input || !files.length) return;
    const chosen = new DataTransfer();
    files.forEach((file) => chosen.items.add(file));
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const isArticle = (file) => !/^(image|audio|video|font)\//.test(file.type);

  async function* filesOf(entry) {
    if (entry.isDirectory) yield* filesWithin(entry);
    else yield entry.isFile ? await new Promise((done, failed) => entry.file(done, failed)) : entry;
  }

  // What a folder hides, and its pictures, are passed over, as on the command line.
  async function* filesWithin(folder) {
    const reader = folder.createReader();
    for (let some = [null]; some.length; ) {
      some = await new Promise((done, failed) => reader.readEntries(done, failed)); // a hundred at a time, then none
      for (const entry of some.filter((one) => !one.name.startsWith("."))) {
        for await (const file of filesOf(entry)) if (isArticle(file)) yield file;
      }
    }
  }

  follow();
  return dixit;
})();
