import { onOneLine } from '../../mail/blanks.ts';
import { asideLabel, speakerOf } from './attributes.ts';
import { readDay } from './day.ts';
import { roleOf } from './elements.ts';
import type { KnownIssues } from './known-issues.ts';
import { type Inline, text } from './story.ts';
import { cleanUrl } from './urls.ts';
import type { Warnings } from './warnings.ts';
import type { XmlElement, XmlNode } from './xml.ts';

/** Reads elements that stand within a line; of others, their words. */
export class InlineReader {
  readonly #known: KnownIssues;
  readonly #warnings: Warnings;

  constructor(known: KnownIssues, warnings: Warnings) {
    this.#known = known;
    this.#warnings = warnings;
  }

  read(nodes: readonly XmlNode[]): readonly Inline[] {
    return nodes.flatMap(node => (node.kind === 'text' ? [text(node.text)] : this.#element(node)));
  }

  /** Warns of an element that nobody knows. */
  expectKnown(element: XmlElement): void {
    if (roleOf(element) === undefined)
      this.#warnings.add(element.line, `<${element.name}> is not known; its words were read without it.`);
  }

  #element(element: XmlElement): readonly Inline[] {
    const children = () => this.read(element.children);
    switch (roleOf(element)) {
      case 'code':
        return this.#code(element);
      case 'strong':
        return [{ kind: 'emphasis', strong: true, children: children() }];
      case 'emphasis':
        return [{ kind: 'emphasis', strong: false, children: children() }];
      case 'link':
        return this.#link(element);
      case 'reference':
        return this.#reference(element);
      case 'break':
        return [{ kind: 'break' }];
      case 'picture':
        return this.#picture(element);
      case 'quotation': {
        const speaker = speakerOf(element);
        if (speaker) return [{ kind: 'quotation', speaker, children: children() }];
        const words = trimmed(children());
        return words.length === 0 ? [] : [text('"'), ...words, text('"')];
      }
      case 'aside':
        return [{ kind: 'aside', label: asideLabel(element), children: children() }];
      case 'silent':
        return [];
      case 'dropped':
        this.#warnings.add(element.line, `<${element.name}> was left out, with all that is in it.`);
        return [];
      case 'plain':
        return children();
      default:
        this.expectKnown(element);
        return [text(' '), ...children(), text(' ')];
    }
  }

  /** Code is words alone; a link around which it stands is one still. */
  #code(element: XmlElement): readonly Inline[] {
    return this.read(element.children).map(part => codeOf(part));
  }

  #link(element: XmlElement): readonly Inline[] {
    const children = this.read(element.children);
    const { href = element.attributes.ref } = element.attributes;
    if (href === undefined) return children;
    const url = cleanUrl(href);
    if (url !== undefined) return [{ kind: 'link', url, children }];
    if (/^(?:ftp|news|nntp|gopher):/i.test(href.trim())) return [...children, text(` <${href.trim()}>`)];
    this.#warnings.add(
      element.line,
      `A link to ${href.trim().slice(0, 100)} leads nowhere here; its words were kept.`,
    );
    return children;
  }

  #picture({ attributes, line }: XmlElement): readonly Inline[] {
    const words = text(attributes.alt?.trim() || 'picture');
    const url = cleanUrl(attributes.src ?? '');
    this.#warnings.add(line, `A picture was left out${url === undefined ? '' : '; a link leads to it'}.`);
    return [url === undefined ? words : { kind: 'link', url, children: [words] }];
  }

  #reference(element: XmlElement): readonly Inline[] {
    const { attributes, line } = element;
    const subject = onOneLine(attributes.subject ?? '');
    const day = readDay(attributes.startdate ?? '');
    const target = this.#target(attributes) ?? (subject ? this.#known.find(subject, day) : undefined);
    const words = trimmed(this.read(element.children));
    const named = subject ? `"${subject}"${day === undefined ? '' : ` (${day})`}` : undefined;
    if (target) {
      const { issue, section } = target;
      const place = `issue ${issue}${section === undefined ? '' : `, section ${section}`}`;
      const url = `../${issue}/${section === undefined ? '' : `#s${section}`}`;
      return [
        {
          kind: 'link',
          url,
          children: words.length > 0 ? words : [text(named ? `${place}: ${named}` : place)],
        },
      ];
    }
    const told = words.length > 0 ? words : [text(named ?? 'an earlier issue')];
    const { issuenum = attributes.edition } = attributes;
    const which = words.length > 0 && issuenum ? [text(` (issue ${issuenum})`)] : [];
    this.#warnings.add(
      line,
      `${named ?? `Issue ${issuenum ?? '?'}`} is not here; the reference to it became words.`,
    );
    return [...told, ...which];
  }

  /** Kernel Cousins count issues from 1 and their sections from 0; an edition's items likewise. */
  #target(attributes: Readonly<Record<string, string>>) {
    const issue = Number(attributes.issuenum ?? attributes.edition);
    if (!this.#known.has(issue)) return undefined;
    const written = (attributes.sectionnum ?? attributes.item ?? '').trim();
    const section = /^\d{1,3}$/.test(written) ? Number(written) + 1 : undefined;
    return { issue, section: section !== undefined && this.#known.has(issue, section) ? section : undefined };
  }
}

function codeOf(part: Inline): Inline {
  if (part.kind === 'text') return { kind: 'code', text: part.text };
  return 'children' in part ? { ...part, children: part.children.map(codeOf) } : part;
}

/** Parts without white space at the ends: quotation marks stand at the words. */
function trimmed(parts: readonly Inline[]): readonly Inline[] {
  return parts
    .map((part, at) => {
      if (part.kind !== 'text') return part;
      const start = at === 0 ? part.text.trimStart() : part.text;
      return text(at === parts.length - 1 ? start.trimEnd() : start);
    })
    .filter(part => part.kind !== 'text' || part.text !== '');
}
