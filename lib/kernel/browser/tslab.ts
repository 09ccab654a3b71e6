/** Shows content of several types below a cell, also in place of an earlier one: what cells import as `tslab`. */
import { show } from './host';

const TYPES = {
  text: 'text/plain',
  html: 'text/html',
  markdown: 'text/markdown',
  svg: 'image/svg+xml',
  javascript: 'text/javascript',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
};

let places = 0;

/** Makes a place below the cell, which shows the last of what it is given. */
export const newDisplay = () => displayIn(`tslab-${Date.now()}-${places++}`);

/** Shows each content in a place of its own. */
export const display = displayIn();

/** Shows content of each type; images are given as bytes, or by `raw` in base64. */
function displayIn(display_id?: string) {
  let isShown = false;
  const raw = (type: string, content: string | Uint8Array) => {
    const data = { [type]: typeof content === 'string' ? content : base64(content) };
    show({ data, metadata: {}, ...(display_id && { transient: { display_id } }) }, isShown);
    isShown = display_id !== undefined;
  };
  const methods = Object.entries(TYPES).map(([name, type]) => [name, raw.bind(null, type)]);
  return { ...Object.fromEntries(methods), raw };
}

const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
