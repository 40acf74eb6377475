import { type Day, spanOf } from '../../publication/calendar.ts';
import type { Issue, Section } from '../../publication/issues/issue.ts';
import type { Site } from '../model.ts';
import type { Views } from '../views.ts';

/** Noon of a day in the site's time zone, in seconds since 1970 UTC. */
export function noonOf({ site }: Pick<Views, 'site'>, day: Day): number {
  const { from, to } = spanOf({ since: day, until: day }, site.publication.settings.site.timezone);
  return (from + to) / 2;
}

/** The last second of an issue's day, since 1970 UTC: what came later, it could not tell. */
export function endOf({ publication }: Site, { date }: Pick<Issue, 'date'>): number {
  return spanOf({ since: date, until: date }, publication.settings.site.timezone).to - 1;
}

/** The last second of the days that an issue tells of, since 1970 UTC. */
export function endOfDays(site: Site, { period, date }: Pick<Issue, 'period' | 'date'>): number {
  return endOf(site, { date: period?.until ?? date });
}

/**
 * When an issue, or a section of it, came out and when it was last corrected: what is built again has not changed, so
 * no clock is asked.
 */
export function changesOf(
  views: Pick<Views, 'site'>,
  { date, corrections }: Issue,
  section?: Section,
): { readonly published: number; readonly updated: number } {
  const days = corrections.filter(one => !section || one.section === section.id).map(one => one.date);
  const last = days.reduce((latest, day) => (day > latest ? day : latest), date);
  return { published: noonOf(views, date), updated: noonOf(views, last) };
}
