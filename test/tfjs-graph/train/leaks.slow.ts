/** Training again and again takes no more memory, whatever the engine and the samples. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';
import { temporaryFolder } from '../../folder';
import type { Growth } from './fit-in-process';

/**
 * MB by which the resident set may grow in the second half of 50 fits. The allocators' own noise is
 * 2 at most; a session left behind at each fit would be 30 or more, a copy of the samples 20.
 */
const NOISE = 8;

describe('memory stays flat over 50 epochs and over 50 fits', () => {
  for (const DIGITS_DEVICE of ['cpu', 'wasm']) {
    it(DIGITS_DEVICE, async () => {
      const { execa } = await import('execa');
      const TMPDIR = temporaryFolder();
      const script = join(__dirname, 'fit-in-process.ts');
      const { stdout } = await execa(
        process.execPath,
        ['--expose-gc', '--import', 'tsx', script],
        // The allocator's arenas, of which there are more the more cores, keep some of what was freed.
        { cwd: projectRoot, env: { DIGITS_DEVICE, MALLOC_ARENA_MAX: '2', TMPDIR, TEMP: TMPDIR } },
      );
      const grown = Object.entries(JSON.parse(stdout) as Record<string, Growth>);
      assert.ok(grown.length > 0);
      for (const [name, { resident, ...kept }] of grown) {
        const all = JSON.stringify(kept);
        assert.deepEqual([...new Set(Object.values(kept))], [0], `${name}: ${all}`);
        assert.ok(resident < NOISE, `${name}: the resident set grew by ${resident.toFixed(1)} MB`);
      }
    });
  }
});
