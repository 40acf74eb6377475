import { citedIds } from '../../briefs/verify.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { Issue } from '../../publication/issues/issue.ts';

/** The messages that an issue's introduction and sections quote or cite. */
export function citedBy({ introduction, sections }: Issue): ReadonlySet<MessageId> {
  const proses = [introduction, ...sections.map(({ prose }) => prose)];
  return new Set(proses.flatMap(({ markdown }) => [...citedIds(markdown)]));
}
