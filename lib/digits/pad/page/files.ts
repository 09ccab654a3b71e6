/** Takes a picture file onto a pad: dropped, pasted or chosen. */
import type { PageTexts } from '../digit-pad';
import type { Ink } from '../drawing';
import { digitIn, type Pixels } from '../picture-file';
import type { View } from './view';

/** The longer side, in pixels, to which a picture is made smaller. */
const SIDE = 420;

/** @param take is called with a digit that was found in a file, and what is to be said of it. */
export function listenToFiles(view: View, take: (ink: Ink, note: string) => void): void {
  const texts = view.texts.picture;
  // Files may be dropped anywhere on the pad.
  const [area, button, said] = [view.find('.all'), view.find('.open'), view.find('.fault')];
  const open = async (files: readonly File[]) => {
    said.textContent = texts.reading;
    const found = await read(files, texts);
    said.textContent = typeof found === 'string' ? found : '';
    if (typeof found !== 'string') take(found.ink, found.note);
  };

  const input = view.find<HTMLInputElement>('.file');
  input.addEventListener('change', () => {
    if (input.files?.length) void open([...input.files]);
    // The same file may be chosen again.
    input.value = '';
  });
  button.addEventListener('click', () => input.click());

  // Whoever draws on has read what was wrong.
  area.addEventListener('pointerdown', () => {
    said.textContent = '';
  });
  // The browser would leave the page for the file, and JupyterLab has uses of its own for it.
  const keep = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  area.addEventListener('dragover', event => {
    if (event.dataTransfer?.types.includes('Files')) keep(event);
  });
  area.addEventListener('drop', event => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    keep(event);
    void open([...event.dataTransfer.files]);
  });
  area.addEventListener('paste', event => {
    if (event.target instanceof HTMLInputElement) return;
    keep(event);
    void open([...(event.clipboardData?.files ?? [])]);
  });
}

/** Reads the one file; or says what is wrong. */
async function read(
  files: readonly File[],
  { faults, remarks }: PageTexts['picture'],
): Promise<{ ink: Ink; note: string } | string> {
  const [file, ...others] = files;
  if (!file) return faults.none;
  if (others.length > 0) return faults.many.replace('{count}', String(files.length));
  const pixels = await pixelsOf(file).catch(() => undefined);
  if (!pixels) return faults.other.replace('{name}', () => file.name);
  const found = digitIn(pixels);
  if (!found) return faults.blank.replace('{name}', () => file.name);
  return { ink: found.ink, note: found.remarks.map(remark => remarks[remark]).join('') };
}

/** Decodes a picture, upright as the camera was held, and small: a photo has 50 MB in full. */
async function pixelsOf(file: Blob): Promise<Pixels> {
  const bitmap = await createImageBitmap(file, { resizeWidth: SIDE, resizeQuality: 'high' });
  const zoom = SIDE / Math.max(bitmap.width, bitmap.height);
  const width = Math.max(1, Math.round(bitmap.width * zoom));
  const height = Math.max(1, Math.round(bitmap.height * zoom));
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}
