// The words of the page, in the first of the browser's languages that it speaks; French otherwise.

import en from "./texts.en.js";
import fr from "./texts.fr.js";

const spoken = { fr, en };

export const language = (navigator.languages ?? []).map((wanted) => wanted.slice(0, 2).toLowerCase()).find((wanted) => wanted in spoken) ?? "fr";

export const texts = spoken[language];

/** Puts the words into what stands in the page from the beginning. */
export function write() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = texts[element.dataset.text];
  }
}
