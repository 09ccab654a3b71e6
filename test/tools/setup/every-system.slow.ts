/**
 * The lock file on every system and every Python: each package has a wheel there, so that nothing needs
 * a compiler. Asked of the package index itself, by uv.
 */
import { oldest } from '../../../lib/tools/setup/packages/pythons';
import { locked, onlyFor, requirements } from '../../../lib/tools/setup/packages/requirements';
import { Uv } from '../../../lib/tools/setup/packages/uv';
import { temporaryFolder } from '../../folder';

const PYTHONS = [oldest, 11, 12, 13, 14, 15];

/** uv's names of systems, and the oldest Python there. */
const SYSTEMS: Readonly<Record<string, number>> = {
  'x86_64-unknown-linux-gnu': oldest,
  'aarch64-unknown-linux-gnu': oldest,
  'x86_64-apple-darwin': oldest,
  'aarch64-apple-darwin': oldest,
  'x86_64-pc-windows-msvc': oldest,
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
    return uv.run([...install, ...where, ...locked, ...wanted], options);
  };

  for (const [system, first] of Object.entries(SYSTEMS)) {
    it(`have wheels for ${system}, uv itself included`, async () => {
      for (const minor of PYTHONS.filter(each => each >= first)) {
        await plan([...specs, onlyFor('uv').spec], system, minor);
      }
    });
  }

  it('have TensorFlow’s libraries where the native engine is to be made', async () => {
    const { version } = onlyFor('engine');
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
