/** Known vulnerabilities of the packages in both lock files, from npm's registry. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';

const FOLDERS = { 'the lesson': '.', 'the classroom’s proxy': 'lib/class/classroom/proxy' };

describe('what npm’s registry knows of the packages', () => {
  for (const [name, folder] of Object.entries(FOLDERS)) {
    it(`is no hole in those of ${name}`, async function () {
      const { execa } = await import('execa');
      const { stdout, stderr } = await execa('npm', ['audit', '--json'], {
        cwd: join(projectRoot, folder),
        env: { npm_config_fetch_retries: '0' },
        reject: false,
      });
      if (/audit endpoint returned an error/.test(stderr)) {
        console.log('      the registry does not answer `npm audit`, so skipped:');
        this.skip();
      }
      assert.deepEqual(JSON.parse(stdout).vulnerabilities, {});
    });
  }
});
