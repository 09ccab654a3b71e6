/** What the scripts of the page share: places for what lives there, and their elements. */
import { escaped } from '../format';
import look from './look.css';
import type { Part } from './page-script';

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
    root.addEventListener('keydown', keepFromHost);
    return root;
  });
}

/** JupyterLab would take letters, digits and Enter for commands; its own are those with Shift or Ctrl. */
function keepFromHost(event: Event): void {
  const { key, target, shiftKey, ctrlKey, altKey, metaKey } = event as KeyboardEvent;
  const isCommand =
    key === 'Escape' || (key === 'Enter' && shiftKey) || ctrlKey || altKey || metaKey;
  // A pad's canvas keeps to itself what it takes.
  if (!isCommand && !(target instanceof HTMLCanvasElement)) event.stopPropagation();
}

/**
 * Sends the kernel a note for the learner's record, such as a click, by way of the page. Returns whether the page passes
 * it on: an exported page, and VS Code, have no listener.
 */
export function tell(event: object, from: Element): boolean {
  const note = new CustomEvent('digits-note', { detail: event, bubbles: true, cancelable: true });
  return !from.dispatchEvent(note);
}

/** Does what some pages bar, such as storing: undefined if it fails. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/**
 * Puts texts in place of their names in braces, such as `{places.0}`; they stay texts, whoever wrote them.
 * It fails if one is missing.
 */
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
