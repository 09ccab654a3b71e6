/**
 * The lock file on every system and every Python: each package has a wheel, so set-up needs no
 * compiler. uv queries the real package index.
 */
import { OLDEST_MINOR } from '../../../lib/lab/setup/packages/pythons';
import { lockArgs, packageOf, requirements } from '../../../lib/lab/setup/packages/requirements';
import { Uv } from '../../../lib/lab/setup/packages/uv';
import { temporaryFolder } from '../../folder';

const PYTHONS = [OLDEST_MINOR, 11, 12, 13, 14, 15];

/** uv's names of systems, and the oldest Python for each. */
const SYSTEMS: Readonly<Record<string, number>> = {
  'x86_64-unknown-linux-gnu': OLDEST_MINOR,
  'aarch64-unknown-linux-gnu': OLDEST_MINOR,
  'x86_64-apple-darwin': OLDEST_MINOR,
  'aarch64-apple-darwin': OLDEST_MINOR,
  'x86_64-pc-windows-msvc': OLDEST_MINOR,
  'aarch64-pc-windows-msvc': 12,
};

describe('the Python packages', () => {
  const folder = temporaryFolder();
  let uv: Uv;
  before(async () => {
    uv = await Uv.ready(() => {});
  });

  const machine = { name: '', native: false, tried: false, gpu: false };
  const specs = requirements(machine).map(({ spec }) => spec);

  /** Rejects where a package has no wheel. */
  const plan = (wanted: readonly string[], system: string, minor: number) => {
    const where = ['--python-platform', system, '--python-version', `3.${minor}`];
    const install = ['pip', 'install', '--dry-run', '--target', folder];
    const options = { title: system, log: 'every-system' };
    return uv.run([...install, ...where, ...lockArgs, ...wanted], options);
  };

  for (const [system, first] of Object.entries(SYSTEMS)) {
    it(`have wheels for ${system}, uv itself included`, async () => {
      for (const minor of PYTHONS.filter(minor => minor >= first)) {
        await plan([...specs, packageOf('uv').spec], system, minor);
      }
    });
  }

  it('have TensorFlow’s libraries where the native engine is to be made', async () => {
    const { version } = packageOf('engine');
    for (const system of [
      'x86_64-manylinux_2_28',
      'aarch64-manylinux_2_28',
      'aarch64-apple-darwin',
    ]) {
      await plan(['--no-deps', `tensorflow==${version}`], system, 13);
    }
    await plan(['--no-deps', `tensorflow-cpu==${version}`], 'x86_64-manylinux_2_28', 13);
  });
});
