/** Words as text within HTML or SVG, or within an attribute in double quotes. */
export const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
