// Full pages for findings whose rule has no page of its own, or a shorter one. Both columns are completed and compiled in a test:
// wrong gives exactly this code, right does not.

/** A page beyond what the list of codes knows. */
export interface FindingPage {
  readonly what: string;
  readonly wrong: string;
  readonly right: string;
  readonly why: string;
  readonly how: string;
  /** What to do, where `how` is empty. */
  readonly fix: string;
  readonly see: string;
}

/** Pages by code; a code without a page here is explained from the list of codes. */
export const findingPages: ReadonlyMap<string, FindingPage> = new Map([
  [
    'GDO101',
    {
      what: 'A role, process, area or other name is used that nothing in the bylaws declares.',
      wrong: 'role councillor plural councillors\n  ...\nend\n...\n  started by any counselor',
      right: 'role councillor plural councillors\n  ...\nend\n...\n  started by any councillor',
      why: 'Nobody holds a role that does not exist: the rule would never apply to anyone.',
      how: 'It compares each name with the declared ones, and offers those that differ by a letter or two.',
      fix: '',
      see: 'GDO102 unknown-stage, GDO106 wrong-kind',
    },
  ],
  [
    'GDO301',
    {
      what: 'A vote asks for more people than can ever take part, so it can never pass.',
      wrong: 'role councillor\n  held by 3 to 7 people\n...\n  quorum at least 5 councillors voting',
      right: 'role councillor\n  held by 3 to 7 people\n...\n  quorum at least 2/3 of councillors voting',
      why: 'A council that falls below its own quorum cannot even elect replacements.',
      how: 'It compares the quorum with the smallest roster the role allows, after\ntaking away anyone the vote excludes ("except the subject").',
      fix: '',
      see: 'GDO402 lock-out, GDO609 vacancy-unhandled;  gdo explain quorum',
    },
  ],
]);
