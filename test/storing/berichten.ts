/** Messages to send: the examples of this project with the parties of a lane, and one of 18 MB. */
import { vervang, maakBericht as vulVoorbeeld, waardeVan } from '../hulp/berichten.ts';
import type { Baan, Domein, Heenbericht } from './types.ts';

export function berichtsoort(domein: Domein, nummer: Heenbericht): string {
  return `${domein === 'iwmo' ? 'WMO' : 'JW'}${nummer}`;
}

/** A 301 goes from gemeente to aanbieder, the others go back. */
export function partijen(baan: Baan, nummer: Heenbericht): { readonly afzender: string; readonly ontvanger: string } {
  return nummer === '301'
    ? { afzender: baan.gemeente, ontvanger: baan.aanbieder }
    : { afzender: baan.aanbieder, ontvanger: baan.gemeente };
}

/**
 * @param identificatie at most 12 characters, as the norm wants
 * @param geldig false makes a message that its XSD refuses
 */
export function maakBericht(baan: Baan, nummer: Heenbericht, identificatie: string, geldig = true): Buffer {
  return vulVoorbeeld(berichtsoort(baan.domein, nummer), { ...partijen(baan, nummer), identificatie, geldig });
}

/** Numbers of the test range that satisfy the elfproef. */
function* testBsns(): Generator<number> {
  const gewichten = [9, 8, 7, 6, 5, 4, 3, 2, -1];
  for (let bsn = 999_900_006; ; bsn += 1) {
    const som = [...String(bsn)].reduce((tot, cijfer, nr) => tot + Number(cijfer) * (gewichten[nr] ?? 0), 0);
    if (som % 11 === 0) yield bsn;
  }
}

/** A JW323 with `prestaties` prestaties, a hundred per cliënt; so many make 18 MB. */
export function maakGroteDeclaratie(baan: Baan, identificatie: string, prestaties = 22_500): Buffer {
  const klein = maakBericht({ ...baan, domein: 'ijw' }, '323', identificatie).toString('utf8');
  const client = deel(klein, /\s*<Client>[\s\S]*?<\/Client>/);
  const prestatie = deel(client, /\s*<Prestatie>[\s\S]*?<\/Prestatie>/);
  const naClient = client.slice(client.lastIndexOf('</Prestatie>') + '</Prestatie>'.length);
  const perClient = 100;
  const bsns = testBsns();
  const bedrag = Number(waardeVan(prestatie, 'Bedrag'));
  const clienten = Array.from({ length: Math.ceil(prestaties / perClient) }, (_, c) => {
    const aantal = Math.min(perClient, prestaties - c * perClient);
    const eigen = Array.from({ length: aantal }, (_, p) =>
      vervang(
        vervang(prestatie, 'ReferentieNummer', `P${String(c * perClient + p).padStart(8, '0')}`),
        'ToewijzingNummer',
        String(1_000_000 + c * perClient + p),
      ),
    );
    const bsn = String(bsns.next().value);
    return vervang(client.slice(0, client.indexOf(prestatie)), 'Bsn', bsn) + eigen.join('') + naClient;
  });
  const kop = vervang(klein.slice(0, klein.indexOf(client)), 'TotaalBedrag', String(prestaties * bedrag));
  const staart = klein.slice(klein.lastIndexOf('</Client>') + '</Client>'.length);
  return Buffer.from(`${kop}${clienten.join('')}${staart}`);
}

function deel(xml: string, patroon: RegExp): string {
  const gevonden = patroon.exec(xml)?.[0];
  if (gevonden === undefined) throw new Error(`The example has no part ${patroon}.`);
  return gevonden;
}
