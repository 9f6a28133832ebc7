// "Add another" shows the next row at once. Without this file the button asks the server, and nothing typed is lost.
for (const button of document.querySelectorAll("button[name=more]")) {
  button.addEventListener("click", (event) => {
    const form = button.form;
    const rows = [...form.querySelectorAll(`[data-row="${button.value}"]`)];
    const next = rows.find((row) => row.hidden);
    if (!next) return;
    event.preventDefault();
    next.hidden = false;
    form.elements[`shown_${button.value}s`].value = rows.indexOf(next) + 1;
    button.hidden = next === rows.at(-1);
    next.querySelector("input, textarea").focus();
  });
}
