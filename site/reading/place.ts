/** The line that a message must cross to be the one that is read, as a part of the window's height from its top. */
export const READING_LINE = 0.08;

/** Goes on to the page that has the message of the address, where this one has a line for it at most. */
export function followAnchor(): void {
  const anchor = location.hash.slice(1);
  if (!/^m[0-9a-f]{40}$/.test(anchor)) return;
  const there = document.getElementById(anchor);
  // Without one, the message has moved to another page since the link was made; the first knows to which.
  const onward = there
    ? there.querySelector<HTMLAnchorElement>(':scope > a')?.href
    : document.querySelector<HTMLAnchorElement>('.pages li a:not([rel], [aria-current])')?.href;
  if (onward && !there?.matches('article')) location.replace(there ? onward : `${onward}#${anchor}`);
}

/** Marks in the outline the message that is being read, and keeps it in view there. */
export function showPlace(): void {
  const outline = document.querySelector<HTMLElement>('.outline');
  if (!outline) return;
  let marked: Element | undefined;
  const mark = (message: Element | null | undefined) => {
    const line = message && outline.querySelector<HTMLElement>(`.tree a[href="#${message.id}"]`);
    if (!line) return;
    marked?.removeAttribute('aria-current');
    marked = visibleLine(line);
    marked.setAttribute('aria-current', 'true');
    bringIntoView(outline, marked);
  };
  const observer = new IntersectionObserver(
    // Entries come by message, not by time, and a message that was left again is among them.
    entries =>
      mark(entries.toSorted((a, b) => a.time - b.time).findLast(entry => entry.isIntersecting)?.target),
    { rootMargin: `${-100 * READING_LINE}% 0px ${100 * READING_LINE - 100}% 0px` },
  );
  for (const message of document.querySelectorAll('article.msg')) observer.observe(message);
  // The last messages of a page never come up to the line.
  addEventListener('focusin', ({ target }) => mark((target as Element).closest('article.msg')));
}

/** The line itself, or that of the subthread that is folded over it. */
function visibleLine(line: HTMLElement): Element {
  let visible: Element = line;
  for (let fold = closedFold(line); fold; fold = closedFold(fold.parentElement!))
    visible = fold.parentElement!.firstElementChild!;
  return visible;
}

function closedFold(element: Element): Element | null {
  return element.closest('.tree details:not([open])');
}

/** Scrolls the outline alone: the page stays where its reader has it. */
function bringIntoView(outline: HTMLElement, line: Element): void {
  const box = outline.getBoundingClientRect();
  const { top, bottom } = line.getBoundingClientRect();
  if (top < box.top || bottom > box.bottom) outline.scrollTop += top - box.top - box.height / 3;
}
