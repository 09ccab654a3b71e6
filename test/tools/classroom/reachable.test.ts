import { equal, throws } from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountsFor, assertReachable, teacherFor } from '../../../lib/tools/classroom/classroom';
import { temporaryFolder } from '../../folder';

describe('the classroom', () => {
  it('is refused on Windows before anything is set up, with what to do', () =>
    throws(
      () => accountsFor({}, 'win32'),
      /^Failure: .*does not run on Windows.*Linux or macOS, or in WSL.*npm start/,
    ));

  it('is refused to root with one password for all, with what to do', function () {
    if (process.geteuid?.() !== 0) this.skip();
    throws(() => accountsFor({ accounts: 'shared' }), /cannot be started by root: .* without sudo/);
  });
});

describe('a teacher’s account', () => {
  const { SUDO_USER } = process.env;
  afterEach(() => {
    if (SUDO_USER === undefined) delete process.env.SUDO_USER;
    else process.env.SUDO_USER = SUDO_USER;
  });

  it('is named by the option; else teacher, or whoever opened the classroom by sudo, if anyone', () => {
    equal(teacherFor('shared'), 'teacher');
    equal(teacherFor('shared', '王老师'), '王老师');
    equal(teacherFor('system', 'daemon'), 'daemon');
    for (const [by, name] of [
      ['daemon', 'daemon'],
      ['root', ''],
      ['nobody-is-that', ''],
    ] as const) {
      process.env.SUDO_USER = by;
      equal(teacherFor('system'), name);
    }
  });

  it('is refused if there is none of this name, or it is root’s, with what it must be', () => {
    for (const name of ['nobody-is-that', 'root', '', '-u']) {
      throws(
        () => teacherFor('system', name),
        /--teacher must name an account .* root’s.* Received: /,
      );
    }
  });
});

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
    folder = temporaryFolder('/tmp');
    chmodSync(folder, 0o755);
    home = join(folder, 'home');
    python = join(home, 'bin', 'python3.12');
    link = join(folder, 'python');
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(python, '');
    for (const each of [home, join(home, 'bin'), python]) chmodSync(each, 0o755);
    symlinkSync(python, link);
  });

  const closed = (path: string) => (error: Error) =>
    error.message.includes(`but ${path} is closed`);

  it('is theirs to run where all on the way may be entered', () => {
    chmodSync(home, 0o711);
    assertReachable([folder, link, python]);
  });

  it('is not where it, a folder on the way or what a link leads to is closed, with what to do', () => {
    chmodSync(python, 0o644);
    throws(() => assertReachable([link]), closed(python));
    chmodSync(home, 0o700);
    const refused = `use ${python} under their own accounts, but ${home} is closed to them`;
    throws(() => assertReachable([folder, link]), new RegExp(`${refused}.*chmod o\\+x ${home}\\.`));
    chmodSync(folder, 0o750);
    throws(() => assertReachable([link]), closed(folder));
  });
});
