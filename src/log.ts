/**
 * The log of the operator: JSON lines. Errors are logged by kind, code and place, never by their text: the text of a database or XML
 * error can quote a message.
 */
import pino, { type Logger } from 'pino';

export type Log = Logger;

/** @param niveau see KNOOPPUNT_LOGNIVEAU; @param rol which part of the switch is speaking */
export const maakLog = (niveau: string, rol: string): Log =>
  pino(
    { level: niveau, base: { rol }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );

/** What may be said of an error. */
export function foutVoorLog(fout: unknown): Readonly<Record<string, unknown>> {
  if (!(fout instanceof Error)) return { soort: typeof fout };
  const plekken = (fout.stack ?? '').split('\n').filter((regel) => /^\s+at /.test(regel));
  return {
    soort: fout.name,
    code: (fout as Error & { code?: string }).code,
    plek: plekken.slice(0, 6).map((regel) => regel.trim()),
  };
}
