// Data: findings about money, reputation, markets and disputes, GDO700-GDO899. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const moneyCodes: readonly FindingRow[] = [
  ['GDO701', 'splittable-limit', 'warning', 'a limit per case, none per period or recipient', 'Joystream #4333; dfinity/portal #2796', '', '`limit … per 30 days`'],
  ['GDO702', 'ladder-gap', 'error', 'an amount no process may approve, below the account\'s smallest limit', 'OmniLayer spec #24', '', 'close it'],
  ['GDO703', 'limit-unreachable', 'error', '`up to` above the account\'s smallest limit', 'own', '', 'lower'],
  ['GDO704', 'payer-approves', 'warning', 'the keeper alone approves to themselves', 'fei #55', '', '`1 other`'],
  ['GDO705', 'account-without-limit', 'warning', 'spending without any rolling limit', 'SNS cap', '', 'add'],
  ['GDO706', 'scale-mismatch', 'error', 'an amount has more digits than its account\'s scale', 'own', '`2000.005 EUR`', '`2000.00 EUR`'],
  ['GDO801', 'self-earned', 'warning', 'points earned by acts of the earner alone', 'Colony stakes', '', 'another actor'],
  ['GDO802', 'certificate-forever', 'info', 'no `lasts`', 'gittuf #280 ignores expiry', '', '`lasts 2 years`'],
  ['GDO803', 'issuer-bootstraps-itself', 'warning', 'issuers need the certificate they alone issue', 'own (makerspace)', '', 'first holders'],
  ['GDO804', 'small-jury-pool', 'error', 'fewer eligible than `picks`, after `except`', 'own', '', 'smaller panel'],
  ['GDO805', 'appeal-to-same-body', 'warning', 'appeal electorate within the first', 'w3c #749', '', 'larger body'],
  ['GDO806', 'no-appeal', 'info', 'a dispute outcome with none', 'tc39 CoC #9', '', 'add'],
  ['GDO807', 'mutual-rating', 'warning', 'two people can raise each other without bound', 'own', '', '`limit … per author`'],
  ['GDO808', 'sybil-gain', 'warning', 'one actor split into k accounts gains weight (per-head floor, votes per person with open admission); prints what 1 % of the weight costs', 'own (democracy sample)', '', 'drop `at least 1`, harder admission'],
  ['GDO809', 'sponsors-too-few', 'warning', 'fewer people may support than `supported by` or the spread asks, at a legal size', 'Kubernetes: three endorsements of three employers', '', 'lower it'],
];
