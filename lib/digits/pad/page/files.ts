/** Reads a picture file into a pad: dropped, pasted or chosen. */
import type { PageTexts } from '../digit-pad';
import type { Ink } from '../drawing';
import { digitIn, type Pixels } from '../picture-file';
import type { View } from './view';

/** Maximum size of the longer side, in pixels. */
const SIDE = 420;

/** @param take receives the digit of a file, with a message for the learner. */
export function listenToFiles(view: View, take: (ink: Ink, note: string) => void): void {
  const texts = view.texts.picture;
  // Files may be dropped anywhere on the pad.
  const [area, button, message] = [view.find('.all'), view.find('.open'), view.find('.fault')];
  const open = async (files: readonly File[]) => {
    message.textContent = texts.reading;
    const result = await read(files, texts);
    message.textContent = typeof result === 'string' ? result : '';
    if (typeof result !== 'string') take(result.ink, result.note);
  };

  const input = view.find<HTMLInputElement>('.file');
  input.addEventListener('change', () => {
    if (input.files?.length) void open([...input.files]);
    // Allows choosing the same file again.
    input.value = '';
  });
  button.addEventListener('click', () => input.click());

  // The learner continues drawing, so the error message is no longer needed.
  area.addEventListener('pointerdown', () => {
    message.textContent = '';
  });
  // Otherwise the browser would open the file, or JupyterLab would handle the event.
  const claim = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  area.addEventListener('dragover', event => {
    if (event.dataTransfer?.types.includes('Files')) claim(event);
  });
  area.addEventListener('drop', event => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    claim(event);
    void open([...event.dataTransfer.files]);
  });
  area.addEventListener('paste', event => {
    if (event.target instanceof HTMLInputElement) return;
    claim(event);
    void open([...(event.clipboardData?.files ?? [])]);
  });
}

/** Reads a single file. Returns an error message on failure. */
async function read(
  files: readonly File[],
  { faults, remarks }: PageTexts['picture'],
): Promise<{ ink: Ink; note: string } | string> {
  const [file, ...rest] = files;
  if (!file) return faults.none;
  if (rest.length > 0) return faults.many.replace('{count}', String(files.length));
  const pixels = await pixelsOf(file).catch(() => undefined);
  if (!pixels) return faults.other.replace('{name}', () => file.name);
  const match = digitIn(pixels);
  if (!match) return faults.blank.replace('{name}', () => file.name);
  return { ink: match.ink, note: match.remarks.map(remark => remarks[remark]).join('') };
}

/** Decodes a picture in a small size, with the camera's orientation; a photo in full has 50 MB. */
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
