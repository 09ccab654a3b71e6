/** Training again and again takes no more memory, whatever the engine and the samples. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/tools/project/paths';
import type { Growth } from './fit-in-process';

/**
 * MB by which the resident set may grow in the second half of 30 fits. The allocators' own noise is
 * 2 at most; a session left behind at each fit would be 30 or more, a copy of the samples 20.
 */
const NOISE = 8;

describe('memory stays flat over 50 epochs and over 30 fits', () => {
  const ways = [
    ['cpu', 'floats'],
    ['cpu', 'bytes'],
    ['wasm', 'bytes'],
  ] as const;
  let grown: Record<string, Growth>[];

  before(async () => {
    grown = [];
    for (const [device, samples] of ways) {
      grown.push(await growthOn(device, samples));
    }
  });

  ways.forEach(([device, samples], i) => {
    for (const name of ['epochs', 'fits', 'interrupted', 'thrown']) {
      it(`${name}: ${samples}, ${device}`, () => {
        const growth = grown[i]?.[name];
        assert.ok(growth);
        const { resident, ...kept } = growth;
        assert.deepEqual(kept, {
          ...{ tensors: 0, bytes: 0, sessions: 0, addonTensors: 0 },
          ...{ temporary: 0, listeners: 0 },
        });
        assert.ok(resident < NOISE, `the resident set grew by ${resident.toFixed(1)} MB`);
      });
    }
  });
});

async function growthOn(device: string, samples: string): Promise<Record<string, Growth>> {
  const script = join(__dirname, 'fit-in-process.ts');
  const temporary = await mkdtemp(join(tmpdir(), 'leaks-'));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', script, samples],
      {
        cwd: projectRoot,
        env: {
          ...process.env,
          DIGITS_DEVICE: device,
          // The allocator's arenas, of which there are more the more cores, keep some of what was freed.
          MALLOC_ARENA_MAX: '2',
          ...{ TMPDIR: temporary, TEMP: temporary },
        },
      },
    );
    return JSON.parse(stdout);
  } finally {
    await rm(temporary, { recursive: true });
  }
}
