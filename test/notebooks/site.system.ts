/** The lesson in the browser, with nothing installed: the same notebook on the site's own kernel. */
import { lessonOnSite } from './lesson-on-site';

lessonOnSite('en');
