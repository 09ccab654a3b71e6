/** Reads the lines of the cells in the errors of all browsers. */
import { functionIn, mendErrors, type Place } from '../errors/mend';
import { placeAt, sources } from './scripts';

/** Chromium writes `    at f (blob:…:2:5)`, the others `f@blob:…:2:5`. */
const FRAME = /^(?: +at )?(.*?)(?: \(|@)?(blob:\S+?):(\d+)(?::\d+)?\)?$/gm;

/** Where Firefox and WebKit say that a script cannot be read. */
interface UnreadPlace {
  readonly fileName?: string;
  readonly lineNumber?: number;
  readonly sourceURL?: string;
  readonly line?: number;
}

mendErrors((error: Error & UnreadPlace): Place[] => {
  const { fileName, lineNumber, sourceURL = fileName, line = lineNumber } = error;
  const all = [...String(error.stack).matchAll(FRAME)];
  const places = all.length > 0 ? all : [['', '', sourceURL, line]];
  return places.flatMap(([, called, address, row]) => {
    const place = placeAt(String(address), Number(row));
    if (!place) return [];
    const source = sources.get(place.cell)?.split('\n')[place.line - 1] ?? '';
    return { ...place, source, what: functionIn(String(called)) };
  });
});
