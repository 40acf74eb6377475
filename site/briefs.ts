import { knownNumbers } from '../briefs/brief.ts';
import { idOfMidUrl } from '../briefs/citations.ts';
import { type Summary, summarize } from '../briefs/summarize.ts';
import type { BriefThread } from '../briefs/thread.ts';
import { type Finding, holdThreads, verifyProse } from '../briefs/verify.ts';
import type { MessageId } from '../mail/message-id.ts';
import { versionLabel } from '../mail/series/patch-mark.ts';
import { isSamePerson } from '../mail/series/patch-set.ts';
import { type Html, html } from '../templates/html.ts';
import type { Body } from './bodies.ts';
import { type MailViews, postHref } from './mail-views.ts';
import type { Discussion, PostIndex, Site } from './model.ts';
import { type ProseLook, renderProse } from './prose.ts';

/** What is said of a thread, checked against its mail. */
export interface Told extends Summary {
  /** What is untrue in the prose, which is not shown then. There should never be any. */
  readonly errors: readonly Finding[];
}

/** What is said of a thread; `bodies` has its bodies, their quotations proved. */
export function tell(site: Site, discussion: Discussion, bodies: ReadonlyMap<MessageId, Body>): Told {
  return tellThread(briefThread(site, discussion, bodies));
}

/** What is said of a thread. */
export function tellThread(thread: BriefThread): Told {
  const summary = summarize(thread);
  const { brief, prose } = summary;
  const known = knownNumbers(brief);
  const { findings } = verifyProse(prose, holdThreads([thread]), { about: thread.root, known });
  return { ...summary, errors: findings.filter(({ severity }) => severity === 'error') };
}

/** The brief as its `thread`'s page shows it; each quotation leads to its message there, or to another thread's page. */
export function briefView(
  views: MailViews,
  { prose, errors }: Pick<Told, 'prose' | 'errors'>,
  thread?: { readonly discussion: Discussion; readonly postOf: PostIndex },
): Html | '' {
  if (errors.length > 0) return '';
  return renderProse(
    prose,
    briefLook(id => {
      const own = thread?.postOf.get(id);
      if (own) return { href: postHref(views, thread!.discussion, own), label: `#${own.number}` };
      const lead = views.elsewhere.lead(id);
      return lead && { href: lead.inThread, label: `#${lead.number}` };
    }),
  );
}

/** Where a message is, and what its link says: `#12`; undefined for one that the site does not have. */
type FindMessage = (id: MessageId) => { readonly href: string; readonly label: string } | undefined;

/** How briefs look: a small number behind each quotation leads to its message, and links lead to messages alone. */
function briefLook(find: FindMessage): ProseLook {
  const sourceOf = (url: string | undefined) => {
    const id = url === undefined ? undefined : idOfMidUrl(url);
    return id === undefined ? undefined : find(id);
  };
  const reference = (url: string | undefined) => {
    const source = sourceOf(url);
    return source && html` <a class="ref" href="${source.href}">${source.label}</a>`;
  };
  return {
    quotation: (words, { url }) => html`<q>${words}</q>${reference(url)}`,
    block: ({ name, url, words }) => html`<figure class="quote">
  ${name === undefined ? '' : html`<figcaption class="said-by">${name}${reference(url)}</figcaption>`}
  <blockquote>${words(said => said)}</blockquote>
</figure>
`,
    link: (words, url) => {
      const source = sourceOf(url);
      return source ? html`<a href="${source.href}">${words}</a>` : words;
    },
  };
}

/** A thread as briefs read it; `bodies` has its bodies, their quotations proved. */
export function briefThread(
  site: Site,
  discussion: Discussion,
  bodies: ReadonlyMap<MessageId, Body>,
): BriefThread {
  return asBriefThread(discussion, bodies, laterVersion(site, discussion));
}

/** A thread as briefs read it, given the version that superseded it. */
export function asBriefThread(
  discussion: Discussion,
  bodies: ReadonlyMap<MessageId, Body>,
  supersededBy: BriefThread['supersededBy'],
): BriefThread {
  const messages = discussion.posts.map(({ message, author, subject, answers }) => ({
    id: message.id,
    parent: typeof answers === 'object' ? answers.message.id : undefined,
    received: message.received,
    author,
    subject,
    blocks: bodies.get(message.id)!.blocks,
  }));
  return { root: discussion.root, messages, supersededBy };
}

/** The version of its patches that superseded those of a thread. */
export function laterVersion(site: Site, { posts }: Discussion): BriefThread['supersededBy'] {
  const version = site.series.of(posts[0]!.message)?.version;
  if (version?.state !== 'superseded' || !version.by) return undefined;
  const { mark, head, first } = version.by;
  return {
    label: versionLabel(mark),
    title: head.subject.title,
    sameAuthor: isSamePerson(head.author, version.set.head.author),
    message: head.message.id,
    received: first,
  };
}
