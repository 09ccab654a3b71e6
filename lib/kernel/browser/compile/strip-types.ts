/** Takes TypeScript's types out of a cell, and tells where a cell cannot be read. */
import { transform } from 'sucrase';

/** A cell that cannot be read. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = 'SyntaxError';

  constructor(
    message: string,
    /** Its place in the cell: the line from 1 on, the column from 0 on. */
    readonly place: { readonly line: number; readonly column: number },
    /** Whether more text could mend it. */
    readonly isUnfinished = false,
  ) {
    super(message);
  }
}

/**
 * Takes the types out; each line stays where it was.
 *
 * @throws CellSyntaxError
 */
export function stripTypes(source: string): string {
  refuseNamespace(source);
  try {
    return transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      keepUnusedImports: true,
    }).code;
  } catch (error) {
    throw syntaxError(error, source);
  }
}

/** Makes one error of those of sucrase and acorn, whose messages end in their place: `Unexpected token (1:7)`. */
export function syntaxError(error: unknown, text: string): CellSyntaxError {
  const { message, pos = 0 } = error as { message: string; pos?: number };
  const before = text.slice(0, pos).split('\n');
  const place = { line: before.length, column: before.at(-1)?.length ?? 0 };
  const isUnfinished =
    pos >= text.trimEnd().length || /^Unterminated (template|comment)/.test(message);
  return new CellSyntaxError(message.replace(/\s*\(\d+:\d+\)$/, ''), place, isUnfinished);
}

/** sucrase would leave a namespace out without a word. */
function refuseNamespace(source: string): void {
  const lines = source.split('\n');
  const line = lines.findIndex(text =>
    /^\s*(export\s+)?(namespace|module)\s+[\w$.]+\s*\{/.test(text),
  );
  if (line < 0) return;
  throw new CellSyntaxError('A namespace cannot be used here; use an object instead.', {
    line: line + 1,
    column: 0,
  });
}
