import lunr from 'lunr';
import { compareKeys, levelStarts } from '../../site/search/levels.ts';
import { createAnalysis, FIELDS, SEPARATOR } from '../../site/search/lunr.ts';
import type { SearchDocument } from '../../site/search/prepare.ts';
import { kinOf } from '../../site/search/records.ts';

/** One lunr index over all documents, as lunr's own builder makes it: what the search must not differ from. */
export function wholeLunrIndex(documents: readonly SearchDocument[], language = 'en'): lunr.Index {
  const { terms, term } = createAnalysis(language);
  lunr.tokenizer.separator = SEPARATOR;
  // `@types/lunr` does not know it.
  (lunr as unknown as { QueryLexer: { termSeparator: RegExp } }).QueryLexer.termSeparator = SEPARATOR;
  const builder = new lunr.Builder();
  builder.ref('document');
  for (const [field, boost] of Object.entries(FIELDS)) builder.field(field, { boost });
  builder.pipeline.add(
    registered('traffic-terms', token => terms(token.toString()).map(one => token.clone(() => one))),
  );
  builder.searchPipeline.add(
    // Never nothing: a query that asks for it with + would break lunr.
    registered('traffic-term', token => token.update(term)),
  );
  for (const [document, { texts }] of inOrder(documents).entries())
    builder.add({ document: String(document), ...texts });
  return builder.build();
}

/** As the index numbers documents: level by level, in each those beside each other that are of a kin. */
export function inOrder(documents: readonly SearchDocument[]): readonly SearchDocument[] {
  const sorted = documents.toSorted((a, b) => compareKeys(a.key, b.key));
  const starts = levelStarts(sorted.map(({ key }) => key));
  return starts.flatMap((start, at) =>
    sorted
      .slice(start, starts[at + 1])
      .sort((a, b) => Buffer.compare(kinOf(a.record), kinOf(b.record)) || compareKeys(a.key, b.key)),
  );
}

function registered(
  label: string,
  step: (token: lunr.Token) => lunr.Token | lunr.Token[],
): lunr.PipelineFunction {
  // lunr warns of functions without a label; where they are kept is not asked for here.
  (lunr.Pipeline as unknown as { registeredFunctions: Record<string, unknown> }).registeredFunctions[label] =
    step;
  return Object.assign(step, { label }) as unknown as lunr.PipelineFunction;
}
