/** Takes the cells of a notebook apart: text that leads to code, the code, and text that explains what came out. */
import { type Cell, type CodeCell, isCode, joined, type MarkdownCell } from './notebook';

/** Code with its output, and the texts around it. Text that no code follows has none. */
export interface Exhibit {
  /** Whether it begins a section: a heading `#` or `##`, or the start of the notebook. */
  readonly begins: boolean;
  readonly lead: MarkdownCell[];
  readonly code: CodeCell[];
  readonly explanation: MarkdownCell[];
}

/**
 * Parts cells as a reader sees them. A heading leads to what is below it. Text below code explains
 * that code, but for its last paragraph where more code follows: this leads on, unless it is the only
 * one and begins in bold, as "**What came out**" does.
 */
export function exhibits(cells: readonly Cell[]): Exhibit[] {
  const found: Exhibit[] = [];
  const begin = (begins: boolean): Exhibit => {
    const exhibit = { begins: begins || found.length === 0, lead: [], code: [], explanation: [] };
    found.push(exhibit);
    return exhibit;
  };
  let current: Exhibit | undefined;
  cells.forEach((cell, at) => {
    if (isCode(cell)) {
      if (!current || current.explanation.length > 0) current = begin(false);
      current.code.push(cell);
      return;
    }
    const texts = paragraphs(joined(cell.source));
    texts.forEach((source, index) => {
      const part = { ...cell, source };
      const next = cells[at + 1];
      const isLast = index === texts.length - 1 && next !== undefined && isCode(next);
      const leads = isLast && (index > 0 || !source.startsWith('**'));
      const isExplained = current && current.code.length > 0;
      if (/^##?[ \t]/.test(source)) current = begin(true);
      else if (!current || (isExplained && (leads || isHeading(source)))) current = begin(false);
      else if (isExplained) {
        current.explanation.push(part);
        return;
      }
      current.lead.push(part);
    });
  });
  return found;
}

export const isHeading = (source: string): boolean => /^#{1,6}[ \t]/.test(source);

/**
 * Parts Markdown at its blank lines, but keeps together what does not stand by itself: a heading or a
 * line that ends in a colon with what follows, an indented paragraph with its list, a fence, and what
 * is folded in `<details>`.
 */
export function paragraphs(source: string): string[] {
  const found: string[] = [];
  for (const block of source.trim().split(/\n(?:[ \t]*\n)+/)) {
    const before = found.at(-1);
    if (before !== undefined && (isOpen(before) || /^[ \t]/.test(block))) {
      found[found.length - 1] = `${before}\n\n${block}`;
    } else found.push(block);
  }
  return found;
}

function isOpen(text: string): boolean {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return (
    count(/^(```|~~~)/gm) % 2 === 1 ||
    count(/<details\b/g) > count(/<\/details>/g) ||
    isHeading(last) ||
    /[:：]\**$/.test(last)
  );
}
