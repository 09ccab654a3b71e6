import { type BuildOptions, buildSync } from 'esbuild';

/** esbuild options for browser code. */
export const forBrowsers = {
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
  tsconfigRaw: {},
} satisfies BuildOptions;

/** Bundles a file with all imports into a script. `define` sets constants as JSON. */
export function browserScript(file: string, options: BuildOptions = {}): string {
  const { outputFiles } = buildSync({
    ...{ ...forBrowsers, entryPoints: [file], write: false, format: 'iife' },
    ...options,
  });
  return (outputFiles?.[0]?.text ?? '').trim();
}
