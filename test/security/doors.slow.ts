/** Access of other accounts on this machine to `npm run lesson`; classroom.slow.ts tests a classroom. */
import { ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';
import { temporaryFolder } from '../folder';
import { NpmStart } from '../lab/npm-start';
import { until } from '../lab/setup/support';
import { commandOf } from '../processes';
import { assertShut, skipWithoutAccounts } from './doors';

/** Something that stands in each notebook. */
const IN_NOTEBOOKS = '"cell_type"';

describe('an account of this machine that is not asked in', function () {
  this.timeout(400_000);
  before(function () {
    skipWithoutAccounts(this);
  });

  it('finds the doors of npm run lesson shut', async () => {
    const lesson = new NpmStart([], { command: ['run', 'lesson', '--', '--lang', 'en'] });
    try {
      let match: RegExpExecArray | undefined | null;
      await until(() => {
        const commands = lesson.left().map(commandOf).join('\n');
        match = /execute\.py (\S+)\/in\.ipynb[\s\S]* (\S+\/kernel\.json)/.exec(commands);
        return match !== null;
      });
      const [, work = '', connection = ''] = match ?? [];
      await assertShut(
        [lesson.mark, IN_NOTEBOOKS],
        [
          ['kernel', connection],
          ['open', dirname(connection)],
          ['below', work],
        ],
      );
    } finally {
      lesson.killAll();
    }
  });

  it('has none of its code run that lies among the temporary files', () => {
    const [TMPDIR, HOME] = [temporaryFolder(), temporaryFolder()];
    const script = join(projectRoot, 'lib', 'command', 'bootstrap.mjs');
    const ran = join(HOME, 'ran');
    const examine = () =>
      spawnSync(process.execPath, [script, 'doctor'], {
        env: { ...process.env, TMPDIR, HOME },
        stdio: 'ignore',
      });
    examine();
    const folder = join(TMPDIR, 'tsx-0');
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      const content = JSON.parse(readFileSync(file, 'utf8'));
      content.code = `require("fs").writeFileSync(${JSON.stringify(ran)}, "");${content.code}`;
      writeFileSync(file, JSON.stringify(content));
    }
    examine();
    ok(existsSync(ran), 'so it would be');
    rmSync(ran);
    for (const path of [folder, ...readdirSync(folder).map(name => join(folder, name))]) {
      chownSync(path, 65534, 65534);
    }
    examine();
    ok(!existsSync(ran));
  });
});
