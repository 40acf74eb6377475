import type { EleventyConfig } from '@11ty/eleventy';
import * as about from './pages/about.ts';
import * as corrections from './pages/corrections.ts';
import * as feed from './pages/feed.ts';
import * as front from './pages/front.ts';
import * as home from './pages/home.ts';
import * as issue from './pages/issue.ts';
import * as issueList from './pages/issue-list.ts';
import * as list from './pages/list.ts';
import * as message from './pages/message.ts';
import * as month from './pages/month.ts';
import * as notFound from './pages/not-found.ts';
import * as people from './pages/people.ts';
import * as peopleList from './pages/people-list.ts';
import * as search from './pages/search.ts';
import * as series from './pages/series.ts';
import * as seriesList from './pages/series-list.ts';
import * as stats from './pages/stats.ts';
import * as thread from './pages/thread.ts';
import * as topic from './pages/topic.ts';
import * as topicList from './pages/topic-list.ts';

/** The pages by what Eleventy calls them; what they show is handed over by `site/build.ts`, pass by pass. */
const PAGES = {
  about,
  corrections,
  feed,
  front,
  home,
  issue,
  issueList,
  list,
  message,
  month,
  notFound,
  people,
  peopleList,
  search,
  series,
  seriesList,
  stats,
  thread,
  topic,
  topicList,
};

/** What Eleventy is told that a plain file of settings cannot say. */
export default function configure(eleventy: EleventyConfig): void {
  // As modules of this program, which are loaded with it; Eleventy would look for files, and load each by itself.
  for (const [name, page] of Object.entries(PAGES)) eleventy.addTemplate(`${name}.11ty.js`, { ...page });
  eleventy.setQuietMode(true);
  // What git ignores in this repository says nothing about which pages a publication has.
  eleventy.setUseGitIgnore(false);
  // Eleventy remarks that a page took long whenever the machine is busy.
  for (const group of Object.values(eleventy.benchmarks)) group.setMinimumThresholdMs(0);
}
