// Looks at everything that a node, or a person's clone, needs (node.md section 8). It changes nothing but a trial file that it removes.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { freePart, tryWriting } from './disk.ts';
import { lookAtLedger } from './doctor-ledger.ts';
import { lookAtTools } from './doctor-tools.ts';
import type { NodeConfiguration } from './configuration.ts';
import { attention, fault, good, type Finding } from './finding.ts';

/** node.md section 8: what is free of the disk where a node warns, and where it stops receiving. */
const free = { warns: 0.2, stops: 0.05 } as const;
/** A disk on another machine may have a clock of its own; more than this apart and times cannot be compared. */
const clocksApartMsMax = 2_000;
/** A file takes longer than this to be on disk where somebody else keeps the disk busy, or the card is worn. */
const slowWriteMs = 1_000;

/** What the doctor is asked about. */
export interface DoctorQuestion {
  readonly clockMs: () => number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Looks at a node by its configuration. */
export async function examineNode(configuration: NodeConfiguration, question: DoctorQuestion): Promise<readonly Finding[]> {
  const engine = configuration.containers === undefined ? undefined : `unix://${configuration.containers}`;
  const findings = [...(await lookAtTools({ use: 'node', engine })), ...folderFindings('data', configuration.data, question)];
  findings.push(listenerFinding(configuration));
  for (const { name, repository: path, key, role, genesis } of configuration.organizations)
    findings.push(...(await lookAtLedger({ name, path, key, role, genesis, clockMs: question.clockMs(), environment: question.environment })));
  return findings;
}

/** Looks at a person's clone, or at a bare repository that has no configuration. */
export async function examineClone(path: string, key: string | undefined, question: DoctorQuestion): Promise<readonly Finding[]> {
  const engine = question.environment['DOCKER_HOST'];
  return [
    ...(await lookAtTools({ use: 'person', engine })),
    ...folderFindings('disk', path, question),
    ...(await lookAtLedger({ name: 'here', path, key, role: undefined, genesis: undefined, clockMs: question.clockMs(), environment: question.environment })),
  ];
}

function folderFindings(subject: string, folder: string, { clockMs }: DoctorQuestion): readonly Finding[] {
  if (!existsSync(folder)) {
    const above = dirname(folder);
    return [
      existsSync(above)
        ? attention(subject, `${folder} does not exist yet`, 'nothing: the node makes it')
        : fault(subject, 'GDO5022', `${above} does not exist`, `mkdir -p ${folder}`),
    ];
  }
  const part = freePart(folder);
  const percent = `${Math.floor(part * 100)} % free`;
  const space =
    part < free.stops
      ? fault(`${subject}: space`, 'GDO4021', percent, 'make room: a node receives nothing below 5 %')
      : part < free.warns
        ? attention(`${subject}: space`, percent, 'make room before it is 5 %', 'GDO4021')
        : good(`${subject}: space`, percent);
  const beforeMs = clockMs();
  const trial = tryWriting(folder);
  if (trial.fault !== undefined) return [space, fault(`${subject}: writing`, 'GDO5022', trial.fault, 'look after the disk and the rights of the folder')];
  const writing =
    trial.ms > slowWriteMs
      ? attention(`${subject}: writing`, `fsync took ${Math.round(trial.ms)} ms`, 'every receipt waits for it: use a faster disk, or look at what else writes')
      : good(`${subject}: writing`, 'what is written is on the disk (fsync, rename)');
  const apartMs = Math.abs(trial.fileMs - beforeMs);
  const clock =
    apartMs > clocksApartMsMax + trial.ms
      ? attention(
          `${subject}: clock`,
          `differs from this machine's by ${Math.round(apartMs / 1000)} s`,
          'set the clock of the machine that has the disk',
          'GDO4020',
        )
      : good(`${subject}: clock`, 'is that of this machine');
  return [space, writing, clock];
}

function listenerFinding({ http, socket }: NodeConfiguration): Finding {
  if (http === undefined) return good('listener', `local socket ${socket} only`);
  const where = `${http.host}:${http.port}`;
  const isLocal = ['127.0.0.1', '::1', 'localhost'].includes(http.host);
  return isLocal || http.behindProxy
    ? good('listener', where)
    : attention('listener', `${where} speaks no TLS to the network`, 'put a proxy in front and set `behindProxy`, or listen on 127.0.0.1');
}
