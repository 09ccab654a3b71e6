/** Data embedded in the page. */
import type { Catalogue } from '../catalogue';
import type { Class } from '../read';
import { texts as all } from './language';

export interface ReportData {
  readonly catalogue: Catalogue;
  /** Hand-ins read by the command. */
  readonly initialClass?: Class;
  /** URL of a classroom's hand-ins, polled every few seconds. */
  readonly liveUrl?: string;
}

export const data: ReportData = JSON.parse(
  document.getElementById('report-data')?.textContent ?? '',
);
export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/** The texts of the page and of the lesson in the page's language. */
export const texts = all[language];
export const lesson = data.catalogue[language];
