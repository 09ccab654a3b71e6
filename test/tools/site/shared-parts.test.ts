import { equal, match } from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shareLargeParts } from '../../../lib/tools/site/shared-parts';

describe('the large parts of pages', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'digits-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const [system, end] of [
    ['Linux and macOS', '\n'],
    ['Windows, where Python ends lines otherwise', '\r\n'],
  ] as const) {
    it(`are written once beside them, on ${system}`, () => {
      const script = `<script nonce="1">${end}${'x;'.repeat(30_000)}</script>`;
      const pages = ['a.html', 'b.html'].map(name => join(folder, name));
      for (const page of pages) {
        writeFileSync(page, `<style>${'a{}'.repeat(20_000)}</style>${end}${script}${end}`);
      }
      shareLargeParts(pages);
      equal(readdirSync(join(folder, 'shared')).length, 2);
      for (const page of pages) {
        const html = readFileSync(page, 'utf8');
        match(html, /<script nonce="1" src="shared\/[0-9a-f]{12}\.js"><\/script>/);
        match(html, /<link rel="stylesheet" href="shared\/[0-9a-f]{12}\.css">/);
      }
    });
  }
});
