/**
 * Prints what `environment.yml` asks of pip. From that, `uv` makes the lock file: all packages that
 * come along, each with its checksums.
 *
 *     npx tsx lib/tools/setup/packages/pip-lock.ts | uv pip compile - --universal --python-version 3.10 \
 *       --generate-hashes --no-annotate --no-header --output-file lib/tools/setup/packages/pip.lock
 *
 * `uv` is a package of PyPI. The peers of the benchmark are left out: their builds differ by machine.
 */
import { partsOf, readEnvironment } from './environment-yml';

for (const line of readEnvironment().pip) {
  const { pinned, name, version, marker } = partsOf(line);
  if (marker.includes("'bench'")) continue;
  const here = marker && !marker.startsWith('extra') ? `; ${marker}` : '';
  console.log(pinned + here);
  if (name === 'tensorflow-cpu') console.log(`tensorflow[and-cuda]==${version}${here}`);
}
