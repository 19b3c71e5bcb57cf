// Fragments of bylaws that many rules show, so that a page has only the lines that matter. Text alone; nothing is judged here.

/** A process `policy` that any keeper starts, with these lines inside. Pure. */
export function processSample(...lines: readonly string[]): string {
  return `process policy\n  started by any keeper\n${indented(lines, 2)}end\n`;
}

/** A process `policy` of one step with these lines. Pure. */
export function stepSample(...lines: readonly string[]): string {
  return processSample('step review', ...lines.map((line) => `  ${line}`), 'end');
}

/** A process `policy` of one vote of all keepers with these lines between its opening and its results. Pure. */
export function voteSample(...lines: readonly string[]): string {
  const inner = ['voters keepers', 'open for 7 days', ...lines, 'when passed go to accepted', 'otherwise go to refused'];
  return processSample('vote ballot', ...inner.map((line) => `  ${line}`), 'end');
}

function indented(lines: readonly string[], columns: number): string {
  return lines.map((line) => `${line === '' ? '' : ' '.repeat(columns) + line}\n`).join('');
}

/** The clauses of the frame's role, in which nothing is wrong. */
export const keeperClauses: readonly string[] = [
  'held by 5 to 9 people',
  'first held by "ada", "ben", "chi", "dev", "eve"',
  'gained through keeping',
  'lost through removal or resignation or 2 years without activity',
  'vacancy filled through keeping within 60 days',
  'while short only keeping, removal, amendment',
];

/** The frame's role with other clauses: each key is the beginning of a line that its value takes the place of; an empty value drops it. Pure. */
export function roleSample(changes: Readonly<Record<string, string>>, ...more: readonly string[]): string {
  const lines = keeperClauses.map((line) => {
    const change = Object.entries(changes).find(([head]) => line.startsWith(head));
    return change === undefined ? line : change[1];
  });
  return `role keeper plural keepers\n${indented(
    [...lines, ...more].filter((line) => line !== ''),
    2,
  )}end\n`;
}

/** An office of one person, given through `choosing`, with a process of that name; every line of the two can be changed. Pure. */
export function officeSample(office: readonly string[], choosing: readonly string[]): string {
  return `role chair plural chairs\n${indented(office, 2)}end\n\nprocess choosing\n${indented(choosing, 2)}  outcome chosen\n    grant chair to the candidate\n  end\nend\n`;
}

/** The lines of a vote of all keepers that leads to `chosen`. */
export const choosingVote: readonly string[] = [
  'vote ballot',
  '  voters keepers',
  '  open for 7 days',
  '  quorum at least 2/3 of keepers voting',
  '  passes when more than 1/2 of votes cast are yes',
  '  when passed go to chosen',
  '  otherwise go to refused',
  'end',
];

/** A right `enter` over one door, held by keepers, with these lines besides; it may be used offline for a week. Pure. */
export function rightSample(...lines: readonly string[]): string {
  const offline = lines.some((line) => line.startsWith('offline')) ? [] : ['offline for at most 7 days'];
  const held = lines.some((line) => line.startsWith('held')) ? [] : ['held by keepers'];
  return `right enter\n${indented(['covers "doors/front"', ...held, ...lines, ...offline], 2)}end\n`;
}

/** An account `treasury` and a process `expense` that pays from it; both with lines of their own. Pure. */
export function moneySample(account: readonly string[], expense: readonly string[]): string {
  return `account treasury in EUR with 2 decimals\n${indented(account, 2)}end\n\nprocess expense\n${indented(expense, 2)}  outcome paid\n    pay the amount from treasury\n  end\nend\n`;
}

/** A step in which so many other keepers approve what then goes to a stage. Pure. */
export function approvalStep(name: string, approve: string, target: string): readonly string[] {
  return [`step ${name}`, `  when ${approve} go to ${target}`, '  after 30 days go to refused', 'end'];
}

/** A process that one vote of two weeks decides, with a quorum of two thirds of all keepers, and its effect. Pure. */
export function ballotSample(name: string, clauses: readonly string[], share: string, voters: string, effect: string): string {
  const governs = clauses.filter((line) => line.startsWith('governs')).map((line) => `  ${line}\n`);
  const others = clauses.filter((line) => !line.startsWith('governs')).map((line) => `  ${line}\n`);
  const text = `process ${name}
${governs.join('')}  started by any keeper
${others.join('')}  vote ballot
    ${voters}
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when ${share} of votes cast are yes
    when passed go to done
    otherwise go to refused
  end
  outcome done
    ${effect}
  end
`;
  // A block of more than fifteen lines says at its end what it is (S85).
  return `${text}end${text.split('\n').length > 15 ? ` of ${name}` : ''}\n`;
}

/** A process that two other keepers decide, and which gives a role. Pure. */
export function namingSample(name: string, role: string): string {
  return `process ${name}\n  started by any keeper\n${indented([...approvalStep('review', '2 other keepers approve', 'named'), 'outcome named', `  grant ${role} to the candidate`, 'end'], 2)}end\n`;
}

/** A roll of members that this step of a case lets people into; other ways out may be named. Pure. */
export function rollSample(lost: string, step: readonly string[]): string {
  return `role member plural members\n  held by anyone\n  gained through welcome\n  lost through ${lost}\nend\n\nprocess welcome\n  started by any person\n${indented([...step, 'outcome welcomed', '  grant member to the candidate', 'end'], 2)}end\n`;
}

/** Members who are lost when their dues have been open for so long, and who reports that. Pure. */
export function duesSample(days: number): string {
  return `collaborator ledger kept by any keeper\n  reports "arrears", "no arrears"\nend\n\n${rollSample(`arrears of ${days} days or resignation`, approvalStep('review', '2 keepers approve', 'welcomed'))}`;
}

/** A process `emergency` that merges at once and is ratified later, about the bylaws or about all else, with more lines in its head. Pure. */
export function emergencySample(governs: 'bylaws' | 'work', ...more: readonly string[]): string {
  const head = [`governs ${governs}`, 'started by 4 keepers', 'on edit refuse', ...more];
  const step = ['step support', '  when 3 other keepers approve go to done', '  after 2 days go to refused', 'end'];
  const outcome = ['outcome done', '  accept the merge until ratified through amendment within 30 days', 'end'];
  const area = governs === 'work' ? 'area work covers "**" except "bylaws/**"\n\n' : '';
  return `${area}process emergency\n${indented([...head, ...step, ...outcome], 2)}end\n`;
}
