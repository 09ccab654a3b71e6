import { type BuildOptions, buildSync } from 'esbuild';

/** How esbuild bundles what runs in a browser. */
export const forBrowsers = {
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
  tsconfigRaw: {},
} satisfies BuildOptions;

/** Bundles a file, with what it imports, as one script; `define` gives the constants that it declares, as JSON. */
export function browserScript(file: string, options: BuildOptions = {}): string {
  const { outputFiles } = buildSync({
    ...{ ...forBrowsers, entryPoints: [file], write: false, format: 'iife' },
    ...options,
  });
  return (outputFiles?.[0]?.text ?? '').trim();
}
