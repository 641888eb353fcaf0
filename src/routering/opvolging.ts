/**
 * Herindeling and take-overs: who is meant by a code at a moment? The header of a message keeps the code it came with; only where the
 * message goes, and who may act, follows the successor. Pure.
 */
import type { Feiten } from './feiten.ts';

/**
 * From a code to the organisation that answers to it at that moment: the code itself, then its successors, each because the one before
 * had ended. An organisation without a successor, not begun yet or not known ends the chain.
 */
export function keten(feiten: Feiten, code: string, moment: number): readonly string[] {
  const eerste = feiten.organisaties.get(code);
  if (!eerste?.opvolger || moment < eerste.geldig.tot) return [code];
  const codes = [code];
  for (let deze = eerste; deze.opvolger && moment >= deze.geldig.tot; ) {
    // The database lets nobody succeed himself in the end; should it happen, the chain stops.
    if (codes.includes(deze.opvolger)) break;
    codes.push(deze.opvolger);
    const volgende = feiten.organisaties.get(deze.opvolger);
    if (!volgende) break;
    deze = volgende;
  }
  return codes;
}

/** Who answers to a code at that moment: the code itself, or its successor after it ended. */
export const volgOp = (feiten: Feiten, code: string, moment: number): string =>
  keten(feiten, code, moment).at(-1) ?? code;

/** The code itself, and every code that it answers to at that moment because it took their place. */
export function metVoorgangers(feiten: Feiten, code: string, moment: number): readonly string[] {
  const codes = [code];
  // Grows while it is walked through: those of those too.
  for (const deze of codes)
    for (const voorganger of feiten.voorgangers.get(deze) ?? [])
      if (moment >= voorganger.geldig.tot && !codes.includes(voorganger.code)) codes.push(voorganger.code);
  return codes;
}
