/** Small lives in one lane: of every client a toewijzing, a start, a declaratie and a stop, all of them right at every level. */
import { voorbeeld } from './berichten.ts';
import { testBsns } from './declaratie.ts';

const EERSTE_TOEWIJZING = 40_000_000;

export interface Levensbericht {
  readonly afzender: string;
  readonly bytes: Buffer;
}

const SOORTEN = ['WMO301', 'WMO305', 'WMO323', 'WMO307'] as const;
const sjablonen = new Map(SOORTEN.map((soort) => [soort, voorbeeld('iwmo', soort).toString('utf8')]));

/** One client with one prestatie, out of the example that has two. */
const eenClient = (xml: string): string => xml.replace(/(<\/Client>)\s*<Client>[\s\S]*<\/Client>/, '$1');

/**
 * @param aantal how many messages; four per client
 * @returns the messages in the order in which they are sent
 */
export function levens(gemeente: string, aanbieder: string, aantal: number): readonly Levensbericht[] {
  const bsns = testBsns();
  const berichten: Levensbericht[] = [];
  for (let client = 0; berichten.length < aantal; client += 1) {
    const bsn = String(bsns.next().value);
    const toewijzing = String(EERSTE_TOEWIJZING + client);
    for (const soort of SOORTEN) {
      const vanGemeente = soort === 'WMO301';
      const xml = (soort === 'WMO323' ? eenClient(sjablonen.get(soort) ?? '') : (sjablonen.get(soort) ?? ''))
        .replace(/<Afzender>[^<]*/, `<Afzender>${vanGemeente ? gemeente : aanbieder}`)
        .replace(/<Ontvanger>[^<]*/, `<Ontvanger>${vanGemeente ? aanbieder : gemeente}`)
        // Nobody asked for it, so it answers no request.
        .replace(/<ReferentieAanbieder>[^<]*<\/ReferentieAanbieder>\s*/, '')
        .replace(/(:Identificatie>)[^<]*/, `$1L${client}`)
        .replace(/<Bsn>[^<]*/, `<Bsn>${bsn}`)
        .replace(/<ToewijzingNummer>[^<]*/, `<ToewijzingNummer>${toewijzing}`)
        .replace(/(<DeclaratieNummer>)[^<]*/, `$1D${client}`)
        .replace(/(:ReferentieNummer>)[^<]*/, `$1R${client}`)
        .replace(/(:TotaalBedrag>)[^<]*/, (_, begin: string) => `${begin}75000`);
      berichten.push({ afzender: vanGemeente ? gemeente : aanbieder, bytes: Buffer.from(xml) });
    }
  }
  return berichten.slice(0, aantal);
}
