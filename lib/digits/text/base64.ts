/** Writes the bytes of an array in base64. */
export function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  let text = '';
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength))
    text += String.fromCharCode(byte);
  return btoa(text);
}
