/** What npm's registry knows of holes in the packages of both lock files. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { projectRoot } from '../../lib/tools/project/paths';

/**
 * Returns the packages with a hole that the lock file of a folder names; undefined where the registry does
 * not answer.
 */
async function holesIn(folder: string, registry?: string): Promise<string[] | undefined> {
  const { execa } = await import('execa');
  const { stdout, stderr } = await execa('npm', ['audit', '--json'], {
    cwd: join(projectRoot, folder),
    env: { npm_config_fetch_retries: '0', ...(registry && { npm_config_registry: registry }) },
    reject: false,
  });
  if (/audit endpoint returned an error/.test(stderr)) return undefined;
  return Object.keys(JSON.parse(stdout).vulnerabilities);
}

const FOLDERS = { 'the lesson': '.', 'the classroom’s proxy': 'lib/tools/classroom/proxy' };

describe('what npm’s registry knows of the packages', () => {
  for (const [name, folder] of Object.entries(FOLDERS)) {
    it(`is no hole in those of ${name}`, async function () {
      const holes = await holesIn(folder);
      if (holes) return assert.deepEqual(holes, []);
      console.log('      the registry does not answer `npm audit`, so skipped:');
      this.skip();
    });

    it(`would be told of those of ${name}`, async () => {
      const registry = createServer(async (request, reply) => {
        if (request.method !== 'POST') return reply.writeHead(404).end(); // the package's versions
        const body = gunzipSync(Buffer.concat(await request.toArray())).toString();
        const [first = ''] = Object.keys(JSON.parse(body));
        const advisory = { id: 1, title: 'A hole', severity: 'high', vulnerable_versions: '*' };
        reply.end(JSON.stringify({ [first]: [advisory] }));
      }).listen(0, '127.0.0.1');
      try {
        await once(registry, 'listening');
        const { port } = registry.address() as AddressInfo;
        const holes = await holesIn(folder, `http://127.0.0.1:${port}/`);
        assert.ok(holes && holes.length > 0, `${holes}`);
      } finally {
        registry.close();
      }
    });
  }
});
