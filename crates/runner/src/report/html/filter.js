// Shows the requests that fit the filters, and of headings those that have such a request below them.
"use strict";
const form = document.getElementById("filters");
const requests = [...document.querySelectorAll(".request")];
function fits(request, show, text) {
  if (show !== "all" && !request.classList.contains(show)) return false;
  if (text === "") return true;
  const told = [...request.querySelectorAll(":scope > summary, .tests, .error")];
  return told.some((part) => part.textContent.toLowerCase().includes(text));
}
function filter() {
  const show = form.elements.show.value;
  const text = form.elements.text.value.trim().toLowerCase();
  for (const request of requests) request.hidden = !fits(request, show, text);
  document.getElementById("none").hidden = requests.some((request) => !request.hidden);
  let below = { H2: false, H3: false };
  const parts = [...document.querySelectorAll("main > h2, main > h3, main > .request")].reverse();
  for (const part of parts) {
    if (part.tagName === "DETAILS") {
      if (!part.hidden) below = { H2: true, H3: true };
      continue;
    }
    part.hidden = !below[part.tagName];
    below[part.tagName] = false;
    if (part.tagName === "H2") below.H3 = false;
  }
}
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
