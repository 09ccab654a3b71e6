/** Draws `console.table` as Node does. */
import inspector, { inspect } from 'node-inspect-extracted';

/** Counts the columns that a text takes, two for a Chinese character; the types leave it out. */
const { getStringWidth } = inspector as unknown as { getStringWidth(text: string): number };

const VALUES = 'Values';

/**
 * Lays rows out in columns.
 *
 * @param data an array, an object, a Map or a Set, of rows or of single values.
 * @param columns of the rows that are shown; defaults to all.
 */
export function table(data: object, columns?: readonly string[]): string {
  const rows = entriesOf(data);
  const index = data instanceof Map || data instanceof Set ? '(iteration index)' : '(index)';
  const isRow = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  const found = rows.flatMap(([, value]) => (isRow(value) ? Object.keys(value) : []));
  const names = [...(columns ?? new Set(found))];
  const header = [index, ...names];
  if (rows.some(([, value]) => !isRow(value))) header.push(VALUES);
  const lines = rows.map(([key, value]) =>
    header.map((name, column) => {
      if (column === 0) return key;
      if (column > names.length) return isRow(value) ? '' : short(value);
      return isRow(value) && name in value ? short(value[name]) : '';
    }),
  );
  const widths = header.map((name, i) =>
    Math.max(...[name, ...lines.map(line => line[i] ?? '')].map(text => getStringWidth(text))),
  );
  const rule = (left: string, cross: string, right: string) =>
    left + widths.map(width => '─'.repeat(width + 2)).join(cross) + right;
  const row = (cells: readonly string[]) =>
    `│${cells.map((cell, i) => ` ${cell}${' '.repeat((widths[i] ?? 0) - getStringWidth(cell))} `).join('│')}│`;
  return [
    rule('┌', '┬', '┐'),
    row(header),
    rule('├', '┼', '┤'),
    ...lines.map(row),
    rule('└', '┴', '┘'),
  ].join('\n');
}

function entriesOf(data: object): [key: string, value: unknown][] {
  if (data instanceof Map)
    return [...data].map(([Key, value], i) => [String(i), { Key, [VALUES]: value }]);
  if (data instanceof Set) return [...data].map((value, i) => [String(i), value]);
  return Object.entries(data);
}

const short = (value: unknown): string => inspect(value, { depth: 0, maxArrayLength: 3 });
