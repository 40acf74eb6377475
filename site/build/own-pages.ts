import { groupBy } from '../../mail/group-by.ts';
import type { MailViews } from '../mail-views.ts';
import type { Output } from '../output.ts';
import { type OfferedPage, PageItem, Pass } from '../pass.ts';
import { outputFile, type SitePath } from '../permalinks.ts';
import { ChangedFiles } from './changed-files.ts';
import { digestOf, digestOfPlain } from './digest.ts';
import { rendered } from './eleventy.ts';
import { createCollector } from './garbage.ts';
import type { KnownPage, SiteStore } from './store.ts';

/** Pages that are rendered together: so many are held in memory. */
const AT_ONCE = 400;

type PageType = Exclude<keyof Pass, 'frame' | 'dates' | 'threads' | 'messages'>;

/** What pages show. */
type View = Pass[PageType][number]['view'];

/** A page that shows something else than before. */
interface Changed {
  readonly type: PageType;
  readonly item: PageItem<View>;
  readonly view: string;
}

/**
 * The pages and files of a site that are no thread's: what shows the same as before is not rendered, and what has the
 * same content is not written.
 */
export class OwnPages implements Output {
  /** What there is now. */
  readonly all = new Map<SitePath, KnownPage>();
  readonly #views: MailViews;
  readonly #around: string;
  readonly #known: ReadonlyMap<SitePath, KnownPage>;
  readonly #files: ChangedFiles;
  #changed: Changed[] = [];
  readonly #collectGarbage = createCollector();

  /** `around` is the digest of what all pages show. */
  constructor(views: MailViews, around: string, output: Output, known: ReadonlyMap<SitePath, KnownPage>) {
    this.#views = views;
    this.#around = around;
    this.#files = new ChangedFiles(output, file => known.get(file)?.content);
    this.#known = known;
  }

  /** What is new, or has another content than before. */
  get written(): readonly SitePath[] {
    return this.#files.written;
  }

  write(target: SitePath, content: string | Uint8Array): void {
    this.#write(target, content, '');
  }

  /** Takes pages, and asks for the views of those that are made from something else than before. */
  async offer<Type extends PageType>(
    type: Type,
    offered: Iterable<OfferedPage<Pass[Type][number]['view']>>,
  ): Promise<void> {
    for (const { path, from, view } of offered)
      await this.#take(
        type,
        path,
        digestOf(this.#around, type, from),
        async () => new PageItem<View>(path, await view()),
      );
  }

  /** Takes the pages of a pass. They may be rendered later, with others. */
  async add({ frame: _, dates: __, ...types }: Pass): Promise<void> {
    for (const [type, items] of Object.entries(types) as [PageType, readonly PageItem<View>[]][])
      for (const item of items)
        await this.#take(type, item.path, digestOf(this.#around, type, digestOfPlain(item.view)), () => item);
  }

  async #take(
    type: PageType,
    path: SitePath,
    view: string,
    item: () => PageItem<View> | Promise<PageItem<View>>,
  ): Promise<void> {
    const at = `/${outputFile(path)}` as SitePath;
    const known = this.#known.get(at);
    if (known?.view === view) this.all.set(at, known);
    else this.#changed.push({ type, item: await item(), view });
    if (this.#changed.length >= AT_ONCE) await this.render();
  }

  /** Has the pages rendered that were taken and are not yet. */
  async render(): Promise<void> {
    const changed = this.#changed;
    this.#changed = [];
    for (let start = 0; start < changed.length; start += AT_ONCE) {
      const some = changed.slice(start, start + AT_ONCE);
      const views = new Map(some.map(({ item, view }) => [item.file, view]));
      const pass = new Pass(this.#views.frame, this.#views.dates);
      for (const [type, items] of groupBy(some, one => one.type))
        Object.assign(pass, { [type]: items.map(({ item }) => item) });
      for (const { file, content } of await rendered(pass))
        this.#write(`/${file}` as SitePath, content, views.get(file)!);
      // Few pages leave little behind, and looking for it takes longer than they did.
      if (some.length === AT_ONCE) this.#collectGarbage();
    }
  }

  /** What there was, and is no more. */
  removed(): readonly SitePath[] {
    return [...this.#known.keys()].filter(at => !this.all.has(at));
  }

  /** Has the store remember what there is now. */
  save(store: SiteStore): void {
    for (const at of this.removed()) store.removePage(at);
    for (const [at, page] of this.all) {
      const known = this.#known.get(at);
      if (known?.view !== page.view || known.content !== page.content) store.setPage(at, page);
    }
  }

  #write(target: SitePath, content: string | Uint8Array, view: string): void {
    const { file, digest } = this.#files.write(target, content);
    this.all.set(file, { view, content: digest });
  }
}
