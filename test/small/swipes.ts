// What people do at a door, by number: members, strangers, lost fobs, and one who comes to the laser more often than its limit allows. The reader in the container and whoever checks it know the same.

/** What a reader asks a door. */
export interface Swipe {
  readonly thing: string;
  readonly person?: string;
  readonly credential?: 'disabled';
}

/** Somebody in so many is no member. */
const strangersPart = 20;

/** The swipe of a number, at a door of so many members. */
export function swipeOf(number: number, members: number): Swipe {
  // A prime far from the number of members: everybody comes, in no order.
  const person = `m${(number * 7_919) % (members + Math.ceil(members / strangersPart))}`;
  if (number % 25 === 0) return { thing: 'machines/laser', person: 'm1' };
  if (number % 97 === 0) return { thing: 'doors/front' };
  if (number % 89 === 0) return { thing: 'doors/front', person, credential: 'disabled' };
  return { thing: thingOf(number), person };
}

function thingOf(number: number): string {
  if (number % 41 === 0) return 'attic';
  if (number % 23 === 0) return 'doors/cellar';
  return number % 5 === 0 ? 'machines/laser' : 'doors/front';
}

/** When in a run the newer slice is brought. */
export function bringsNewer(number: number, swipes: number): boolean {
  return number === Math.floor(swipes / 2);
}
