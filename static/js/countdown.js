// Keeps "12 jours" true while the page stays open; without it the text is that of when the page was made.
"use strict";
(() => {
  const UNITS = [["day", 86400000], ["hour", 3600000], ["minute", 60000]];
  const language = document.documentElement.lang;
  const words = (left) => {
    const [unit, length] = UNITS.find(([, length]) => left >= 2 * length) || UNITS[2];
    const format = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" });
    return format.format(Math.floor(left / length));
  };
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const end = Date.parse(place.dataset.countdown) + 1000;
    const tell = () => {
      const left = end - Date.now();
      if (left <= 0) {
        place.textContent = place.dataset.over;
      } else {
        place.textContent = left < 60000 ? place.dataset.almost : words(left);
      }
      if (left > 0) {
        setTimeout(tell, 10000);
      }
    };
    setTimeout(tell, 10000);
  }
})();
