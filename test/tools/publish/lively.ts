import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { padBundle } from '../../../lib/digits/pad/digit-pad';
import {
  type CodeCell,
  type Notebook,
  readNotebook,
  writeNotebook,
} from '../../../lib/tools/publish/notebook';
import { compiledModel } from '../../support';

/** A copy of the small fixture whose first stage ends with a pad; its path. */
export async function livelyNotebook(built: string, folder: string): Promise<string> {
  const notebook: Notebook = await readNotebook(join(built, 'small.en.ipynb'));
  const model = compiledModel();
  const pad = padBundle(model);
  model.dispose();
  const at = notebook.cells.findIndex(cell => cell.id === 'stage-1-code-1');
  const lively: CodeCell = {
    cell_type: 'code',
    id: 'lively',
    metadata: {},
    source: 'digitPad(model);',
    execution_count: 9,
    outputs: [
      {
        output_type: 'display_data',
        data: pad,
        metadata: {},
      },
    ],
  };
  const cells = [...notebook.cells.slice(0, at + 1), lively, ...notebook.cells.slice(at + 1)];
  const path = join(folder, 'lively.ipynb');
  await writeNotebook(path, { ...notebook, cells });
  return path;
}

/** Presses in the middle of the pad, and returns how bright it is there, 0 to 255. */
export async function inkOf(page: Page): Promise<number | undefined> {
  const pad = page.locator('canvas').first();
  await pad.click();
  return pad.evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    return canvas.getContext('2d')?.getImageData(width / 2, height / 2, 1, 1).data[0];
  });
}
