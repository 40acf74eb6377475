import type { XmlElement, XmlNode } from './xml.ts';

/** How the elements within prose are read. */
export type Role =
  | 'block' // a paragraph, or a part of a page with paragraphs of its own
  | 'list'
  | 'definitions'
  | 'preformatted'
  | 'table'
  | 'heading'
  | 'indented'
  | 'quotation'
  | 'aside'
  | 'code'
  | 'strong'
  | 'emphasis'
  | 'link'
  | 'reference' // to another section or issue
  | 'break'
  | 'picture'
  | 'plain' // how its words look is left to the page
  | 'silent' // no prose, or read elsewhere
  | 'dropped'; // with all that stands in it

const NAMES: Readonly<Record<Role, string>> = {
  block: 'p div center dd dt li tr td th tbody thead tfoot caption address article hr',
  list: 'ul ol',
  definitions: 'dl',
  preformatted: 'pre xmp listing',
  table: 'table',
  heading: 'h1 h2 h3 h4 h5 h6',
  indented: 'blockquote',
  quotation: 'quote',
  aside: 'editorialize correction',
  code: 'code tt kbd samp',
  strong: 'b strong',
  emphasis: 'i em u cite dfn var',
  link: 'a',
  reference: 'kcref confer',
  break: 'br',
  picture: 'img',
  plain: 'font small big span sup sub nobr abbr acronym q headquote',
  silent: 'topic mention section stats mailbox-stats intro',
  dropped: 'script style object embed applet iframe form input select textarea button svg math head',
};

const ROLES: ReadonlyMap<string, Role> = new Map(
  (Object.keys(NAMES) as Role[]).flatMap(role => NAMES[role].split(' ').map(name => [name, role] as const)),
);

/** How an element is read; undefined for one that nobody knows. */
export function roleOf(element: XmlElement): Role | undefined {
  return isKeptCorrection(element) ? 'silent' : ROLES.get(element.name);
}

/** Whether an element is a correction that a publication keeps apart from the text: it says what the text said. */
export function isKeptCorrection({ name, attributes }: XmlElement): boolean {
  return name === 'correction' && attributes.was !== undefined;
}

const STAND_ALONE: ReadonlySet<Role | undefined> = new Set<Role>([
  'block',
  'list',
  'definitions',
  'preformatted',
  'table',
  'heading',
  'indented',
]);

/** Whether an element ends the line that it stands in, for what it is or for what is in it. */
export function standsAlone(element: XmlElement): boolean {
  const role = roleOf(element);
  if (role === 'silent' || role === 'dropped') return false;
  return (
    STAND_ALONE.has(role) ||
    element.children.some(
      child =>
        child.kind === 'element' &&
        (standsAlone(child) || ((role === 'quotation' || role === 'code') && roleOf(child) === 'break')),
    )
  );
}

/** The elements among nodes. */
export function elementsIn(nodes: readonly XmlNode[]): readonly XmlElement[] {
  return nodes.filter(node => node.kind === 'element');
}

/** The elements called one of `names` under `element`, in order, and not those within one another. */
export function findAll(element: XmlElement, names: readonly string[]): readonly XmlElement[] {
  return elementsIn(element.children).flatMap(child =>
    names.includes(child.name) ? [child] : findAll(child, names),
  );
}

/** All text in an element as it stands there, with a line's end for a break. */
export function rawText({ children }: XmlElement): string {
  return children
    .map(child => {
      if (child.kind === 'text') return child.text;
      const role = roleOf(child);
      if (role === 'break') return '\n';
      return role === 'dropped' ? '' : rawText(child);
    })
    .join('');
}
