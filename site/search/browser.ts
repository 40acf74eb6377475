// The search page's script: it asks the worker and shows what comes back.
import { fetchPacked } from './fetch.ts';
import type { Answer, Question } from './worker.ts';

const box = document.querySelector<HTMLInputElement>('#q')!;
const results = document.querySelector<HTMLElement>('#results')!;
const said = document.querySelector<HTMLElement>('#said')!;
const {
  root,
  worker: packed,
  plain,
  rest,
  plainRest,
  archives,
} = results.dataset as Readonly<Record<string, string>>;
/** What every question says; the addresses are whole, as the worker may have none of its own. */
const about: Pick<Question, 'root' | 'rest' | 'plainRest' | 'archives'> = {
  root: whole(root!),
  rest: whole(rest!),
  plainRest: whole(plainRest!),
  archives: JSON.parse(archives!) as Question['archives'],
};
/** Typing is answered when it rests for so long. */
const REST_MILLISECONDS = 150;
/** Most answers are there sooner: what the browser does for a new address, or a word of patience, would be in their way. */
const PATIENCE_MILLISECONDS = 50;

let worker: Promise<Worker> | undefined;
/** The worker once it is there: it is asked at once then. */
let running: Worker | undefined;
/** The last answers by query: who goes back, or asks again, waits for nothing. */
const answers = new Map<string, Answer>();
const REMEMBERED = 8;

let number = 0;
let asked = '';
/** Of the filters: whether they are unfolded, and on which of them the focus was. */
let unfolded = false;
let standsOn: string | undefined;
let resting: ReturnType<typeof setTimeout> | undefined;

/** Asks the worker, which is started when somebody first wants something of it. */
function ask(query: string, threads?: number): void {
  asked = query;
  const question: Question = {
    ...about,
    number: ++number,
    query,
    ...(threads === undefined ? {} : { threads }),
  };
  if (running) {
    running.postMessage(question);
    return;
  }
  worker ??= startWorker();
  worker.then(
    started => {
      running = started;
      started.postMessage(question);
    },
    () => {
      worker = undefined;
      fail('The search could not be fetched. Try again when you are online.');
    },
  );
}

function whole(address: string): string {
  return new URL(address, location.href).href;
}

/** The worker, from a packed file; from a plain one where the page may only run scripts that have an address. */
async function startWorker(): Promise<Worker> {
  const script = await fetchPacked(packed!);
  const blob = new Blob([script as Uint8Array<ArrayBuffer>], { type: 'text/javascript' });
  const started = await isStarted(new Worker(URL.createObjectURL(blob))).catch(() => new Worker(plain!));
  started.addEventListener('message', ({ data }: MessageEvent<Answer>) => show(data));
  return started;
}

/** The worker when it says that it runs; a page's policy may forbid it. */
function isStarted(started: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    started.addEventListener('message', () => resolve(started), { once: true });
    started.addEventListener('error', reject, { once: true });
  });
}

function show(answer: Answer): void {
  const { stage, markup, said: words } = answer;
  if (answer.number !== number) return;
  if (answer.final) {
    answers.delete(asked);
    answers.set(asked, answer);
    if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value!);
  }
  // What a reader had unfolded or stood on is there again when everything was counted.
  const facets = () => results.querySelector<HTMLDetailsElement>('.facets details');
  unfolded = facets()?.open ?? unfolded;
  standsOn = document.activeElement?.getAttribute('data-words') ?? standsOn;
  results.innerHTML = markup;
  if (stage === 'first') return;
  const again = facets();
  if (again) again.open = unfolded;
  if (standsOn) results.querySelector<HTMLElement>(`[data-words="${CSS.escape(standsOn)}"]`)?.focus();
  standsOn = undefined;
  results.removeAttribute('aria-busy');
  said.textContent = words;
}

function fail(sentence: string): void {
  results.textContent = sentence;
  results.removeAttribute('aria-busy');
  said.textContent = sentence;
}

/** Searches for what is in the box. `keep`: as a step that the back button goes back to. */
function search(keep: boolean): void {
  clearTimeout(resting);
  const query = box.value.trim();
  if (query === '') {
    number++;
    results.replaceChildren();
    said.textContent = '';
  } else if (answers.has(query)) {
    asked = query;
    show({ ...answers.get(query)!, number: ++number });
  } else {
    ask(query);
    results.setAttribute('aria-busy', 'true');
  }
  const asking = number;
  const address = query === '' ? location.pathname : `?q=${encodeURIComponent(query)}`;
  setTimeout(() => {
    history[keep ? 'pushState' : 'replaceState'](null, '', address);
    const isAwaited = asking === number && results.hasAttribute('aria-busy');
    if (isAwaited && results.childElementCount === 0) results.textContent = 'Searching …';
  }, PATIENCE_MILLISECONDS);
}

/** Puts words into the box that are not there, or takes them out. */
function toggle(words: string): void {
  const without = box.value.replace(words, '').replace(/\s+/g, ' ').trim();
  box.value = box.value.includes(words) ? without : `${box.value.trim()} ${words}`.trim();
  search(true);
}

function fromUrl(): void {
  box.value = new URLSearchParams(location.search).get('q') ?? '';
  if (box.value.trim() !== '') search(false);
  else results.replaceChildren();
}

box.form!.addEventListener('submit', event => {
  event.preventDefault();
  search(true);
});
box.addEventListener('input', () => {
  clearTimeout(resting);
  resting = setTimeout(() => search(false), REST_MILLISECONDS);
});
// Starts the worker and fetches the root of the index while somebody begins to type.
box.addEventListener('focus', () => box.value === '' && ask(''), { once: true });
results.addEventListener('change', event => {
  const words = (event.target as HTMLElement).dataset.words;
  if (words !== undefined) toggle(words);
});
results.addEventListener('click', event => {
  const target = event.target as Element;
  const span = target.closest<HTMLElement>('[data-span]')?.dataset.span;
  if (span !== undefined) {
    event.preventDefault();
    // One span at a time: a narrower one takes the place of the wider.
    box.value = `${box.value.replace(/(^|\s)d:\S+/g, '')} ${span}`.trim();
    search(true);
  }
  if (target.id === 'more') ask(asked, Number.MAX_SAFE_INTEGER);
});
addEventListener('popstate', fromUrl);
addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target instanceof HTMLInputElement && event.target.type === 'search';
  if ((event.key === '/' && !typing) || (event.key === 'Escape' && !typing)) {
    event.preventDefault();
    box.select();
  }
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event);
});

/** From hit to hit, and from the box to the first and back. */
function step(event: KeyboardEvent): void {
  const links = [...results.querySelectorAll<HTMLElement>('.hit :is(h3, li) a, #more')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at === -1 && (event.target !== box || event.key === 'ArrowUp')) return;
  event.preventDefault();
  const next = at + (event.key === 'ArrowDown' ? 1 : -1);
  if (next < 0) box.focus();
  else links[next]?.focus();
}

fromUrl();
