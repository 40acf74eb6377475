import { type MessagePageView, messagePage } from '../../templates/message.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('messages');

export function render({ pass, item }: PageData<MessagePageView>): string {
  return String(messagePage(pass.frame, item.view));
}
