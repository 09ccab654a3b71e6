import { buildSync } from 'esbuild';

/** Bundles a file, with what it imports, as one script; `define` gives the constants that it declares, as JSON. */
export function browserScript(
  file: string,
  { target = 'es2022', define = {} as Record<string, string> } = {},
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
    define,
  });
  return (outputFiles[0]?.text ?? '').trim();
}
