// Data: findings about time and schedules, GDO500-GDO599. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const timeCodes: readonly FindingRow[] = [
  ['GDO501', 'empty-window', 'error', '`within 0 days`, or a close before an opening', 'own', '', '`within 7 days`'],
  ['GDO502', 'ambiguous-day', 'info', 'a deadline in days without `day ends`; prints the instant', 'kubernetes/community #7432, #7471; otel #1182; helios #393', '', '`day ends "UTC-12"`'],
  ['GDO503', 'decision-never-expires', 'warning', '`accept the merge` without `within` where content may age', 'Compound GRACE_PERIOD', '', '`within 30 days`'],
  ['GDO504', 'late-swing', 'warning', 'no `extends`, `holds` or `sealed` on votes over the bylaws or money', 'OZ PreventLateQuorum; Polkadot RFC #20, #120', '', '`extends by 2 days …`'],
  ['GDO505', 'repair-slower-than-harm', 'warning', '§3.6', 'Compound 62 and 117', '', 'an emergency process'],
  ['GDO506', 'notice-too-short', 'warning', 'window shorter than the activity window of its electorate, or a meeting with notice < 3 days', 'Build Finance', '', 'lengthen'],
  ['GDO507', 'silence-consents', 'info', '`unless` or a bare `after` accepts', 'own', '', 'know it'],
  ['GDO508', 'term-without-successor', 'warning', 'a term ends and nothing starts a choice', 'NixOS SC-election #563', '', '`starts every`'],
  ['GDO509', 'date-in-past', 'warning', '`until`, `on`, `from` before today', 'own', '', 'new date'],
  ['GDO510', 'extension-unbounded', 'error', 'extensions can exceed 10 × the vote', 'OZ #6644', '', '`at most 3 times`'],
  ['GDO511', 'confirmation-too-long', 'error', '`holds for` ≥ `open for`', 'own', '', 'shorten'],
  ['GDO512', 'window-never-reached', 'warning', '`within 30 days` in a stage that ends after 14', 'own', '', 'align'],
  ['GDO513', 'schedule-contradicts-words', 'error', 'a right\'s title, refusal sentence or `gdo:says` region names days or times other than its schedule', 'MakeIt Labs doorbot ("Weeknight: hobbyists allowed": Wed 12:00 allowed, 20:00 denied); Noisebridge (11:00-21:59 said, 22:59 coded); Swindon (18:30 said, 18:00 stored)', '`weekdays from 09:00 to 17:00`', '`18:00 to 22:00`'],
  ['GDO514', 'offset-not-declared', 'error', 'a schedule without `local time`, or an offset used in a scenario that the list lacks (a warning: the display zone has an offset, in the tool\'s zone data, that is not listed)', 'four door systems decide by local time with the device\'s zone data', '', '`local time "-06:00", "-05:00"`'],
  ['GDO515', 'offline-limits-differ', 'warning', 'two rights over one thing have different offline limits for people who may hold both', 'MakeIt Labs authbackend: one grace period, three boundaries', '', 'one value'],
  ['GDO516', 'grace-differs', 'warning', 'the same fact has two different periods in `lost through`, a refusal sentence, or a duty', 'MakeIt Labs authbackend (13, 14 and 15 days: a member 13-14 days late was neither warned nor refused)', '', 'one value'],
  ['GDO517', 'offline-outlives-loss', 'warning', 'a device may decide alone for longer than the shortest period in the role\'s `lost through`', 'own; a removed member keeps the door for D', '', 'shorter `offline`'],
  ['GDO518', 'right-without-offline', 'info', 'no `offline` clause: the thing stops when the network does', 'FabLabAQ, Hacker Lab: outages are normal', '', '`offline for at most 7 days`'],
  ['GDO519', 'empty-schedule', 'error', '`from` equals `to`, or a span that other lines already contain', 'own', '', 'delete the line'],
  ['GDO520', 'grace-without-witnesses', 'error', '`grace … with k receipts` and fewer than k + 1 witnesses at a legal size', 'own', '', 'lower k'],
  ['GDO521', 'offline-above-stale', 'error', 'a right\'s `offline` limit above the organization\'s `stale after` (S96)', 'own', '', 'lower one, raise the other'],
  ['GDO522', 'endless-restart', 'error', 'a clock restarted by an act or a concern (`without`, `in a row`) and no plain `after` that ends the step', 'Rust council: each objection restarts ten days', '', '`after 60 days go to refused`'],
  ['GDO523', 'sealed-but-watched', 'error', '`sealed` with `swung`, `quorate in`, `holds for` or a mid-vote result', 'own: nothing is known before the opening', '', 'drop one'],
  ['GDO524', 'opening-after-deadline', 'warning', 'the time to open sealed ballots reaches beyond a deadline that needs the result', 'own', '', 'shorten'],
];
