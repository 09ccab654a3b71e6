/** What the scripts of the page share: places for what lives there, and their elements. */

import { escaped } from '../format';
import look from './look.css';
import type { Part } from './page-script';

/** Keys that move a slider or press a button: JupyterLab would take them as its own. */
const OF_CONTROLS = /^( |Enter|Arrow\w+|Home|End|Page\w+)$/;

/**
 * Finds the places of a display in which nothing lives yet, and puts a shadow root with `html` into each,
 * apart from the page's styles: JupyterLab may show one output in several places, and run its script once for each.
 */
export function placesOf(part: Part, id: string, style: string, html = ''): ShadowRoot[] {
  const hosts = document.querySelectorAll<HTMLElement>(`[data-digit-${part}="${id}"]`);
  return [...hosts].flatMap(host => {
    if (host.shadowRoot) return [];
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>${look}${style}</style>${html}`;
    root.addEventListener('keydown', event => {
      const { key, ctrlKey, altKey, metaKey, shiftKey } = event as KeyboardEvent;
      if (ctrlKey || altKey || metaKey || shiftKey) return;
      if (OF_CONTROLS.test(key)) event.stopPropagation();
    });
    return root;
  });
}

/** Puts texts in place of their names in braces, such as `{places.0}`; they stay texts, whoever wrote them. */
export const fill = (html: string, texts: object): string =>
  html.replace(/\{([\w.]+)\}/g, (_, path: string) =>
    escaped(
      path.split('.').reduce<unknown>((at, name) => at?.[name as keyof typeof at], texts) as string,
    ),
  );

/** Makes an element. Its words are text, whoever wrote them. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
