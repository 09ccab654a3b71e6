import { equal, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/publish/check';
import { put, temporaryFolder } from '../folder';

describe('npm run check', () => {
  it('formats files before it checks them, with --fix alone', async () => {
    const folder = temporaryFolder();
    put(folder, [['sum.ts', 'export const sum=1+2']]);
    const formatted = 'export const sum = 1 + 2;\n';
    const check = async (...args: string[]) => {
      await main({ rest: ['lint', ...args] }, folder);
      const failed = process.exitCode === 1;
      process.exitCode = 0;
      return failed || readFileSync(join(folder, 'sum.ts'), 'utf8');
    };
    equal(await check(), true);
    equal(await check('--fix'), formatted);
    equal(await check(), formatted);
  });

  it('says which names and options there are', () =>
    rejects(
      main({ rest: ['--fixx'] }),
      /\(types, tslab, lint, notebooks\) or --fix but found "--fixx"/,
    ));
});
