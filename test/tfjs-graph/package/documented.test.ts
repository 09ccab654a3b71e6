/** What the package exports is documented, and each function and class with an example that is run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from '@tslab/typescript-for-tslab';
import { projectRoot } from '../../../lib/tools/project/paths';

const index = join(projectRoot, 'lib', 'tfjs-graph', 'index.ts');

interface Export {
  readonly name: string;
  readonly documented: boolean;
  readonly example: boolean;
  /** Whether it is there to be called: a function, or a class but for those of errors. */
  readonly called: boolean;
}

/** Reads what a module exports, and what stands above each declaration. */
function exportsOf(file: string): Export[] {
  const program = ts.createProgram([file], {
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, strict: true },
    ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, skipLibCheck: true, types: [] },
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return (module ? checker.getExportsOfModule(module) : []).map(exported => {
    const isAlias = exported.flags & ts.SymbolFlags.Alias;
    const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
    const named = new Set(symbol.getJsDocTags(checker).map(({ name }) => name));
    const [declaration] = symbol.declarations ?? [];
    const isError = /Error$/.test(symbol.name);
    const isType =
      declaration &&
      (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration));
    return {
      name: exported.name,
      documented: text.length > 0,
      example: named.has('example'),
      called: !isError && !isType,
    };
  });
}

describe('the documentation of tfjs-graph', function () {
  this.timeout(120_000);
  let exported: readonly Export[];
  before(() => {
    exported = exportsOf(index);
  });
  const names = (chosen: (exported: Export) => boolean) =>
    exported.filter(chosen).map(({ name }) => name);

  it('is there for each export', () => {
    assert.ok(exported.length >= 25, String(exported.length));
    assert.deepEqual(
      names(({ documented }) => !documented),
      [],
    );
  });

  it('has an example for each function and class that is called', () => {
    assert.ok(names(({ called }) => called).includes('fit'));
    assert.deepEqual(
      names(({ called, example }) => called && !example),
      [],
    );
  });

  it('has each error class in the table of errors', () => {
    const reference = readFileSync(join(index, '..', 'REFERENCE.md'), 'utf8');
    const inTable = Array.from(reference.matchAll(/^\| `(\w+Error)`/gm), ([, name]) => name);
    assert.deepEqual(inTable.sort(), names(({ name }) => name.endsWith('Error')).sort());
  });
});
