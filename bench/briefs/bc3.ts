import fs from 'node:fs';
import path from 'node:path';
import { DOMParser } from 'linkedom';
import { type Annotation, fold, type GoldThread } from './corpus.ts';

/** The BC3 corpus (Ulrich, Murray and Carenini 2008): threads of mail, `corpus.xml` and `annotation.xml` in `folder`. */
export function readBc3(folder: string): readonly GoldThread[] {
  const threads = (name: string) => {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    return [...new DOMParser().parseFromString(text, 'text/xml').querySelectorAll('thread')];
  };
  const annotations = new Map(
    threads('annotation.xml').map(thread => [
      listNumber(thread),
      [...thread.querySelectorAll('annotation')].map(annotationOf),
    ]),
  );
  return threads('corpus.xml').map(thread => ({
    title: textOf(thread, 'name'),
    turns: [...thread.querySelectorAll('DOC')].map(mail => ({
      from: textOf(mail, 'From').replace(/\s*<[^>]*>$/, ''),
      date: textOf(mail, 'Received'),
      sentences: [...mail.querySelectorAll('Text Sent')].map(sentence => ({
        id: (sentence.getAttribute('id') ?? '').trim(),
        text: fold(unescaped(sentence.textContent ?? '')),
      })),
    })),
    annotations: annotations.get(listNumber(thread)) ?? [],
  }));
}

function annotationOf(element: Element): Annotation {
  return {
    abstract: fold(
      [...element.querySelectorAll('summary sent')].map(sentence => sentence.textContent).join(' '),
    ),
    extract: new Set(
      [...element.querySelectorAll('sentences sent')].map(sentence =>
        (sentence.getAttribute('id') ?? '').trim(),
      ),
    ),
  };
}

/** What joins the two files, whose orders differ; one has a stray mark in it. */
function listNumber(thread: Element): string {
  return textOf(thread, 'listno').replace(/[^\d-]/g, '');
}

function textOf(element: Element, name: string): string {
  return fold(unescaped(element.querySelector(name)?.textContent ?? ''));
}

/** Text is escaped twice. */
function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
