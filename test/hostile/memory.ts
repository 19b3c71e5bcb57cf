// The most memory that any process below this one has had at once, as the kernel counts it. Read while they run, so what ends between two looks is seen to within one look.
import { readdirSync, readFileSync } from 'node:fs';

const lookMs = 15;

function fieldsOf(pid: string): { readonly parent: string; readonly peakKib: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'latin1');
    return { parent: /^PPid:\t(\d+)/m.exec(text)?.[1] ?? '', peakKib: Number(/^VmHWM:\s+(\d+)/m.exec(text)?.[1] ?? 0) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

function look(): number {
  let open = [String(process.pid)];
  const all = new Map(readdirSync('/proc').flatMap((pid) => (/^\d+$/.test(pid) ? [[pid, fieldsOf(pid)] as const] : [])));
  let peak = 0;
  while (open.length > 0) {
    const parents = new Set(open);
    const children = [...all].filter(([, fields]) => fields !== undefined && parents.has(fields.parent));
    peak = Math.max(peak, ...children.map(([, fields]) => fields?.peakKib ?? 0));
    open = children.map(([pid]) => pid);
  }
  return peak;
}

/** Watches until it is stopped. @returns what to call for the peak in bytes; 0 where the system has no /proc */
export function watchMemory(): () => number {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, look());
  }, lookMs);
  return () => {
    clearInterval(timer);
    return peak * 1024;
  };
}
