/** Shared helpers of the page's scripts: host elements and DOM construction. */
import { escaped } from '../format';
import look from './look.css';
import type { Part } from './page-script';

/**
 * Finds the display's host elements without content, and attaches a shadow root with `html` to each, isolated
 * from the page's styles. JupyterLab may show an output in several places, and run its script once for each
 * place.
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

/**
 * Keeps JupyterLab from treating letters, digits and Enter as commands. Its own commands with Shift or Ctrl
 * still work.
 */
function keepFromHost(event: Event): void {
  const { key, target, shiftKey, ctrlKey, altKey, metaKey } = event as KeyboardEvent;
  const isCommand =
    key === 'Escape' || (key === 'Enter' && shiftKey) || ctrlKey || altKey || metaKey;
  // A pad's canvas stops its own keys.
  if (!isCommand && !(target instanceof HTMLCanvasElement)) event.stopPropagation();
}

/**
 * Sends an event for the learner's record, such as a click, through the page to the kernel. Returns whether the
 * page forwards the event: exported pages and VS Code have no listener.
 */
export function tell(event: object, from: Element): boolean {
  const note = new CustomEvent('digits-note', { detail: event, bubbles: true, cancelable: true });
  return !from.dispatchEvent(note);
}

/** Returns the result of work that some pages block, such as storage; undefined on failure. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Replaces names in braces, such as `{places.0}`, by escaped texts. Throws if a text is missing. */
export const fill = (html: string, texts: object): string =>
  html.replace(/\{([\w.]+)\}/g, (_, path: string) =>
    escaped(
      path
        .split('.')
        .reduce<unknown>((value, name) => value?.[name as keyof typeof value], texts) as string,
    ),
  );

/** Creates an element. Strings are inserted as text, never as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
