// The search page's script. It is bundled for the browser with the code that `traffic search` runs.
import { type HitView, searchMessage, searchResults } from '../../templates/search.ts';
import type { SearchDocument } from './documents.ts';
import { createFind, type Find } from './find.ts';
import { openIndex, QueryError } from './lunr.ts';

const box = document.querySelector<HTMLInputElement>('#q')!;
const results = document.querySelector<HTMLElement>('#results')!;
let finding: Promise<Find> | undefined;

/** The index is fetched once, and not before somebody asks. */
function loadFind(): Promise<Find> {
  finding ??= Promise.all([fetchText(results.dataset.index!), fetchText(results.dataset.documents!)]).then(
    ([index, documents]) => createFind(openIndex(index!), JSON.parse(documents!) as SearchDocument[]),
  );
  return finding;
}

async function fetchText(file: string): Promise<string> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.text();
}

async function show(query: string): Promise<void> {
  if (query.trim() === '') {
    results.replaceChildren();
    return;
  }
  results.innerHTML = String(searchMessage('Searching …'));
  try {
    render((await loadFind())(query), false);
  } catch (error) {
    if (!(error instanceof QueryError)) finding = undefined; // The next try fetches again.
    const sentence =
      error instanceof QueryError
        ? error.message
        : 'The index could not be fetched. Try again when you are online.';
    results.innerHTML = String(searchMessage(sentence));
  }
}

function render(hits: readonly HitView[], all: boolean): void {
  results.innerHTML = String(searchResults(hits, all));
  document.querySelector('#more')?.addEventListener('click', () => render(hits, true));
}

function fromUrl(): void {
  const query = new URLSearchParams(location.search).get('q') ?? '';
  box.value = query;
  void show(query);
}

box.form!.addEventListener('submit', event => {
  event.preventDefault();
  history.pushState(null, '', `?q=${encodeURIComponent(box.value)}`);
  void show(box.value);
});
addEventListener('popstate', fromUrl);
addEventListener('keydown', event => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  box.select();
});
box.addEventListener('focus', () => void loadFind().catch(() => undefined), { once: true });
fromUrl();
