import { type PersonView, personPage } from '../../templates/people.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('people');

export function render({ pass, item }: PageData<PersonView>): string {
  return String(personPage(pass.frame, pass.dates, item.view));
}
