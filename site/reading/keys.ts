import { READING_LINE } from './place.ts';

const OFF = 'list-traffic-keys-off';

const HELP = `<h2 class="label" id="keys">Keys</h2>
<dl><dt><kbd>j</kbd></dt><dd>next message</dd><dt><kbd>k</kbd></dt><dd>previous message</dd>
<dt><kbd>u</kbd></dt><dd>what the message answers</dd><dt><kbd>/</kbd></dt><dd>search</dd>
<dt><kbd>?</kbd></dt><dd>this help</dd></dl>
<form method="dialog"><button class="btn" value="">Close</button><button class="btn" value="switch"></button></form>`;

/** Reads keys: next and previous message, what it answers, search, help. A reader can turn them off. */
export function listenToKeys(): void {
  document.querySelector('[data-keys]')?.addEventListener('click', showHelp);
  addEventListener('keydown', event => {
    if (!isForPage(event)) return;
    const act = ACTIONS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Whether a key is meant for the page: pressed alone, not to type, and keys are not turned off. */
export function isForPage(event: KeyboardEvent): boolean {
  return !(event.ctrlKey || event.altKey || event.metaKey || event.repeat || isOff() || isTyping(event));
}

const ACTIONS: Readonly<Record<string, () => void>> = {
  j: () => turn('j', 1),
  k: () => turn('k', -1),
  u: () => follow(messageRead()?.querySelector('[data-turn=u]') ?? document.querySelector('[rel=up]')),
  '/': () => {
    const search = document.querySelector<HTMLAnchorElement>('a[rel=search]');
    if (search) location.assign(`${search.href}#q`);
  },
  '?': showHelp,
};

function isTyping({ target }: Event): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog') !== null
  );
}

/** To the next or previous message of the page, at its ends to the page beside it. */
function turn(key: string, step: number): void {
  const messages = [...document.querySelectorAll<HTMLElement>('article.msg')];
  const read = messageRead();
  const to = messages[(read ? messages.indexOf(read) : -1) + step];
  // At the top of the page the first message is not read yet.
  if (to) go(to);
  else follow(read?.querySelector(`[data-turn=${key}]`) ?? beside(key));
}

function beside(key: string): Element | null {
  return document.querySelector(`.around a[rel=${key === 'j' ? 'next' : 'prev'}]`);
}

/** The message that a key or a link went to, while its heading is in view, else the one at the top of the window. */
function messageRead(): HTMLElement | undefined {
  const topOf = (message: HTMLElement) => message.getBoundingClientRect().top;
  const wanted =
    document.activeElement?.closest<HTMLElement>('article.msg') ??
    document.querySelector<HTMLElement>('article.msg:target');
  // The last messages of a page never come up to its top.
  if (wanted && topOf(wanted) >= 0 && topOf(wanted) < innerHeight) return wanted;
  return [...document.querySelectorAll<HTMLElement>('article.msg')].findLast(
    message => topOf(message) < innerHeight * READING_LINE,
  );
}

function follow(link: Element | null): void {
  if (!(link instanceof HTMLAnchorElement)) return;
  const here = link.getAttribute('href')!.startsWith('#') && document.getElementById(link.hash.slice(1));
  if (here) go(here);
  else location.assign(link.href);
}

/** Goes to a message without a step in the history for each, and takes the focus along. */
function go(message: HTMLElement): void {
  location.replace(`#${message.id}`);
  // At once: the next key may come before a smooth scroll has ended.
  message.scrollIntoView({ behavior: 'instant' });
  message.querySelector<HTMLElement>('h3 > a:last-child')?.focus({ preventScroll: true });
}

function showHelp(): void {
  let dialog = document.querySelector('dialog');
  if (!dialog) {
    dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'keys');
    dialog.innerHTML = HELP;
    document.body.append(dialog);
    dialog.addEventListener('close', () => {
      if (dialog!.returnValue === 'switch') setOff(!isOff());
    });
  }
  dialog.returnValue = '';
  dialog.querySelector('[value=switch]')!.textContent = isOff() ? 'Turn keys on' : 'Turn keys off';
  dialog.showModal();
}

// A browser may forbid that anything is kept; the keys are then on.
function isOff(): boolean {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

function setOff(off: boolean): void {
  try {
    if (off) localStorage.setItem(OFF, '1');
    else localStorage.removeItem(OFF);
  } catch {}
}
