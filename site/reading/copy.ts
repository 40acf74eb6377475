/** Lets the buttons beside permalinks copy them. */
export function offerCopies(): void {
  document.addEventListener('click', async event => {
    const button = (event.target as Element).closest<HTMLElement>('[data-copy]');
    const link = button?.previousElementSibling;
    if (!button || !(link instanceof HTMLAnchorElement)) return;
    await navigator.clipboard.writeText(permalink(link));
    button.textContent = 'copied';
    setTimeout(() => {
      button.textContent = 'copy';
    }, 2000);
  });
}

/** The link as it is on the site's own host, whichever host shows this copy of the site. */
function permalink(link: HTMLAnchorElement): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]');
  return new URL(link.getAttribute('href')!, canonical?.href ?? location.href).href;
}
