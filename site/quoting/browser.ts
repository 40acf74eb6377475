// The Quote button of `traffic serve`: an editor selects words and has the Markdown that quotes them.
import type { MessageId } from '../../mail/message-id.ts';
import { isForPage } from '../reading/keys.ts';
import { quotationFor } from './quotation.ts';
import { selectedWords } from './selected.ts';

const messages = JSON.parse(document.getElementById('quotable')!.textContent!) as Readonly<
  Record<string, { readonly id: MessageId; readonly name: string }>
>;

// The site's stylesheet is the readers'.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.quoting { position: fixed; inset-block-end: 0; inset-inline-end: 0; display: flex; align-items: center; gap: var(--half);
  margin: var(--half); z-index: 2; max-inline-size: calc(100vw - 2 * var(--half)); }
.quoting p { background: var(--paper); color: var(--ink); border: 1px solid var(--rule-2); padding: var(--quarter) var(--half); }
.quoting p:empty { display: none; }
@media print { .quoting { display: none; } }`);
document.adoptedStyleSheets.push(sheet);

const box = document.createElement('div');
box.className = 'quoting meta';
const told = document.createElement('p');
told.setAttribute('role', 'status');
const button = document.createElement('button');
button.type = 'button';
button.className = 'btn';
button.textContent = 'Quote';
button.setAttribute('aria-keyshortcuts', 'q');
button.title = 'Copy the selected words as a quotation (q)';
box.append(told, button);
document.body.append(box);

// A press on the button must not take the selection away.
button.addEventListener('mousedown', event => event.preventDefault());
button.addEventListener('click', quote);
addEventListener('keydown', event => {
  if (event.key !== 'q' || !isForPage(event)) return;
  event.preventDefault();
  quote();
});

async function quote(): Promise<void> {
  tell(await quoted());
}

/** Copies the quotation of what is selected, and says what came of it. */
async function quoted(): Promise<string> {
  const selected = selectedWords(getSelection());
  if (!selected) return 'Select the words to quote first.';
  if ('refusal' in selected) return selected.refusal;
  const message = messages[selected.anchor];
  if (!message) return 'This message has come since the site was built; load the page again.';
  const quotation = quotationFor(selected.words, message);
  try {
    await navigator.clipboard.writeText(quotation);
    return `Copied: a quotation of ${message.name}.`;
  } catch {
    return 'The browser does not let this page write to the clipboard.';
  }
}

let silence: ReturnType<typeof setTimeout> | undefined;

/** Says it anew even where the words are the same, and takes it away in time. */
function tell(words: string): void {
  clearTimeout(silence);
  told.textContent = '';
  requestAnimationFrame(() => {
    told.textContent = words;
  });
  silence = setTimeout(() => {
    told.textContent = '';
  }, 6000);
}
