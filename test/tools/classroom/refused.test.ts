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
  it('is named by the option; else teacher, or whoever opened the classroom by sudo, if anyone', () => {
    equal(teacherFor('shared'), 'teacher');
    equal(teacherFor('shared', '王老师'), '王老师');
    equal(teacherFor('system', 'daemon'), 'daemon');
    const { SUDO_USER } = process.env;
    for (const [by, name] of Object.entries({ daemon: 'daemon', root: '', 'nobody-is-that': '' })) {
      process.env.SUDO_USER = by;
      equal(teacherFor('system'), name);
    }
    if (SUDO_USER === undefined) delete process.env.SUDO_USER;
    else process.env.SUDO_USER = SUDO_USER;
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

it('What learners with accounts of their own run may be entered all the way; else it says what is closed, and what to do', function () {
  if (process.platform === 'win32') this.skip(); // No classroom opens there.
  const folder = temporaryFolder('/tmp'); // not in TMPDIR, which may be closed itself
  const [home, link] = [join(folder, 'home'), join(folder, 'python')];
  const bin = join(home, 'bin');
  const python = join(bin, 'python3.12');
  mkdirSync(bin, { recursive: true });
  writeFileSync(python, '');
  symlinkSync(python, link);
  for (const each of [folder, bin, python]) chmodSync(each, 0o755);
  chmodSync(home, 0o711);
  assertReachable([folder, link, python]);
  for (const closed of [python, home, folder]) {
    chmodSync(closed, closed === python ? 0o644 : 0o750);
    const refused = `use ${python} under their own accounts, but ${closed} is closed to them`;
    throws(() => assertReachable([link]), RegExp(`${refused}.*chmod o\\+x ${closed}\\.`));
  }
});
