import { type CorrectionsView, correctionsPage } from '../../templates/corrections.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('corrections');

export function render({ pass, item }: PageData<CorrectionsView>): string {
  return String(correctionsPage(pass.frame, pass.dates, item.view));
}
