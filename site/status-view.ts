import type { StatusValue } from '../briefs/brief.ts';
import { statusWords } from '../briefs/story/wording.ts';
import type { StatusView } from '../templates/status.ts';

const LOOKS: Readonly<Record<StatusValue, StatusView['look']>> = {
  merged: 'merged',
  applied: 'merged',
  'partly applied': 'review',
  withdrawn: 'refused',
  refused: 'refused',
  superseded: 'quiet',
  'changes promised': 'waiting',
  reviewed: 'review',
  answered: 'quiet',
  discussed: 'quiet',
  'no reply': 'quiet',
};

/** How a thread stands, as pages show it. */
export function statusView(value: StatusValue): StatusView {
  return { words: statusWords(value), look: LOOKS[value] };
}
