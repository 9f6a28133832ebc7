// Everything works without this file; it makes forms and charts pleasanter.
// A form that is on its way is not sent twice. The server would store it once anyway.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button[type=submit]")) {
      setTimeout(() => { button.disabled = true; });
      setTimeout(() => { button.disabled = false; }, 4000);
    }
  });
}

// Leaving a form with something typed asks first: nothing typed is lost by a slip of the thumb.
let typed = false;
for (const form of document.querySelectorAll("form[data-keep]")) {
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
}
window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
