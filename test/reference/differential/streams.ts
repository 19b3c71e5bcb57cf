// Streams by chance: mostly what the reference would take, often a little beside it, at deadlines and one millisecond off. It decides no verdict.
import { contentRoot } from '../interpreter/content.ts';
import type { Content } from '../interpreter/content.ts';
import { readRoot } from '../interpreter/merges.ts';
import { drawHash } from '../interpreter/draws.ts';
import { commitmentTo } from '../interpreter/votes.ts';
import type { Hints } from './hints.ts';
import { attributeValues } from './record-lines.ts';
import { eventIdOf, thingsAsked } from './stream.ts';
import { people } from './charters.ts';
import { changeBy } from './merge-lines.ts';
import type { Dice } from './dice.ts';
import type { Founding, Signed } from './stream.ts';

const zeros = '0'.repeat(64);
const strangers = ['zed', 'ada-2'];
const anyone = [...people, ...strangers];

/** The next instant: now, soon, at what is due, or one millisecond beside it. */
function nextMs(dice: Dice, hints: Hints): number {
  const { nowMs } = hints;
  const close = hints.closesMs.find((one) => one > nowMs);
  const dueMs = close !== undefined && dice.chance(70) ? close : hints.dueMs;
  const kind = dice.below(12);
  if (kind < 5) return nowMs;
  if (kind < 8) return nowMs + 1 + dice.below(3) * 3_600_000 + dice.below(2);
  if (kind < 9 || dueMs === undefined) return nowMs + (1 + dice.below(40)) * 3_600_000;
  return Math.max(nowMs, dueMs + dice.of(-1, 0, 0, 1));
}

function proposal(dice: Dice, founding: Founding, hints: Hints): Pick<Signed, 'kind' | 'body' | 'change' | 'adopts' | 'decision'> {
  const quick = founding.charter.processes.some(({ name }) => name === 'amend') && dice.chance(30) ? 'amend' : undefined;
  const process = quick ?? (dice.chance(97) ? (dice.from(founding.charter.processes)?.name ?? 'motion') : dice.of('nothing', 'member'));
  const named = (percent: number): string | undefined => (dice.chance(percent) ? (dice.chance(97) ? dice.from(people) : dice.from(strangers)) : undefined);
  const [candidate, subject] = [named(50), named(50)];
  const spends = founding.charter.processes.some((one) => one.name === process && one.spends !== undefined);
  const governs = founding.charter.processes.find((one) => one.name === process)?.governs ?? [];
  const amends = governs.includes('rules') && dice.chance(60);
  const change =
    (governs.length > 0 && dice.chance(94)) || dice.chance(1)
      ? changeBy(dice, hints.content, amends && dice.chance(95) ? 'bylaws/rules.gdo' : undefined)
      : undefined;
  const adopts = amends && change !== undefined && dice.chance(85) ? dice.below(founding.amendments) : undefined;
  const decision = dice.chance(process === 'appeal' ? 70 : 6) ? (dice.from(hints.decided) ?? (dice.chance(20) ? 1 : undefined)) : undefined;
  const decimals = founding.charter.accounts.some((one) => one.decimals === 2) ? 100 : 1;
  return {
    kind: 'propose',
    body: {
      process,
      ...(candidate === undefined ? {} : { candidate }),
      ...(subject === undefined ? {} : { subject }),
      ...(proposesRole(founding, process) && dice.chance(90)
        ? { role: dice.chance(96) ? (dice.from(founding.charter.roles)?.name ?? 'member') : 'nothing' }
        : {}),
      ...(spends && dice.chance(95)
        ? { amount: String(dice.of(10, 20, 40, 60, 100, 2000, 0) * decimals), ...(dice.chance(50) ? { recipient: dice.of('shop', 'ada', 'ben') } : {}) }
        : {}),
      ...(dice.chance(2) ? { bylaws: '9'.repeat(64) } : {}),
      ...(process.length > 0 && dice.chance(4) ? { renews: dice.of(process, 'motion', 'motion.motion-first', 'councillor') } : {}),
      ...(adopts !== undefined && dice.chance(50) ? { inFlight: dice.of('restart', 'abort') } : {}),
    },
    ...(change === undefined ? {} : { change }),
    ...(adopts === undefined ? {} : { adopts }),
    ...(decision === undefined ? {} : { decision }),
  };
}

/** Whether an outcome of a process speaks of the proposed role. */
function proposesRole({ charter }: Founding, process: string): boolean {
  return /"kind":"proposed/.test(JSON.stringify(charter.processes.find(({ name }) => name === process) ?? {}));
}

/** An attestation: mostly the same as others, of the whole tree or a part of it, now and then of something else or by a liar. */
function attestation(dice: Dice, open: { readonly dapp: string; readonly candidate: Content }): Signed['body'] {
  const candidate = dice.chance(96) ? contentRoot(open.candidate) : '0'.repeat(64);
  const patterns = dice.chance(60) ? undefined : dice.of(['work/a'], ['work/**'], ['bylaws/**', 'work/*']);
  const reads = patterns === undefined ? candidate : readRoot(open.candidate, dice.chance(97) ? open.dapp : 'nothing', patterns);
  const dapp = { engine: zeros, image: 'x', manifest: zeros, name: dice.chance(97) ? open.dapp : 'nothing', platform: 'x' };
  const output = dice.chance(80) ? zeros : dice.of('1', '2').repeat(64);
  return { candidate, dapp, output, ...(patterns === undefined ? {} : { patterns }), reads, verdict: dice.chance(85) ? 'accept' : 'reject' };
}

/** One event by chance, near to what is legal. */
export function nextEvent(dice: Dice, founding: Founding, hints: Hints): Signed {
  const atMs = nextMs(dice, hints);
  const person = dice.from(dice.chance(96) ? people : anyone) ?? 'ada';
  const use =
    founding.charter.rights.some(({ limits }) => limits.length > 0) && dice.chance(40) ? useOfRight(dice, founding, { ...hints, nowMs: atMs }) : undefined;
  if (use !== undefined) return { ...use, atMs };
  const open = dice.chance(88) ? dice.from(hints.moves) : undefined;
  if (open === undefined || hints.cases === 0) {
    const office = dice.chance(55) ? officeEvent(dice, founding, hints) : undefined;
    if (office !== undefined) return { ...office, atMs, person: dice.chance(80) ? (dice.from(hints.starters) ?? person) : person };
    if (dice.chance(20)) return { atMs, person, kind: 'resign', body: { role: dice.from(founding.charter.roles)?.name ?? 'member' } };
    if (hints.cases > 0 && dice.chance(40)) return wild(dice, atMs, person, hints);
    const starter = dice.chance(75) ? (dice.from(hints.starters) ?? person) : person;
    return { atMs, person: starter, ...proposal(dice, founding, hints) };
  }
  // Support that is taken back strikes a candidate at once (decision 0052); the reference knows only the end of a step.
  const who = dice.chance(85) || (open.kind === 'act' && open.verb === 'withdraw') ? (dice.from(open.people) ?? person) : person;
  const common = { atMs, person: who, case: open.case };
  if (open.kind === 'attest') {
    return { ...common, kind: 'attest', body: attestation(dice, open) };
  }
  if (open.kind === 'edit') {
    const stage = dice.chance(97) ? open.entry : open.entry + 1;
    const change = open.governs && dice.chance(70) ? changeBy(dice, hints.content) : undefined;
    return {
      ...common,
      kind: 'act',
      body: { stage, verb: 'edit', ...(dice.chance(90) ? { text: 'other words' } : {}) },
      ...(change === undefined ? {} : { change }),
    };
  }
  const stage = dice.chance(95) ? open.entry : open.entry + dice.of(-1, 1, 2);
  if (open.kind === 'ballot') {
    if (open.points !== undefined) return { ...common, kind: 'ballot', body: { stage, choice: pointing(dice, open.choices, open.points) } };
    if (open.ranked && open.sealed === 'open') return { ...common, kind: 'ballot', body: { stage, choice: ranking(dice, open.choices) } };
    const choice = dice.chance(95) ? (dice.from(open.choices) ?? 'yes') : dice.of('maybe', 'yes', '');
    if (open.sealed !== 'open') return { ...common, kind: 'ballot', body: { stage, ...sealedBody(dice, open, who) } };
    return { ...common, kind: 'ballot', body: { stage, choice, ...(dice.chance(40) ? { text: 'because' } : {}) } };
  }
  const about = open.about === undefined ? {} : { about: open.about };
  if (open.caseId !== undefined) return { ...common, kind: 'act', body: { stage, verb: open.verb, ...seedPart(dice, open, who) } };
  const said = open.verb === 'add' ? { text: dice.chance(95) ? 'content' : '' } : {};
  const text = open.verb === 'raise' && dice.chance(60) ? { text: dice.of('because', '', ' ') } : said;
  const at = open.verb === 'call' && dice.chance(40) ? { at: atMs + dice.of(0, 3_600_000, 86_400_000, 172_800_000, -1) } : {};
  return { ...common, kind: 'act', body: { stage, verb: open.verb, ...about, ...at, ...text } };
}

/** A ballot paper: some options in an order, now and then equal ones, one twice, or one that is not on it. */
function ranking(dice: Dice, choices: readonly string[]): Signed['body'][string] {
  const left = [...choices];
  const ranks: (string | string[])[] = [];
  for (let count = dice.below(choices.length + 1); count > 0; count -= 1) {
    const [next = ''] = left.splice(dice.below(left.length), 1);
    const last = ranks.at(-1);
    if (last !== undefined && dice.chance(15)) ranks[ranks.length - 1] = [...(typeof last === 'string' ? [last] : last), next];
    else ranks.push(next);
  }
  if (dice.chance(4)) ranks.push(dice.of('zed', choices[0] ?? 'ada', 'yes'));
  const [only] = ranks;
  return ranks.length === 1 && typeof only === 'string' && dice.chance(50) ? only : ranks;
}

/** A ballot of points: some options, now and then one twice, points out of the range, or something else. */
function pointing(dice: Dice, choices: readonly string[], [from, to]: readonly [number, number]): Signed['body'][string] {
  if (dice.chance(10)) return dice.of<string | string[]>('abstain', choices[0] ?? 'red', [choices[0] ?? 'red'], []);
  const pairs: [string, number][] = choices.flatMap((name): [string, number][] => (dice.chance(85) ? [[name, from + dice.below(to - from + 1)]] : []));
  if (dice.chance(3)) pairs.push([choices[0] ?? 'red', to]);
  if (dice.chance(3)) pairs.push([dice.of('zed', 'abstain'), to + dice.below(2)]);
  return pairs;
}

/** A part of the seed of a draw; the secret follows from the person's name. */
function seedPart(dice: Dice, open: Extract<Hints['moves'][number], { readonly kind: 'act' }>, person: string): Signed['body'] {
  const secret = eventIdOf(person.length * 1000 + (person.codePointAt(0) ?? 0));
  if (open.verb === 'reveal') return { secret: dice.chance(94) ? secret : eventIdOf(3) };
  const hash = drawHash({ case: open.caseId ?? '', entry: open.entry, person }, secret);
  return { hash: dice.chance(94) ? hash : eventIdOf(5) };
}

/** The secret of a person, and what they will say: both follow from their name, so that whoever opens a ballot knows what was in it. */
function sealedBody(dice: Dice, open: Extract<Hints['moves'][number], { readonly kind: 'ballot' }>, voter: string): Signed['body'] {
  const nonce = eventIdOf(voter.length * 1000 + (voter.codePointAt(0) ?? 0));
  const choice = open.choices[(voter.codePointAt(0) ?? 0) % Math.max(1, open.choices.length)] ?? 'yes';
  const opens = dice.chance(90) ? open.sealed === 'opening' : open.sealed !== 'opening';
  if (!opens) {
    const commitment = commitmentTo({ case: open.caseId, entry: open.entry }, { voter, choice, nonce });
    return { choice: dice.chance(95) ? commitment : dice.of('yes', commitment.slice(1), 'x'.repeat(64)) };
  }
  return {
    choice: dice.chance(95) ? choice : dice.of('yes', 'no'),
    nonce: dice.chance(96) ? nonce : eventIdOf(7),
    ...(dice.chance(60) ? { text: 'because' } : {}),
  };
}

/** An act outside of cases that the bylaws have an office for, now and then one that they do not know. */
function officeEvent(dice: Dice, { charter }: Founding, hints: Hints): Pick<Signed, 'kind' | 'body'> | undefined {
  const { attributes, certificates, actions, collaborators, delegations } = charter;
  const member = dice.chance(97) ? (dice.from(people) ?? 'ada') : 'zed';
  const kinds = [
    ...attributes.map(
      ({ name }) =>
        ({ kind: 'certify', body: { attribute: name, member, ...(dice.chance(88) ? { value: dice.from(attributeValues) ?? 'Acme' } : {}) } }) as const,
    ),
    ...certificates.flatMap(({ name }) => [
      { kind: 'issue', body: { certificate: name, member } } as const,
      { kind: dice.of('revoke', 'issue'), body: { certificate: name, member } } as const,
    ]),
    ...actions.map(({ name }) => ({ kind: 'perform', body: { verb: name } }) as const),
    ...collaborators.map(({ name, reports }) => {
      const report = dice.chance(96) ? (dice.from(reports) ?? 'hours') : 'nothing';
      const value = report === 'hours' || dice.chance(5) ? { value: String(dice.below(5)) } : {};
      return { kind: 'fact', body: { type: 'report', subject: member, data: { collaborator: name, report, ...value } } } as const;
    }),
    ...delegations.map(({ name }) => ({ kind: 'delegate', body: { delegation: name, ...(dice.chance(85) ? { to: member } : {}) } }) as const),
  ];
  if (charter.rights.length > 0 && dice.chance(50)) {
    if (hints.locks.length > 0 && dice.chance(60)) return { kind: 'release', body: { lock: dice.from(hints.locks) ?? '', text: 'checked' } };
    return { kind: 'lock', body: { thing: dice.from(thingsAsked) ?? '', text: 'broken' } };
  }
  if (kinds.length === 0 && hints.cases > 0 && dice.chance(3)) return { kind: 'certify', body: { attribute: 'employer', member, value: 'Acme' } };
  return dice.from(kinds);
}

const doorkeepers = ['ada', 'ben'];

/** A use at one of two doors, mostly told as it was: by a checkpoint the door had, at an instant of its own, for somebody who may be nobody. */
function useOfRight(dice: Dice, { charter, startMs }: Founding, { answered, checkpoints, nowMs }: Hints): Omit<Signed, 'atMs'> | undefined {
  const past = dice.chance(60) ? checkpoints.at(-1) : dice.from(checkpoints);
  if (past === undefined) return undefined;
  const offset = dice.chance(95) ? (dice.from(charter.organization.localTime ?? [0]) ?? 0) : dice.of(0, -300, 60);
  const instants = dice.of(nowMs, nowMs, nowMs - 1, past.atMs, past.atMs + 3_600_000, nowMs - 86_400_000, startMs, nowMs + 60_000);
  const amount =
    charter.accounts.length > 0 && dice.chance(60) ? { amount: dice.chance(97) ? String(dice.below(4) * dice.of(1, 100)) : dice.of('-1', '1.5', '01') } : {};
  const subject = dice.chance(96) ? { subject: dice.chance(97) ? (dice.from(people) ?? 'ada') : 'zed' } : {};
  const data = {
    thing: dice.chance(97) ? (dice.from(thingsAsked) ?? '') : 'attic',
    checkpoint: dice.chance(98) ? past.id : eventIdOf(9),
    offset,
    ...amount,
    ...(dice.chance(20) ? { right: dice.from(charter.rights)?.name ?? 'entry' } : {}),
  };
  const said = (reason: string): Omit<Signed, 'atMs'> => ({
    person: dice.chance(98) ? (dice.from(doorkeepers) ?? 'ada') : 'zed',
    kind: 'fact',
    body: { type: 'right.used', ...subject, data: { ...data, reason } },
    saysMs: Math.max(0, instants),
  });
  const use = said('allowed');
  const answer = answered({ ...use, atMs: nowMs });
  const other = dice.of('allowed', 'no-role', 'limit-reached', 'credential-disabled', 'too-long-offline', 'perhaps');
  const reason = answer !== undefined && dice.chance(85) ? answer : other;
  return { ...use, body: { ...use.body, data: { ...data, reason } } };
}

/** Hostile: any verb, any stage, any case. */
function wild(dice: Dice, atMs: number, person: string, hints: Hints): Signed {
  const subject = 1 + dice.below(hints.cases + 1);
  const stage = dice.below(5);
  if (dice.chance(40)) return { atMs, person, kind: 'ballot', case: subject, body: { stage, choice: dice.of('yes', 'no', 'abstain', 'veto') } };
  return { atMs, person, kind: 'act', case: subject, body: { stage, verb: dice.of('endorse', 'approve', 'object', 'start', 'resolve', 'vote') } };
}
