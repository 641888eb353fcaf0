/**
 * The log of the operator: JSON lines. Errors are logged by kind, code and place, never by their text: the text of a database or XML
 * error can quote a message.
 */
import pino, { type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/**
 * JSON escapes what is below a space, and leaves what a terminal, a pager or a log reader may take for an order or for a new line: DEL,
 * the C1 controls, the separators of Unicode, and what turns the direction of a text around.
 */
const STUURTEKENS = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const alsCode = (teken: string): string => `\\u${teken.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * @param niveau see KNOOPPUNT_LOGNIVEAU
 * @param rol which part of the switch is speaking
 * @param bestemming default stderr
 */
export const maakLog = (
  niveau: string,
  rol: string,
  bestemming: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Log =>
  pino(
    {
      level: niveau,
      base: { rol },
      timestamp: pino.stdTimeFunctions.isoTime,
      // Whatever it is that one day logs a text of a client: it stays on its line, and it orders nothing.
      hooks: { streamWrite: (regel) => regel.replace(STUURTEKENS, alsCode) },
    },
    bestemming,
  );

/** The lines of a stack, without the text before them: that could hold a line that looks like one. */
function plekkenVan({ stack = '', message }: Error): readonly string[] {
  const begin = stack.indexOf(message);
  // A text that was changed later is not in it; then nobody knows where the lines begin.
  return begin < 0 ? [] : stack.slice(begin + message.length).split('\n');
}

/** What may be said of an error. */
export function foutVoorLog(fout: unknown): Readonly<Record<string, unknown>> {
  if (!(fout instanceof Error)) return { soort: typeof fout };
  const plekken = plekkenVan(fout).filter((regel) => /^\s+at /.test(regel));
  return {
    soort: fout.name,
    code: (fout as Error & { code?: string }).code,
    plek: plekken.slice(0, 6).map((regel) => regel.trim()),
  };
}
