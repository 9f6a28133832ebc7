// Draws the chart of a measure, and shows only the questions that fit. Without this file the page shows the
// chart as a picture, and all questions.

const PHONE = matchMedia("(max-width: 40em)");

// What vega-embed is asked for: no links of its own, no style sheet, and no code made at run time, so that a
// strict content security policy holds.
const OPTIONS = {
  mode: "vega-lite",
  actions: false,
  ast: true,
  defaultStyle: false,
  renderer: "svg",
  tooltip: { disableDefaultStyle: true },
};

async function drawWith(box) {
  const address = new URL(box.dataset.spec, location.href);
  address.searchParams.set("width", PHONE.matches ? "phone" : "desktop");
  const [answer] = await Promise.all([fetch(address), import(box.dataset.vega)]);
  if (!answer.ok) throw new Error(`no chart: ${answer.status}`);
  const spec = await answer.json();
  const canvas = document.createElement("div");
  canvas.className = "measure-canvas";
  box.replaceChildren(canvas);
  await window.vegaEmbed(canvas, spec, OPTIONS);
  // The box carries the chart's sentence; its many marks need no names of their own.
  for (const child of box.children) child.setAttribute("aria-hidden", "true");
}

// The script failed: the server's picture; that failed too: a sentence. The table stands in any case.
function fallBack(box) {
  const picture = new Image();
  picture.className = "measure-picture";
  picture.alt = "";
  picture.onerror = () => {
    box.hidden = true;
    document.getElementById("chart-failed").hidden = false;
  };
  const address = new URL(box.dataset.picture, location.href);
  address.searchParams.set("width", PHONE.matches ? "phone" : "desktop");
  picture.src = address;
  box.replaceChildren(picture);
}

const box = document.getElementById("chart");
if (box) {
  const draw = () => drawWith(box).catch(() => fallBack(box));
  draw();
  PHONE.addEventListener("change", draw);
}

for (const form of document.querySelectorAll("form[data-follows]")) {
  const show = () => {
    const picked = form.querySelector(`input[name="${form.dataset.follows}"]:checked`)?.value;
    for (const part of form.querySelectorAll("[data-when]")) {
      part.hidden = Boolean(picked) && !part.dataset.when.split(" ").includes(picked);
    }
  };
  form.addEventListener("change", show);
  show();
}
