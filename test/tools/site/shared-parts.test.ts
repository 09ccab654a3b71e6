import { equal, match } from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finishPages } from '../../../lib/tools/site/steps/pages';
import { temporaryFolder } from '../../folder';

describe('the large parts of pages', () => {
  it('are written once beside them, also on Windows, where Python ends lines otherwise', () => {
    const folder = temporaryFolder();
    const script = `<script nonce="1">\r\n${'x;'.repeat(30_000)}</script>`;
    const pages = ['a.html', 'b.html'].map(name => join(folder, name));
    for (const page of pages) {
      writeFileSync(page, `<style>${'a{}'.repeat(20_000)}</style>\r\n${script}\r\n`);
    }
    finishPages(pages);
    equal(readdirSync(join(folder, 'shared')).length, 2);
    for (const page of pages) {
      const html = readFileSync(page, 'utf8');
      match(html, /<script nonce="1" src="shared\/[0-9a-f]{12}\.js"><\/script>/);
      match(html, /<link rel="stylesheet" href="shared\/[0-9a-f]{12}\.css">/);
    }
  });
});
