/** Shows content of several types below a cell, also in place of an earlier one: what cells import as `tslab`. */
import { show } from './host';

let places = 0;

/** Makes a place below the cell, which shows the last of what it is given. */
export function newDisplay(): ReturnType<typeof displayBy> {
  const id = `tslab-${Date.now()}-${places++}`;
  let shown = false;
  const raw = (type: string, content: unknown) => {
    const display = { data: { [type]: content }, metadata: {}, transient: { display_id: id } };
    show(display, shown);
    shown = true;
  };
  return displayBy(raw);
}

/** Shows each content in a place of its own. */
export const display = displayBy((type, content) =>
  show({ data: { [type]: content }, metadata: {} }, false),
);

/** Shows content of each type; images are given as bytes, and by `raw` in base64. */
function displayBy(raw: (type: string, content: unknown) => void) {
  const as = (type: string) => (content: string) => raw(type, content);
  const image = (type: string) => (content: Uint8Array) => raw(type, base64(content));
  return {
    text: as('text/plain'),
    html: as('text/html'),
    markdown: as('text/markdown'),
    svg: as('image/svg+xml'),
    javascript: as('text/javascript'),
    png: image('image/png'),
    jpeg: image('image/jpeg'),
    gif: image('image/gif'),
    raw,
  };
}

const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
