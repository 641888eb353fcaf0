/** `knooppunt regels`: every rule of the norm, and whether it is checked. One JSON array with --json, a readable table without. */

import { alleRegels } from '../regeltabel.ts';
import { BERICHTSOORTEN } from '../standards/catalogus.ts';
import type { RegelRij, Regelstatus } from '../standards/overzicht.ts';

const KOPPEN = ['code', 'niveau', 'retour', 'status', 'berichten', 'wat de regel vraagt'];
const KLEINSTE_TEKST = 40;

function tekst({ tekst: wat, twijfel }: RegelRij): string {
  return twijfel === null ? wat : `${wat} [bij twijfel een waarschuwing]`;
}

/** The numbers when both standards have the same messages, their codes otherwise. */
function berichten({ berichten: codes }: RegelRij): string {
  if (codes.length === BERICHTSOORTEN.length) return 'alle';
  const nummers = (voorvoegsel: string): string =>
    codes
      .filter((code) => code.startsWith(voorvoegsel))
      .map((code) => code.slice(voorvoegsel.length))
      .join(' ');
  return nummers('WMO') === nummers('JW') ? nummers('WMO') : codes.join(' ');
}

/** Words in lines of at most this many characters. */
function afgebroken(zin: string, breedte: number): readonly string[] {
  const regels = [''];
  for (const woord of zin.split(' ')) {
    const laatste = regels.at(-1) ?? '';
    if (laatste === '' || laatste.length + 1 + woord.length <= breedte)
      regels[regels.length - 1] = laatste === '' ? woord : `${laatste} ${woord}`;
    else regels.push(woord);
  }
  return regels;
}

/**
 * The table for people.
 * @param breedte of the screen; Infinity: one line per rule
 */
export function regeltabel(rijen: readonly RegelRij[], breedte: number): string {
  const cellen = rijen.map((rij) => [
    rij.code,
    `${rij.niveau}`,
    rij.retourcode ?? '-',
    rij.status,
    berichten(rij),
    tekst(rij),
  ]);
  const alle = [KOPPEN, ...cellen];
  const breedtes = KOPPEN.map((_, nr) => Math.max(...alle.map((cel) => cel[nr]?.length ?? 0)));
  const vast = breedtes.slice(0, -1);
  const inspring = vast.reduce((som, breed) => som + breed + 2, 0);
  const regel = (cel: readonly string[]): string => {
    const links = vast.map((breed, nr) => `${cel[nr] ?? ''}`.padEnd(breed)).join('  ');
    const rechts = afgebroken(cel.at(-1) ?? '', Math.max(breedte - inspring, KLEINSTE_TEKST));
    return `${links}  ${rechts.join(`\n${' '.repeat(inspring)}`)}\n`;
  };
  return alle.map(regel).join('');
}

function telling(rijen: readonly RegelRij[]): string {
  const aantal = (status: Regelstatus): number => rijen.filter((rij) => rij.status === status).length;
  const xsd = `${aantal('xsd')} dwingt de XSD af`;
  return `\n${rijen.length} regels: ${aantal('gecontroleerd')} gecontroleerd, ${xsd}, ${aantal('niet gecontroleerd')} niet gecontroleerd.\n`;
}

/** @returns the exit code */
export async function toonRegels(alsJson: boolean): Promise<number> {
  const rijen = alleRegels();
  const breedte = process.stdout.columns ?? Number.POSITIVE_INFINITY;
  process.stdout.write(alsJson ? `${JSON.stringify(rijen)}\n` : regeltabel(rijen, breedte) + telling(rijen));
  return 0;
}
