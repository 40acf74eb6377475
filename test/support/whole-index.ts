import lunr from 'lunr';
import { compareKeys } from '../../site/search/levels.ts';
import { createAnalysis, FIELDS, SEPARATOR } from '../../site/search/lunr.ts';
import type { SearchDocument } from '../../site/search/prepare.ts';

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
  const sorted = documents.toSorted((a, b) => compareKeys(a.key, b.key));
  for (const [document, { texts }] of sorted.entries()) builder.add({ document: String(document), ...texts });
  return builder.build();
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
