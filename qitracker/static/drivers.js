// Everything works without this file; it makes capturing quicker on a phone.
// After an idea is saved the box is empty and in focus again: the address loses its "another", so that a reload
// or a bookmark starts at the top of the page.
const address = new URL(location.href);
if (address.searchParams.has("another")) {
  address.searchParams.delete("another");
  history.replaceState(null, "", address);
  document.querySelector(".drivers-capture input[name=text]")?.focus({ preventScroll: false });
}
