// Makes elements. Whatever comes from the till or from Paheko becomes text, never markup.

/** An element; a child is an element or a text, and one that is null or empty is left out. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Text of others, whose direction of writing must not change that of the rest. */
export const foreign = (text) => element("bdi", null, text);

export const byId = (id) => document.getElementById(id);

/** Writes only what is new, so that nothing is read out twice. */
export function write(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/**
 * Brings a list up to date. What did not change stays as it is, with its focus; where the focus lay in something that changed, it goes to the
 * same place in what comes instead.
 */
export function list(target, items, key, make) {
  const before = new Map([...target.children].map((child) => [child.dataset.key, child]));
  const focus = target.contains(document.activeElement) ? document.activeElement : null;
  const lost = focus && { key: focus.closest("[data-key]")?.dataset.key, place: focus.dataset.place };
  items.forEach((item, index) => {
    const name = key(item);
    const state = JSON.stringify(item);
    let child = before.get(name);
    before.delete(name);
    if (child?.dataset.state !== state) {
      const made = make(item);
      made.dataset.key = name;
      made.dataset.state = state;
      child?.replaceWith(made);
      child = made;
    }
    if (target.children[index] !== child) {
      target.insertBefore(child, target.children[index] ?? null);
    }
  });
  before.forEach((child) => child.remove());
  if (lost?.place && !target.contains(document.activeElement)) {
    [...target.children].find((child) => child.dataset.key === lost.key)?.querySelector(`[data-place="${CSS.escape(lost.place)}"]`)?.focus();
  }
}
