/** Rows of a pattern and what is written in its place, as the JSON files hold them. */
export type Table = readonly (readonly [RegExp, string])[];

export const tableOf = (rows: readonly (readonly string[])[]): Table =>
  rows.map(([pattern = '', text = '']) => [new RegExp(pattern, 'gs'), text]);

/** Rewrites a text by each row. */
export const rewriteAll = (text: string, table: Table): string =>
  table.reduce((text, row) => text.replace(...row), text);

/** Rewrites a text by the first row that matches; undefined if none does. */
export function rewriteFirst(text: string, table: Table): string | undefined {
  const row = table.find(([pattern]) => text.search(pattern) >= 0);
  return row && text.replace(...row);
}
