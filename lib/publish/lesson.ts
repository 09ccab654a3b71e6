/** `npm run lesson`: the whole lesson without a browser, on the real kernel. */
export async function runLesson(lang?: string, signal?: AbortSignal): Promise<void> {
  throw new Error('later');
}
