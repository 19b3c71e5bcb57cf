// Lowers joints, meetings and draws. Steps, votes and outcomes have files of their own.
import type { CharterDraw, CharterJoint, CharterMeeting } from '../engine/index.ts';
import type { DrawStage, JointStage, MeetingStage } from '../language/index.ts';
import { drawResults, meetingResults } from './built-in.ts';
import { clausesOf, firstClause, noteAllowances } from './clauses.ts';
import { lowerActor, lowerFacts, lowerLimit, person } from './lower-actors.ts';
import { lowerDuration } from './lower-terms.ts';
import { lowerQuorum, lowerResults, lowerSecondCall, lowerVote, reportNoClose } from './lower-vote.ts';
import { resolveName, resolveNames, resolveStage } from './resolve.ts';
import type { Context } from './scope.ts';
import { mark, plainName } from './scope.ts';

/** Lowers a joint: its votes, and where it goes when all or any of them pass (S48). */
export function lowerJoint(context: Context, stage: JointStage): CharterJoint {
  const pass = firstClause(stage.clauses, 'pass');
  const otherwise = firstClause(stage.clauses, 'otherwise');
  const lowered: CharterJoint = mark(
    context,
    {
      kind: 'joint',
      name: plainName(context, stage.name),
      ...(stage.title === undefined ? {} : { title: stage.title.text }),
      votes: stage.votes.map((vote) => lowerVote(context, vote)),
      ...(pass === undefined ? {} : { passes: mark(context, { which: pass.which, target: resolveStage(context, pass.target) }, pass.span) }),
      ...(otherwise === undefined ? {} : { otherwise: resolveStage(context, otherwise.target) }),
    },
    stage.span,
    stage.name.span,
  );
  noteAllowances(context, stage.clauses, lowered);
  return lowered;
}

/** Lowers a meeting (S46). */
export function lowerMeeting(context: Context, stage: MeetingStage): CharterMeeting {
  const clauses = stage.clauses;
  const called = firstClause(clauses, 'called');
  const notice = firstClause(clauses, 'notice');
  const attended = firstClause(clauses, 'attended');
  const open = firstClause(clauses, 'open');
  const second = firstClause(clauses, 'second-call');
  if (open === undefined) reportNoClose(context, stage.name, 'meeting');
  const lowered: CharterMeeting = mark(
    context,
    {
      kind: 'meeting',
      name: plainName(context, stage.name),
      ...(stage.title === undefined ? {} : { title: stage.title.text }),
      ...(called === undefined
        ? {}
        : {
            called: mark(
              context,
              { by: lowerActor(context, called.by), ...(called.within === undefined ? {} : { within: lowerDuration(context, called.within) }) },
              called.span,
            ),
          }),
      ...(notice === undefined ? {} : { notice: lowerDuration(context, notice.duration) }),
      ...(attended === undefined
        ? {}
        : {
            attended: {
              role: resolveName(context, attended.by, person),
              ...(attended.certifiedBy === undefined ? {} : { certifiedBy: lowerActor(context, attended.certifiedBy) }),
            },
          }),
      open: open === undefined ? { count: 1, unit: 'day' } : lowerDuration(context, open.duration),
      quorums: clausesOf(clauses, 'quorum').map((clause) => lowerQuorum(context, clause, undefined)),
      ...(second === undefined ? {} : { secondCall: lowerSecondCall(context, second, undefined) }),
      ...lowerResults(context, clauses, meetingResults),
    },
    stage.span,
    stage.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Lowers a draw (S47). */
export function lowerDraw(context: Context, stage: DrawStage): CharterDraw {
  const clauses = stage.clauses;
  const picks = firstClause(clauses, 'picks');
  const seed = firstClause(clauses, 'seed');
  const lowered: CharterDraw = mark(
    context,
    {
      kind: 'draw',
      name: plainName(context, stage.name),
      ...(stage.title === undefined ? {} : { title: stage.title.text }),
      ...(picks === undefined
        ? {}
        : {
            picks: mark(
              context,
              {
                count: picks.count,
                role: resolveName(context, picks.role, person),
                except: resolveNames(context, picks.except, person),
                who: lowerFacts(context, picks.who),
              },
              picks.span,
            ),
          }),
      ...(seed === undefined ? {} : { seed: { committedBy: lowerActor(context, seed.committedBy), within: lowerDuration(context, seed.within) } }),
      limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause)),
      ...lowerResults(context, clauses, drawResults),
    },
    stage.span,
    stage.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}
