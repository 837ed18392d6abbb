/* Shows beside a profile's form what it would select, as it is typed. Without it, the button does the same. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-preview]");
  const place = document.getElementById("trial");
  if (!form || !place) return;
  const waiting = 400; // milliseconds of rest before the server is asked
  let timer = 0;
  let asked = null;

  const ask = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.preview, { method: "POST", body, signal: asked.signal, redirect: "error" });
      if (answer.ok) place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
      place.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name !== "AbortError") place.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, waiting);
  });
})();
