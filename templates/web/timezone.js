/* Fills in the time zone of the browser, where nobody has chosen one yet. Without it, the configured one stands there. */
(() => {
  "use strict";
  const field = document.getElementById("timezone-new");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field && here && field.value === field.defaultValue) field.value = here;
})();
