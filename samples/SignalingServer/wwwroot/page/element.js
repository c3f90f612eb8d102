// @ts-check

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Text is set as text and never parsed, so names and messages cannot bring markup into the page.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ text?: string } & Record<string, string | boolean | undefined>} [attributes] `true` sets an empty one.
 * @param {Node[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

/**
 * A drawing of `icons.svg`; decoration only, the button or badge around it carries the label.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(SVG, 'use'));
  setIcon(svg, name);
  return svg;
}

/**
 * @param {ParentNode} around The icon, or something with one in it.
 * @param {string} name
 */
export function setIcon(around, name) {
  around.querySelector('use')?.setAttribute('href', `icons.svg#${name}`);
}

/**
 * The page's own element with this id.
 * @template {HTMLElement} [Type=HTMLElement]
 * @param {string} id
 * @returns {Type}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}".`);
  return /** @type {Type} */ (found);
}
