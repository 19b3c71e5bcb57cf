// The same open vote written for three state machine libraries as their own documents would: an event a ballot, an electorate that is checked, counters in
// the context. Ballots already cast lie in one map that no event copies, which is kinder to them than their documents are.
import { assign, createActor, createMachine } from 'xstate';
import { createMachine as robotMachine, guard, interpret, reduce, state, transition } from 'robot3';
import { createStore } from '@xstate/store';

const counted = (context, event) => {
  const old = context.ballots.get(event.by);
  context.ballots.set(event.by, event.choice);
  const yes = context.yes + (event.choice === 'yes' ? 1 : 0) - (old === 'yes' ? 1 : 0);
  const no = context.no + (event.choice === 'no' ? 1 : 0) - (old === 'no' ? 1 : 0);
  return { ...context, yes, no };
};

const mayVote = (context, event) => context.electorate.has(event.by) && (event.choice === 'yes' || event.choice === 'no' || event.choice === 'abstain');
const contextOf = (names) => ({ electorate: new Set(names), ballots: new Map(), yes: 0, no: 0 });

/** One entry per library: `send` takes `{ type: 'ballot', by, choice }`, `votes` says how many ballots count. */
export function machines(names) {
  const actor = createActor(
    createMachine({
      context: contextOf(names),
      initial: 'open',
      states: {
        open: {
          on: {
            ballot: { guard: ({ context, event }) => mayVote(context, event), actions: assign(({ context, event }) => counted(context, event)) },
            close: [{ guard: ({ context }) => context.yes > context.no, target: 'passed' }, { target: 'failed' }],
          },
        },
        passed: {},
        failed: {},
      },
    }),
  );
  actor.start();
  const robot = interpret(
    robotMachine('open', { open: state(transition('ballot', 'open', guard(mayVote), reduce(counted)), transition('close', 'closed')), closed: state() }, () =>
      contextOf(names),
    ),
    () => undefined,
  );
  const store = createStore({
    context: contextOf(names),
    on: { ballot: (context, event) => (mayVote(context, event) ? counted(context, event) : context) },
  });
  return [
    { name: 'xstate actor.send', goal: 10, send: (event) => actor.send(event), votes: () => actor.getSnapshot().context.ballots.size },
    { name: 'robot3', goal: 3, send: (event) => robot.send(event), votes: () => robot.context.ballots.size },
    { name: '@xstate/store', goal: 3, send: (event) => store.send(event), votes: () => store.getSnapshot().context.ballots.size },
  ];
}
