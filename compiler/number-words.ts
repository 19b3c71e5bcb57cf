// Numbers in sentences: what is counted stands in the singular after one. Findings, facts and titles of witnesses take their numbers from here.

/** `1 seat`, `3 seats`. Pure. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `1 person`, `3 people`. Pure. */
export function peopleText(count: number): string {
  return counted(count, 'person', 'people');
}

/** The whole days in a number of minutes: `1 day`, `14 days`. Pure. */
export function daysText(minutes: number): string {
  return counted(Math.floor(minutes / 1440), 'day');
}

/** A time in words: whole days, or minutes where it is less than a day. Pure. */
export function timeText(minutes: number): string {
  return minutes < 1440 ? counted(minutes, 'minute') : daysText(minutes);
}
