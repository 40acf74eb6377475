import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import serveStatic from 'serve-static';
import type { Publication } from '../publication/folder.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { buildingPage } from '../templates/plain-pages.ts';
import { answerFor } from './desk/answer.ts';
import type { EditorPages } from './desk/editor-pages.ts';

/** A site being served. */
export interface SiteServer {
  readonly url: string;
  /** Serves under another path from now on: an editor may change it while the site is shown. */
  setPrefix(prefix: string): void;
  /** Shows an editor's pages as well, which are no part of the site, and the Quote button on those of threads. */
  setDesk(pages: EditorPages): void;
  close(): Promise<void>;
}

/** A port that is taken is no reason to stop, but looking for a free one must end. */
const PORTS_TO_TRY = 20;

/** How soon to ask again for a site that is being built for the first time. */
const RETRY_SECONDS = 2;

/**
 * Serves a publication's built site on this machine alone, under its path prefix, as a static host would; a page
 * that says so while there is no site yet. Where `port` is taken and `exact` is not asked for, the next free one is.
 *
 * @throws OperatorError where no port can be had.
 */
export async function serveSite(publication: Publication, port: number, exact: boolean): Promise<SiteServer> {
  const { siteFolder, settings } = publication;
  const { language, title } = settings.site;
  let { prefix } = settings.site;
  let desk: EditorPages | undefined;
  const files = serveStatic(siteFolder, { dotfiles: 'allow' });
  const server = http.createServer((request, response) => {
    const url = request.url ?? '/';
    if (!url.startsWith(prefix)) {
      response.writeHead(302, { location: prefix }).end();
      return;
    }
    if (!fs.existsSync(siteFolder)) {
      notYet(response, String(buildingPage(language, title, RETRY_SECONDS)));
      return;
    }
    const serveFile = () => {
      // The whole path, for the redirect of a folder without its slash.
      Object.assign(request, { originalUrl: url, url: `/${url.slice(prefix.length)}` });
      files(request, response, () => notFound(siteFolder, response));
    };
    if (!desk) return serveFile();
    answerFor(desk, siteFolder, prefix, url).then(
      answer => {
        if (answer) response.writeHead(200, { 'content-type': answer.type }).end(answer.text);
        else serveFile();
      },
      error => response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error)),
    );
  });
  for (let tried = 0; tried < (exact ? 1 : PORTS_TO_TRY) && port + tried <= 65535; tried++) {
    if (await listens(server, port + tried)) {
      return {
        url: `http://localhost:${(server.address() as { port: number }).port}${prefix}`,
        setPrefix: changed => {
          prefix = changed;
        },
        setDesk: pages => {
          desk = pages;
        },
        close: () =>
          new Promise(resolve => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      };
    }
  }
  throw new OperatorError(
    exact
      ? `port ${port} is taken by another program; choose another with --port.`
      : `port ${port} and those behind it are taken; choose another with --port.`,
  );
}

/** How often to look whether something has changed: a few files, so that it costs nothing. */
const LOOK_MILLISECONDS = 500;
const WATCHED = [
  'traffic.yaml',
  'about.md',
  'threads.yaml',
  'people.mailmap',
  'topics.yaml',
  'removals.yaml',
  'archive.db',
];

/**
 * Calls `changed` when something that the site is made from has changed, never twice at once. Gives what stops it.
 *
 * It compares times and sizes instead of waiting for events: editors replace files, and reading the archive
 * makes events of its own, which would build the site for ever.
 */
export function watchPublication(publication: Publication, changed: () => Promise<void>): () => void {
  const watched = WATCHED.map(name => path.join(publication.folder, name));
  const issues = path.join(publication.folder, 'issues');
  const look = () =>
    [...watched, ...filesBelow(issues)].map(file => {
      const stat = fs.statSync(file, { throwIfNoEntry: false });
      return stat ? `${file} ${stat.mtimeMs} ${stat.size}` : '';
    });
  let known = look();
  let running = false;
  const timer = setInterval(async () => {
    const now = look();
    if (running || now.join() === known.join()) return;
    known = now;
    running = true;
    try {
      await changed();
    } finally {
      running = false;
    }
  }, LOOK_MILLISECONDS);
  return () => clearInterval(timer);
}

/** The files of issues: an editor writes new ones while the site is shown. */
function filesBelow(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map(name => path.join(folder, name));
}

function listens(server: http.Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (error.code === 'EACCES')
        reject(
          new OperatorError(
            `port ${port} needs rights that this user does not have; choose one above 1023 with --port.`,
          ),
        );
      else reject(error);
    };
    const onListening = () => {
      server.off('error', onError);
      resolve(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, 'localhost');
  });
}

/** The site will be there, only not now (RFC 9110, 15.6.4). */
function notYet(response: http.ServerResponse, page: string): void {
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(RETRY_SECONDS),
  });
  response.end(page);
}

function notFound(siteFolder: string, response: http.ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    fs.existsSync(path.join(siteFolder, '404.html'))
      ? fs.readFileSync(path.join(siteFolder, '404.html'))
      : 'not found',
  );
}
