import { equal, rejects } from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openHub } from '../../../lib/tools/classroom/hub';
import { closedPart } from '../../../lib/tools/classroom/reachable';
import type { Failure } from '../../../lib/tools/project/failure.mjs';
import { ownPort } from '../../own';

describe('what learners with accounts of their own run', () => {
  before(function () {
    if (process.platform === 'win32') this.skip(); // No classroom opens there.
  });

  let folder: string;
  let home: string;
  let python: string;
  let link: string;
  beforeEach(() => {
    // Not in TMPDIR, which may be closed itself.
    folder = realpathSync(mkdtempSync('/tmp/digits-reachable-'));
    chmodSync(folder, 0o755);
    home = join(folder, 'home');
    python = join(home, 'bin', 'python3.12');
    link = join(folder, 'python');
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(python, '');
    for (const each of [home, join(home, 'bin'), python]) chmodSync(each, 0o755);
    symlinkSync(python, link);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is theirs to run where all on the way is open', () => {
    equal(closedPart(python), undefined);
    equal(closedPart(link), undefined);
    chmodSync(home, 0o711);
    equal(closedPart(link), undefined, 'to enter is enough');
  });

  it('is not where it, a folder on the way or what a link leads to is closed', () => {
    chmodSync(python, 0o644);
    equal(closedPart(link), python);
    chmodSync(home, 0o700);
    equal(closedPart(python), home);
    equal(closedPart(link), home);
    chmodSync(folder, 0o750);
    equal(closedPart(link), folder);
  });

  it('stops the classroom before it starts, with what to do, where it is not', async () => {
    chmodSync(home, 0o700);
    const room = {
      python: { prefix: folder, program: () => link },
      port: await ownPort(),
      folder,
      accounts: 'system',
      language: 'en',
    } as const;
    await rejects(
      openHub(room, () => undefined),
      ({ text }: Failure) => {
        const { en, zh } = text;
        equal(
          en.includes(`use ${python} under their own accounts, but ${home} is closed`),
          true,
          en,
        );
        equal(en.includes(`chmod o+x ${home}.`), true, en);
        equal(zh.includes(`使用 ${python}，但 ${home} 不对他们开放`), true, zh);
        equal(zh.includes(`chmod o+x ${home}。`), true, zh);
        return true;
      },
    );
  });
});
