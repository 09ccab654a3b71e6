/** A learning platform of SCORM 1.2, by scorm-again, that unpacks and serves a package like Moodle. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import serveStatic from 'serve-static';
import { ownPort } from '../../own';
import { readText } from '../../texts';

/** The stored data of a learner, as scorm-again submits the data. */
interface Kept {
  readonly core: { readonly lesson_status: string; readonly score: { readonly raw: string } };
  readonly suspend_data: string;
}

/** Moodle's MIME types by file extension; Moodle does not know wasm, woff2 or ipynb. */
const setHeaders = (response: ServerResponse, path: string) => {
  if (path.endsWith('.js')) response.setHeader('content-type', 'application/x-javascript');
  else if (!/\.(html|css|json|svg|gz)$/.test(path))
    response.setHeader('content-type', 'document/unknown');
  if (path.endsWith('.gz')) response.setHeader('content-encoding', 'identity');
};

/** Starts the platform with the package in a folder; while `refuses` is set, the platform stores nothing. */
export async function startLms(folder: string) {
  const files = serveStatic(folder, { setHeaders });
  const lms = { kept: new Map<string, Kept>(), refuses: false };
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '', 'http://lms');
    const learner = search.replace(/\?(learner=)?/, '');
    if (pathname === '/commit') {
      const { cmi } = (await json(request)) as { cmi: Kept };
      if (!lms.refuses) lms.kept.set(learner, cmi);
      response.end(JSON.stringify({ result: !lms.refuses, errorCode: lms.refuses ? 101 : 0 }));
    } else if (pathname === '/course') {
      const stored = JSON.stringify(lms.kept.get(learner) ?? {});
      response.setHeader('content-type', 'text/html');
      response.end(readText('test/class/export/lms.html').replace('/* kept */', () => stored));
    } else if (pathname === '/scorm12.min.js') {
      response.end(readText('node_modules/scorm-again/dist/scorm12.min.js'));
    } else {
      request.url = pathname.replace('/pluginfile.php/37/mod_scorm/content/1', '');
      files(request, response, () => response.writeHead(404).end());
    }
  });
  const port = await ownPort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const stop = () => server.close().closeAllConnections();
  return Object.assign(lms, { address: `http://127.0.0.1:${port}`, stop });
}
