import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { addonFile, type BuildConfig, compilerFlags, linkerFlags, sourcesOf } from './build-config';
import { recordFile, recordOf } from './build-stamp';
import { compile, type Tools } from './compiler';
import type { Run } from './process';

/**
 * Compiles TensorFlow.js's addon with our own ops, and puts it where TensorFlow.js looks for it, once it
 * could be loaded. Until then an older addon stays; so it does if this is broken off.
 *
 * @returns the compiler's name
 */
export async function makeAddon(config: BuildConfig, tools: Tools): Promise<string> {
  const addon = addonFile(config.tfjs);
  const folder = dirname(addon);
  mkdirSync(folder, { recursive: true });
  removeLeft(folder);
  // As deep as the addon's own place, so that a run path from `$ORIGIN` holds in both.
  const parts = `${folder}.${process.pid}`;
  mkdirSync(parts);
  try {
    const output = join(parts, basename(addon));
    const compiler = await compile(
      {
        sources: sourcesOf(config),
        compilerFlags: compilerFlags(config),
        linkerFlags: linkerFlags(config),
        parts,
        output,
      },
      tools,
    );
    await loadAddon(output, tools.run);
    const record = recordFile(output);
    writeFileSync(record, recordOf(config, output));
    renameSync(output, addon);
    renameSync(record, recordFile(addon));
    return compiler;
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
}

/** Removes the folders that one which was killed has left. */
function removeLeft(folder: string): void {
  const parent = dirname(folder);
  const left = readdirSync(parent).filter(name => name.startsWith(`${basename(folder)}.`));
  for (const name of left) rmSync(join(parent, name), { recursive: true });
}

/** Loads an addon in a process of its own: a broken one may end it. */
export const loadAddon = (file: string, run: Run): Promise<void> =>
  run(process.execPath, ['-e', 'require(process.argv[1])', file], {
    TF_CPP_MIN_LOG_LEVEL: '3',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  });
