import { type PeopleView, peoplePage } from '../../templates/people.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('peopleList');

export function render({ pass, item }: PageData<PeopleView>): string {
  return String(peoplePage(pass.frame, pass.dates, item.view));
}
