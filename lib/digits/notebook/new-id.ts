/**
 * Returns a name that nothing else has. Not `randomUUID`, which browsers leave out of pages that came
 * without https.
 */
export const newId = (): string =>
  Array.from(globalThis.crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
