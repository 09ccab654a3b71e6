/** Tables for a terminal, and for a README. */

/** Counts a Chinese character as two others, as terminals show it. */
const width = (cell: string) => [...cell].reduce((sum, c) => sum + (isWide(c) ? 2 : 1), 0);
const isWide = (character: string) =>
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
    character,
  );

/** Writes rows of cells in columns: the first to the left, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map(row => width(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    widths
      .map((total, column) => {
        const cell = row[column] ?? '';
        const space = ' '.repeat(total - width(cell));
        return column === 0 ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map(total => '─'.repeat(total)).join('  ');
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Writes a table in Markdown, its numbers to the right; nothing where it has no rows. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}
