// The exact search: an example fills the field, a file fills the list, a line of a table is looked for.
(() => {
  const field = () => document.querySelector("form[name=search]")?.elements.query;

  dixit.bindSearch = (element, trigger) => {
    dixit.bindFields(element, trigger);
    element.addEventListener("click", (event) => {
      const example = event.target.closest("[data-example]");
      if (!example) return;
      field().value = example.dataset.example;
      field().focus();
    });
    element.addEventListener("change", async (event) => {
      const file = event.target.type === "file" && event.target.files[0];
      if (!file) return;
      const { lines, table } = event.target.form.elements;
      lines.value = decoded(await file.arrayBuffer());
      table.value = /\.[ct]sv$/i.test(file.name) ? "csv" : "";
    });
    element.addEventListener("input", (event) => {
      if (event.target.name === "lines") event.target.form.elements.table.value = ""; // what is typed is no table
    });
  };

  // In what was found: the query of a line, or of the next articles, is the one of the field then.
  dixit.bindFound = (element, trigger) => {
    dixit.bindFields(element, (deed, fields) => {
      if (field()) field().value = fields.query;
      if (field() && fields.order) field().form.elements.order.value = fields.order;
      trigger(deed, fields);
    });
  };

  // Files of older programs are in Windows-1252, which has a character for every byte.
  function decoded(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }
})();
