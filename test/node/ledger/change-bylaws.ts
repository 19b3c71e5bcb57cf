// Compiled bylaws of the merge tests: members change `rules/**` with one other member's approval, and the bylaws with the approval of two.
import type { Charter, CharterProcess } from '../../../engine/index.ts';
import { bareCharter } from './small-ledger.ts';

function changeProcess(name: string, area: string, approvals: number): CharterProcess {
  const approve = {
    actor: { kind: 'count', comparison: 'at-least', bound: { kind: 'part', role: 'member', amount: { kind: 'count', value: approvals }, other: true } },
    verb: 'approve',
  } as const;
  return {
    name,
    class: 2,
    governs: [area],
    starts: [{ kind: 'by', actor: { kind: 'one', role: 'member' }, who: [], windows: [] }],
    whileOpen: [],
    onEdit: { kind: 'restart' },
    onConflict: { kind: 'refuse' },
    inFlight: [],
    offline: 'waits',
    limits: [],
    recusals: [],
    stages: [
      {
        kind: 'step',
        name: 'review',
        concerns: [],
        nominations: [],
        holds: [],
        limits: [],
        transitions: [
          { kind: 'when', acts: [approve], target: 'accepted' },
          { kind: 'after', duration: { count: 14, unit: 'day' }, target: 'refused' },
        ],
      },
      { kind: 'outcome', name: 'accepted', accepts: true, effects: [{ kind: 'accept-merge', within: { count: 7, unit: 'day' } }] },
      { kind: 'outcome', name: 'refused', accepts: false, effects: [{ kind: 'refuse-merge' }] },
    ],
  };
}

/** Bylaws with the roles, areas and processes that the tests use. */
export function changeBylaws(parts: Partial<Charter> = {}): Charter {
  return bareCharter({
    roles: [{ name: 'member', firstHeldBy: [], openTo: [], gainedThrough: [], lost: [{ kind: 'resignation' }], succeededBy: [], limits: [] }],
    areas: [
      { name: 'rules', covers: ['rules/**'], except: [] },
      { name: 'bylaws', covers: ['bylaws/**'], except: [] },
    ],
    processes: [changeProcess('change', 'rules', 1), changeProcess('amendment', 'bylaws', 2)],
    ...parts,
  });
}
