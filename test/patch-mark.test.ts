import assert from 'node:assert/strict';
import test from 'node:test';
import { patchMark, versionLabel } from '../mail/series/patch-mark.ts';
import { parseSubject } from '../mail/subject.ts';

/** A subject's tags, and what they say: kind, version, place, subsystems; `-` where they mark no patch. */
const MARKS: Readonly<Record<string, string>> = {
  '[PATCH]': 'patch v1',
  '[patch]': 'patch v1',
  '[PATCH 2/7]': 'patch v1 2/7',
  '[PATCH v3 02/17]': 'patch v3 2/17',
  '[PATCH 00/17 v3]': 'patch v3 0/17',
  '[PATCH V2,1/2]': 'patch v2 1/2',
  '[PATCHv4 1/2]': 'patch v4 1/2',
  '[PATCHv4]': 'patch v4',
  '[PATCH-v4]': 'patch v4',
  '[PATCH v5.1]': 'patch v5.1',
  '[PATCH v5.1 3/7]': 'patch v5.1 3/7',
  '[PATCH 5.4 012/309]': 'patch v1 12/309 5.4',
  '[PATCH 5.10.y]': 'patch v1 5.10.y',
  '[PATCH v2 -next]': 'patch v2 -next',
  '[PATCH net-next v2 0/3]': 'patch v2 0/3 net-next',
  '[RFC PATCH net-next 0/3]': 'patch RFC 0/3 net-next',
  '[RFC v2 0/3]': 'patch RFC v2 0/3',
  '[RFCv2 0/3]': 'patch RFC v2 0/3',
  '[PATCH RFC v2]': 'patch RFC v2',
  '[PATCH/RFC]': 'patch RFC',
  '[RFC/PATCH 1/2]': 'patch RFC 1/2',
  '[PATCH-RFC]': 'patch RFC',
  '[RFC]': '-',
  '[RFC 1/2]': 'patch RFC 1/2',
  '[PATCH RESEND v2 1/2]': 'patch v2, resent 1/2',
  '[RESEND PATCH]': 'patch v1, resent',
  '[RESEND][PATCH v2]': 'patch v2, resent',
  '[REPOST PATCH v2]': 'patch v2, resent',
  '[v2,3/7]': 'patch v2 3/7',
  '[3/7]': '-',
  '[RFT 03/13]': 'patch v1 3/13 rft',
  '[RESEND TRIVIAL 1/3]': 'patch v1, resent 1/3 trivial',
  '[PATCH 1 of 2]': 'patch v1 1/2',
  '[PATCHSET v3]': 'patch v3',
  '[PATCHSET 0/5 mm]': 'patch v1 0/5 mm',
  '[GIT PULL]': 'pull v1',
  '[GIT PULL v2]': 'pull v2',
  '[GIT PULL 3/4]': 'pull v1 3/4',
  '[git pull] drm': 'pull v1',
  '[PULL REQUEST]': 'pull v1',
  '[list-example] [PATCH 1/2]': 'patch v1 1/2 list-example',
  '[DISPATCH]': '-',
  '[list-example]': '-',
  '[PATCH 3/2]': 'patch v1',
  '[PATCH 0/0]': 'patch v1',
  '[PATCH man-pages v8]': 'patch v8 man-pages',
  '[RFT PATCH 1/2]': 'patch v1 1/2 rft',
  'Re: [PATCH 1/2]': '-',
};

for (const [tags, told] of Object.entries(MARKS)) {
  test(`the mark of ${tags}`, () => {
    const mark = patchMark(parseSubject(`${tags} close files`));
    const place = mark?.place && `${mark.place.index}/${mark.place.total}`;
    const line = mark ? [mark.kind, versionLabel(mark), place, ...mark.subsystems] : ['-'];
    assert.equal(line.filter(Boolean).join(' '), told);
  });
}
