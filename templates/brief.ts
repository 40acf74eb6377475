import { type Html, html } from './html.ts';

/** The brief above a thread's messages, told apart from what editors write. */
export function briefSection(prose: Html): Html {
  return html`<section class="auto" aria-labelledby="brief">
  <h2 class="label" id="brief">Brief, written automatically</h2>
  <p class="hint">No editor has read it. Each quotation leads to its message.</p>
  <div class="prose">${prose}</div>
</section>`;
}
