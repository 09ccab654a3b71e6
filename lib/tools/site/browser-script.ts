import { buildSync } from 'esbuild';

export interface ScriptOptions {
  /** The oldest edition of JavaScript that is to run it; defaults to `es2022`. */
  readonly target?: string;
  /** Constants that the script declares, as JSON. */
  readonly define?: Readonly<Record<string, string>>;
}

/** Bundles a file, with what it imports, as one script for browsers. */
export function browserScript(
  file: string,
  { target = 'es2022', define = {} }: ScriptOptions = {},
): string {
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target,
    charset: 'utf8',
    tsconfigRaw: {},
    define: { ...define },
  });
  return (outputFiles[0]?.text ?? '').trim();
}
