import type * as TypeScript from 'typescript-api';

/**
 * Takes `export` out of a cell, whose names are there for all cells anyway: `export const x = 1` is
 * `const x = 1`. What is left stays in its place.
 */
export function withoutExports(ts: typeof TypeScript, code: string): string {
  if (!/\bexport\b/.test(code)) return code;
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
  let plain = code;
  const replace = (start: number, end: number, text = '') => {
    const blank = plain.slice(start + text.length, end).replace(/[^\n]/g, ' ');
    plain = plain.slice(0, start) + text + blank + plain.slice(end);
  };
  // From the last one to the first, so that the places of those to come hold.
  for (const statement of [...file.statements].reverse()) {
    const start = statement.getStart(file);
    if (ts.isExportDeclaration(statement)) replace(start, statement.end);
    else if (ts.isExportAssignment(statement) && !statement.isExportEquals) {
      const { expression } = statement;
      replace(expression.end, expression.end, ')');
      replace(start, expression.getStart(file), 'void (');
    } else if (ts.canHaveModifiers(statement)) {
      const isNamed = 'name' in statement && statement.name !== undefined;
      for (const { kind, end } of ts.getModifiers(statement) ?? []) {
        if (kind === ts.SyntaxKind.ExportKeyword) replace(end - 'export'.length, end);
        if (kind !== ts.SyntaxKind.DefaultKeyword) continue;
        replace(end - 'default'.length, end, isNamed ? '' : 'void');
      }
    }
  }
  return plain;
}
