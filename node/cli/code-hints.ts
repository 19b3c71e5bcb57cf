// What a page of `gdo explain` says beyond the list of codes: what a short summary means to people, and what to do. Rules with a page of their own, and
// missing verdicts of dapps, are elsewhere. Text only.

/** A sentence on what a code means where its summary is short, and one on what to do. */
export interface CodeHint {
  readonly means?: string;
  readonly next: string;
}

/** Texts of bylaws. */
const ofTexts: Readonly<Record<string, CodeHint>> = {
  GDO001: {
    means: 'Every line of bylaws has one of a few hundred forms. The finding marks the first word that does not fit, and shows a line of that kind that does.',
    next: 'Compare the line with the example of the finding, or with docs/reference.md, which has one of each',
  },
  GDO002: { next: 'Close the block with `end`. `gdo fmt` writes `end of NAME` behind long ones, so that the next one is easier to find' },
  GDO003: { next: 'Take another word, or join it with one: `open-vote`. docs/reference.md lists the words that have a fixed meaning everywhere' },
  GDO004: {
    means: 'A text is larger, deeper or longer than every machine is sure to read: 256 KiB a file, 500 processes, 200 stages of one, names of 64 characters.',
    next: 'Split the file; all files under bylaws/ are read together',
  },
  GDO005: {
    means: 'A mark that nobody sees can make a line read otherwise than it counts.',
    next: 'Delete the marks that the finding names, with `gdo check --fix` where it offers that, or type the line anew',
  },
  GDO006: { means: 'A number, a day, an hour or a name is written right and cannot be.', next: 'Write one that exists, as the finding shows' },
  GDO007: { next: 'Correct the name behind `end of`, or the block that it should close is still open above it' },
  GDO008: { next: 'Put the whole block into one fence, and the prose before or behind it' },
  GDO009: { next: 'Write `gdo 1` in the first line, or use a version of gdo that knows the one you wrote' },
  GDO010: {
    means: 'Two lines say one thing twice, and nobody could tell which counts. Lines that may stand several times, such as `limit`, are no finding.',
    next: 'Delete one of the two',
  },
  GDO030: {
    means: 'Every ballot is a signed entry of a record that all can read. A word in the text cannot make it secret.',
    next: 'Elect by paper where secrecy matters and record the result; or hide choices until the close: `ballots sealed until the close revealed within 2 days`',
  },
  GDO031: { next: 'Say of what: `votes cast`, `votes and abstentions`, or `all members`. gdo explain majority shows what each of them does' },
  GDO033: { next: 'Write the value itself; only modules have parameters' },
  GDO034: { next: 'Write the fraction and of what: gdo explain majority' },
  GDO035: { next: 'Leave the clause out, or wait for the version that runs it' },
};

/** Names. */
const ofNames: Readonly<Record<string, CodeHint>> = {
  GDO102: { next: 'Correct the name, or add the stage to this process; a case cannot go to a stage of another one' },
  GDO103: { next: 'Rename one of the two. Roles, processes, areas and all else share one list of names; stages only have to differ within their process' },
  GDO104: { next: 'Give each role a plural of its own, or none: without one, write the singular behind a number' },
  GDO105: { next: 'Take one of the verbs that are always there (docs/reference.md), or declare your own: `action publish by the secretary`' },
  GDO106: { next: 'Name a thing of the kind that is asked for; the finding says which kind stands there now' },
  GDO107: { next: 'Give each path to one area: delete one pattern, or make one of the two narrower' },
  GDO111: {
    next: 'Pin what is meant by its digest. The finding shows the one of the module as it lies here; compare it with the one you trust before you take it',
  },
  GDO112: { next: 'Set a value inside of the bounds that the module gives, or ask its authors for wider ones' },
  GDO113: { next: 'Delete it, or use it' },
  GDO115: { next: 'Correct the word, or add it: `choices yes, no, veto, abstain`' },
  GDO117: { next: 'Say who reports it: `collaborator books kept by the treasurer`, with `reports "arrears", "no arrears"`' },
  GDO118: { next: 'Take one of the reasons in docs/reference.md; others are never given' },
  GDO119: { next: 'Say who counts it: `reported by NAME`, a collaborator that reports it; or count what the ledger records, such as `accepted-cases`' },
  GDO121: { next: 'Name the result where it comes about: `passes as NAME when ...`' },
  GDO211: { next: 'Name the digest; a tag, a branch or an address can mean something else tomorrow' },
  GDO706: { next: 'Write no more digits behind the point than the account has, or give it more: `in EUR with 3 decimals`' },
  GDO906: { next: 'Delete the line: what it allows is not found any more' },
  GDO907: { next: 'Decide anew: mend the rule, or allow it until another day, with the reason of today' },
};

const somebodyElses =
  'Nothing is counted. Your own commands never write such a thing: tell whoever sent it, and look with `gdo audit` whether a copy is damaged';

/** Refusals of the ledger. */
const ofLedger: Readonly<Record<string, CodeHint>> = {
  GDO1001: { means: 'A record is not written in the one way in which it may be written.', next: somebodyElses },
  GDO1002: { means: 'A record has a field that nobody knows, or lacks one.', next: `${somebodyElses}; a newer gdo may have written it` },
  GDO1003: {
    means: 'A record is larger, or holds more, than the ledger takes.',
    next: 'Record less at once; large files go into the store: gdo store put FILE',
  },
  GDO1010: {
    means: 'A commit of the ledger does not have the form of one.',
    next: 'Look which with `gdo audit`, and bring the true bytes from another copy: gdo sync',
  },
  GDO1011: { next: somebodyElses },
  GDO1012: { means: 'A signature does not belong to these bytes and this key.', next: somebodyElses },
  GDO1013: { means: 'A key is of a kind, or written in a way, that is not taken.', next: 'Use an ed25519 key: gdo key new' },
  GDO1014: { means: 'A record was signed for another organization, or for another purpose.', next: 'Sign in the clone of the organization that you mean' },
  GDO1015: {
    means: 'The record says that one person acts, and the key belongs to another.',
    next: 'Choose the key of that person: gdo key use, or --key FILE',
  },
  GDO1020: { next: 'Look which record differs with `gdo audit`, and bring the true bytes from another copy: gdo sync' },
  GDO1021: { means: 'The records of somebody go on after one that is not here.', next: 'Fetch what is missing: gdo sync' },
  GDO1022: {
    means: 'A record follows one that is not here yet, or another than it says.',
    next: 'Fetch what is missing: gdo sync. It is taken as soon as that is here',
  },
  GDO1023: { means: 'A record was made after a checkpoint that this copy does not know.', next: 'Fetch: gdo sync' },
  GDO1030: { next: 'Push to your own log only, as `gdo sync` does' },
  GDO1040: {
    means: 'The rules do not let this person do this now: they do not hold the role, do not hold it any more, or the case does not ask for it.',
    next: 'See what can be done and by whom: gdo status CASE',
  },
  GDO1041: {
    means: 'It was done while others removed this person, and neither knew of the other. The removal counts.',
    next: 'Ask somebody who holds the role to do it',
  },
  GDO1042: { means: 'The key was taken back, or rests because it is in doubt.', next: 'Sign with another key of yours, or enrol a new one: gdo key add' },
  GDO1043: {
    means: 'One key signed two different records in one place, as two clones do that do not know of each other.',
    next: 'Sync, and sign what was left out again; use one clone for one key',
  },
  GDO1050: { means: 'The stage in which this can be done is not open yet.', next: 'See what comes first: gdo status CASE' },
  GDO1051: {
    means: 'It came after the stage was closed, or after the case was decided. The time at which a witness received it counts, and not when it was signed.',
    next: 'See how it ended: gdo status CASE',
  },
  GDO1052: {
    means: 'The record names a case, a stage or a choice that is not there, or lacks what the process asks for, such as a subject.',
    next: 'See what it asks for: gdo status CASE, or the process in `gdo docs`',
  },
  GDO1053: { means: 'The bylaws changed since this change of them was written.', next: 'Begin again on the bylaws of today: gdo start' },
  GDO1054: { means: 'Somebody else had it first, or the account does not hold as much.', next: 'Ask for another time, or for less' },
  GDO1055: {
    means: 'A door used an hour of a zone that the bylaws do not name.',
    next: 'Set the zone of the device, or name the offset: `local time "-06:00", "-05:00"`',
  },
  GDO1056: {
    means: 'A door decided by what it knew, and by what all know now it would have said otherwise. The use stays recorded.',
    next: 'Look at it with the people concerned; connect the device more often, or shorten `offline for at most`',
  },
  GDO1057: { means: 'This vote is for others: its voters were fixed when it opened.', next: 'See who votes: gdo status CASE' },
  GDO1060: { means: 'Too few witnesses have said when they received it.', next: 'Wait, and connect: gdo sync' },
  GDO1061: { means: 'The next checkpoint takes it; the last one was full.', next: 'Wait' },
  GDO1070: {
    means: 'This copy works out something else than a checkpoint says.',
    next: 'Stop acting on either, see where they differ (gdo audit --trace), and ask another copy',
  },
  GDO1071: {
    means: 'Two final checkpoints contradict each other: more witnesses lied, or lost their memory, than the rules bear.',
    next: 'Stop, keep both, and call the people who look after the witnesses',
  },
  GDO1072: { means: 'The newest checkpoint here is too old to act upon.', next: 'Connect: gdo sync' },
  GDO1073: { means: 'The witnesses have split their votes at this height.', next: 'Let all of them connect; they vote anew at the next round' },
};

/** Refusals of merges. */
const ofMerges: Readonly<Record<string, CodeHint>> = {
  GDO2001: { next: 'Name the files in an area, and let a process govern it; or start a case for this change: gdo start PROCESS' },
  GDO2002: { next: 'Split the change by area, or start the process that governs all of them' },
  GDO2003: {
    means: 'Somebody moved the main branch without the rules. This node keeps the line that was accepted.',
    next: 'See what is ahead with `git log main`, and bring it in through a case',
  },
  GDO2004: { next: 'See which with `gdo check`, and take the way that the protecting rule names: `changed through`' },
  GDO2005: { means: 'The case is decided, and the answer is no.', next: 'See why: gdo status CASE. A new case can be started: gdo start' },
  GDO2006: { next: 'See what is missing, and until when: gdo status CASE' },
  GDO2010: {
    means: 'A file of the change was changed by another case meanwhile; what people approved does not fit any more.',
    next: 'Make the change again on the main branch of today, and start a case for it',
  },
  GDO2011: { next: 'Start the case from the branch that you mean: gdo start takes the change as it lies there' },
  GDO2012: { next: 'Decide each named conflict in a case, and rejoin again' },
  GDO2013: { next: 'Mend the proposed bylaws until `gdo check` finds no error' },
  GDO2014: {
    means: 'A file has a name, a mode, a depth or a size that is not taken, such as a link or a name that differs by capitals only.',
    next: 'Rename or leave out the file that the refusal names',
  },
  GDO2015: { next: 'Push a branch and start a case; the node moves main and the checkpoints' },
  GDO2020: { next: 'Wait: the node runs it again by itself' },
  GDO2030: { means: 'A program that checks this area said no, and gave its reason.', next: 'Change what it names, and start a case for the new content' },
  GDO2031: {
    means: 'Nodes that ran one program on one change came to different answers, so it is not asked any more.',
    next: 'Find what it takes from the time, from chance or from the network: gdo dapp recheck',
  },
  GDO2032: { next: 'See which program did not answer: gdo status CASE; then start a case again' },
  GDO2033: { next: 'Write more than half of the role behind `endorsed by`' },
};

const atTheDoor = 'See the right in `gdo docs`: who may use it, and when';

/** What rights answer. */
const ofRights: Readonly<Record<string, CodeHint>> = {
  GDO2201: { means: 'No right covers a thing of that name, so nobody may use it.', next: 'Name it behind `covers`, or correct the name that the device uses' },
  GDO2202: { means: 'The card, or the key, belongs to nobody whom this device knows.', next: 'Let the device connect; then enrol the card' },
  GDO2203: { means: 'The card was disabled, as it is when it is lost.', next: 'Use another one, or have it enabled again' },
  GDO2204: { means: 'Somebody locked the thing, and says why.', next: 'Ask whom the right names behind `released by`' },
  GDO2205: { means: 'The person, or the role by which they may use it, rests while a case is open.', next: 'Wait until the case is decided: gdo status' },
  GDO2206: { means: 'The right is denied to a role that this person holds, whatever else they hold.', next: atTheDoor },
  GDO2207: { means: 'The role ended, as membership does where dues are late.', next: 'Settle what it ended for, and gain the role again' },
  GDO2208: { means: 'The person holds none of the roles that may use it.', next: atTheDoor },
  GDO2209: { means: 'The person holds the role, and lacks what the right asks besides, such as a certificate.', next: atTheDoor },
  GDO2210: { means: 'It may be used at other hours. They are local time, as the bylaws list it.', next: atTheDoor },
  GDO2211: { means: 'It was used as often as one may.', next: 'Wait until the time behind `per` is over' },
  GDO2212: { means: 'The device has been alone for longer than the right lets it decide alone.', next: 'Connect the device' },
};

/** Programs that judge merges, where the missing verdict is not the matter. */
const ofPrograms: Readonly<Record<string, CodeHint>> = {
  GDO3013: { next: 'Correct the entry as docs/programs.md shows it' },
  GDO3014: { next: 'Ask who keeps the program for the source of this image, or change its entry in a case' },
  GDO3015: { next: 'Compare the two images; ask who keeps the program how it is built, and say nothing of its source until then' },
  GDO3016: { next: 'Compare both answers; a program that answers twice in two ways is no judge' },
};

/** Nodes and the network. */
const ofNodes: Readonly<Record<string, CodeHint>> = {
  GDO4001: { next: 'Wait a while; raise the quota of that peer in gdo-node.json if it is one of yours' },
  GDO4002: { next: 'Nothing is lost: it is sent when the peer answers. Look whether its address is right: gdo node doctor' },
  GDO4003: {
    means: 'Your record is signed and lies here, and nobody else has it. It counts from when a witness receives it.',
    next: 'Connect before the close: gdo sync',
  },
  GDO4004: {
    means: 'Here several witnesses make checkpoints final, over a stream that this node does not reach.',
    next: 'Look whether the stream runs, or let a node that has one do it; records go on being taken',
  },
  GDO4010: { next: 'Install a newer gdo; until then this node judges nothing' },
  GDO4011: { next: 'Refuse it; raise the bound in gdo-node.json only for content that you know' },
  GDO4012: { next: 'Keep the old version running, and report what `gdo audit --trace` says' },
  GDO4013: { next: 'Bring it up to date with every other copy: gdo node resume-witness' },
  GDO4014: { next: 'Ask a copy that keeps everything: gdo sync with it' },
  GDO4020: { next: 'Set the clock of this machine, and let it be kept by the network' },
  GDO4021: { next: 'Free space: gdo prune, gdo store drop, or a larger disk' },
  GDO4022: { next: 'Give the key file to its owner only (chmod 600), or name another: --key FILE' },
  GDO4023: { next: 'Install the version that is named' },
  GDO4030: { next: 'Bring it from another copy: gdo store verify --repair PEER' },
  GDO4031: { next: 'Give it to another copy: gdo store put FILE --copies 2' },
  GDO4032: { next: 'Ask somebody who holds the role to seal it anew: it was sealed before you held it, or to another key' },
  GDO4033: { next: 'Do not rely on it; bring it again from another copy' },
  GDO4034: { next: 'Ask another copy for it, unless it was erased for good; `gdo unseal` lists what there is' },
};

/** The command line. */
const ofCommands: Readonly<Record<string, CodeHint>> = {
  GDO5001: { next: 'See the commands with `gdo --help`, and the flags of one with `gdo COMMAND --help`' },
  GDO5002: { next: 'Give what is asked for; `gdo COMMAND --help` has two examples' },
  GDO5003: { next: 'Give a value as the refusal shows it' },
  GDO5004: { next: 'Give the answer as the flag that is named, or run it in a terminal' },
  GDO5010: { next: 'Correct each key that is named; all keys stand in docs/node.schema.json' },
  GDO5011: {
    means: 'No version gives this: gdo reads no configuration of a repository, so that none can make an error smaller or run anything.',
    next: 'Allow a finding in the bylaws, where everybody sees it: gdo explain allow',
  },
  GDO5012: { next: 'Go to the folder of the organization, or name it with -C; to begin one: gdo init' },
  GDO5013: { next: 'Take a new folder, or say --force: files of other names are left alone' },
  GDO5014: { next: 'Name a place below this folder, or begin from another one with -C' },
  GDO5020: { next: 'Found the organization here (gdo found), or go to a clone of it' },
  GDO5021: { next: 'Name a key with --key FILE, choose one with `gdo key use`, or make one with `gdo key new`' },
  GDO5022: { next: 'Look at the name and the rights of the file, and save it as UTF-8' },
  GDO5023: { next: 'Start the node: gdo node run; or look at it: gdo node doctor' },
  GDO5024: { next: 'Install what is named, or start it' },
  GDO5030: { next: 'Write them again with `gdo docs`, and commit them' },
  GDO5090: { means: 'This is no fault of yours.', next: 'Send the file that is named to the authors of gdo; it holds what they need and no key' },
};

/** The hints by code. Codes whose rule has a page are not among them. */
export const codeHints: ReadonlyMap<string, CodeHint> = new Map(
  Object.entries({ ...ofTexts, ...ofNames, ...ofLedger, ...ofMerges, ...ofRights, ...ofPrograms, ...ofNodes, ...ofCommands }),
);
