/**
 * Prints what `environment.yml` asks of pip, for the lock file of all that comes along with it, each
 * with its checksums:
 *
 *     npx tsx lib/tools/setup/packages/pip-lock.ts | uv pip compile - --universal --python-version 3.10 \
 *       --generate-hashes --no-annotate --no-header --output-file lib/tools/setup/packages/pip.lock
 *
 * `uv` is a package of PyPI. The peers of the benchmark stand apart: their builds differ by machine.
 */
import { readEnvironment } from './environment-yml';

for (const line of readEnvironment().pip) {
  const [spec = '', marker = ''] = line.split(';').map(part => part.trim());
  if (marker.includes("'bench'")) continue;
  const here = marker && !marker.startsWith('extra') ? `; ${marker}` : '';
  console.log(spec + here);
  if (spec.startsWith('tensorflow-cpu')) {
    console.log(spec.replace('tensorflow-cpu', 'tensorflow[and-cuda]') + here);
  }
}
