import type { Field } from './header.ts';

/**
 * Whether a mail program sent a message by itself in somebody's name, as vacation programs do: by what its header says, or
 * by the subject of an answer. `Auto-Submitted: auto-generated` says nothing here, as services send the words of people
 * so; nor does `Precedence: bulk`, which lists put into all mail.
 */
export function isAutoReply(fields: readonly Field[], subject: string, isAnswer: boolean): boolean {
  return fields.some(saysSo) || (isAnswer && AUTOMATIC.test(subject));
}

function saysSo({ name, value }: Field): boolean {
  // RFC 3834, 5.
  if (name === 'auto-submitted') return /^\s*auto-replied\b/i.test(value);
  if (name === 'precedence') return /^\s*auto[-_]?reply\b/i.test(value);
  return /^x-auto-?(?:reply|respond|responder)$/.test(name) && !/^\s*no\b/i.test(value);
}

/**
 * What mail programs put before the subject of what they answer, in the languages of the most common; and
 * `AUTO: Jane Doe is out of the office (returning 12 March)`. Whoever answers such a mail has `Re:` before it.
 */
const AUTOMATIC = new RegExp(
  String.raw`^\s*(?:\[auto[- ]?reply\]|auto: .{1,80}\bout of the office\b|(?:${[
    'auto(?:matic)?[- ]?(?:reply|response|responder)',
    'out[- ]of[- ](?:the[- ])?office(?: auto-?(?:matic )?reply)?',
    'abwesenheitsnotiz|automatische antwort|automatisch antwoord|automatiskt? svar|autosvar',
    'réponse automatique|respuesta automática|risposta automatica|resposta automática',
    'odpowiedź automatyczna|автоматический ответ|автоответ|自动回复|自動回覆|自動応答',
  ].join('|')})\s*[:：])`,
  'iu',
);
