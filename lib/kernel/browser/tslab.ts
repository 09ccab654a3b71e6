/** Shows content of several types below a cell, also in place of an earlier one: what cells import as `tslab`. */
import { show } from './host';

/** Shows content of each type; images are given as bytes. */
interface Display {
  text(content: string): void;
  html(content: string): void;
  markdown(content: string): void;
  svg(content: string): void;
  javascript(content: string): void;
  png(content: Uint8Array): void;
  jpeg(content: Uint8Array): void;
  gif(content: Uint8Array): void;
  /** Shows content of any MIME type; that of images is in base64. */
  raw(type: string, content: string): void;
}

let places = 0;

/** Makes a place below the cell, which shows the last of what it is given. */
export function newDisplay(): Display {
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
export const display: Display = displayBy((type, content) =>
  show({ data: { [type]: content }, metadata: {} }, false),
);

function displayBy(raw: (type: string, content: unknown) => void): Display {
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

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
