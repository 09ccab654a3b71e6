/**
 * A pseudo-language: a table of texts whose every letter is marked, and every text longer. Output
 * without a mark does not come from the table.
 */
const MARK = '\u0323';
const [OPEN, CLOSE] = ['\u2068', '\u2069'];

/** Runs something with a pseudo-language in place of a language's table. */
export async function underPseudo<L extends string, T>(
  tables: Record<L, T>,
  language: L,
  run: () => unknown,
): Promise<void> {
  const table = tables[language];
  tables[language] = pseudo(table);
  try {
    await run();
  } finally {
    tables[language] = table;
  }
}

/** Marks the texts of a table, at all depths. Arguments of texts stay unchanged. */
export function pseudo<T>(table: T): T {
  const translate = (value: unknown): unknown => {
    if (typeof value === 'string') return marked(value);
    if (typeof value === 'function') {
      return (...given: unknown[]) => {
        const text: unknown = value(...given.map(isolated));
        return typeof text === 'string' ? marked(text) : translate(text);
      };
    }
    if (Array.isArray(value)) return value.map(translate);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translate(each)]));
  };
  return translate(table) as T;
}

const isolated = (given: unknown): unknown => {
  if (Array.isArray(given)) return given.map(isolated);
  return typeof given === 'string' ? OPEN + given + CLOSE : given;
};

/** Marks the text except the arguments. */
function marked(text: string): string {
  let depth = 0;
  const letters = Array.from(text, sign => {
    if (sign === OPEN) return depth++ ? sign : '';
    if (sign === CLOSE) return --depth ? sign : '';
    return depth === 0 && /[a-z]/i.test(sign) ? sign + MARK : sign;
  });
  return `${letters.join('')}${'~'.repeat(Math.ceil(text.length / 3))}`;
}

/** Finds words that do not come from a table: words of two letters or more without a mark. */
export const unmarkedWords = (text: string): string[] => text.match(/[a-z]{2,}/gi) ?? [];
