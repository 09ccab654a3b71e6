/** What the scripts of the page share: places for what lives there, and their elements. */
import type { Part } from './page-script';

/** Keys that move a slider or press a button: JupyterLab would take them as its own. */
const OF_CONTROLS = /^( |Enter|Arrow\w+|Home|End|Page\w+)$/;

/**
 * Finds the places of a display in which nothing lives yet, and puts a shadow root into each, apart from
 * the page's styles: JupyterLab may show one output in several places, and run its script once for each.
 */
export function placesOf(part: Part, id: string, style: string): ShadowRoot[] {
  const hosts = document.querySelectorAll<HTMLElement>(`[data-digit-${part}="${id}"]`);
  return [...hosts].flatMap(host => {
    if (host.shadowRoot) return [];
    const root = host.attachShadow({ mode: 'open' });
    root.append(element('style', {}, LOOK + style));
    root.addEventListener('keydown', event => {
      const { key, ctrlKey, altKey, metaKey, shiftKey } = event as KeyboardEvent;
      if (ctrlKey || altKey || metaKey || shiftKey) return;
      if (OF_CONTROLS.test(key)) event.stopPropagation();
    });
    return root;
  });
}

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

/** In the colours of JupyterLab's theme if there is one. */
const LOOK = `
:host {
  display: block; padding: 4px 8px; --line: var(--jp-border-color1, #bbb); --back: var(--jp-layout-color1, transparent);
  color: var(--jp-content-font-color1, inherit); font: 14px/1.5 var(--jp-content-font-family, sans-serif);
}
* { box-sizing: border-box; }
button { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 4px; cursor: pointer; }
:focus-visible { outline: 3px solid #56b4e9; outline-offset: 2px; }
[aria-pressed=true] { border-color: #0072b2; box-shadow: inset 0 0 0 1px #0072b2; }
`;
