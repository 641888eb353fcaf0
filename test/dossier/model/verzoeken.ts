/** Judges requests and their answers: 315, 317 (the request as such) and 319. Source: TR347, TR374; TR355, TR359, TR360, TR365; OP080. */
import type { Klasse } from '#src/standards/structuren.ts';
import { eenJaarEerder, kent } from './begin.ts';
import {
  botsing,
  dagtekening,
  type Genoteerd,
  type Lijst,
  stap,
  type Uitkomst,
  van,
  versies,
  type Zaak,
} from './lijst.ts';

/** VerzoekAntwoord: rejected, and under investigation. */
const AFGEWEZEN = '1';
const IN_ONDERZOEK = '2';

export interface Verzoek {
  readonly bericht: Genoteerd;
  readonly bsn: string;
  readonly referentie: string;
}

/** Every product that was asked for and every change that was asked for. */
export function verzoeken(lijst: Lijst): readonly Verzoek[] {
  const aanvragen = van(lijst, '315').flatMap((bericht) => {
    const { Bsn, AangevraagdeProducten } = bericht.inhoud.Client as unknown as Klasse<'315', 'Client'>;
    return AangevraagdeProducten.AangevraagdProduct.map(({ ReferentieAanbieder }) => ({
      bericht,
      bsn: Bsn,
      referentie: ReferentieAanbieder,
    }));
  });
  const wijzigingen = van(lijst, '317').map((bericht) => {
    const { Bsn, Verzoek } = bericht.inhoud.Client as unknown as Klasse<'317', 'Client'>;
    return { bericht, bsn: Bsn, referentie: Verzoek.ReferentieAanbieder };
  });
  return [...aanvragen, ...wijzigingen];
}

interface Antwoord {
  readonly bericht: Genoteerd;
  readonly antwoord: Klasse<'319', 'Antwoord'>;
}
const antwoordenOp = (lijst: Lijst, kenmerk: string): readonly Antwoord[] =>
  van(lijst, '319')
    .map((bericht) => ({ bericht, antwoord: bericht.inhoud.Antwoord as unknown as Klasse<'319', 'Antwoord'> }))
    .filter(({ antwoord }) => antwoord.ReferentieAanbieder === kenmerk);
const toewijzingenOp = (lijst: Lijst, kenmerk: string) =>
  versies(lijst).filter(({ product }) => product.ReferentieAanbieder === kenmerk);

/** Until it was rejected, or honoured, after it was made. */
export function isOnderhanden(lijst: Lijst, { bericht, referentie }: Verzoek): boolean {
  const later = ({ bericht: ander }: { readonly bericht: Genoteerd }): boolean => ander.volgorde > bericht.volgorde;
  const afgewezen = antwoordenOp(lijst, referentie).some(
    (een) => later(een) && een.antwoord.VerzoekAntwoord === AFGEWEZEN,
  );
  return !afgewezen && !toewijzingenOp(lijst, referentie).some(later);
}

export const onderhanden = (zaak: Zaak, bsn: string): Uitkomst =>
  botsing(
    zaak,
    verzoeken(zaak.lijst).filter((verzoek) => verzoek.bsn === bsn && isOnderhanden(zaak.lijst, verzoek)),
  );

/** TR347 */
export const isGebruikt = (zaak: Zaak, kenmerk: string): Uitkomst =>
  botsing(
    zaak,
    verzoeken(zaak.lijst).filter(({ referentie }) => referentie === kenmerk),
  );

export function oordeelAanvraag(zaak: Zaak): void {
  const client = zaak.bericht.inhoud.Client as unknown as Klasse<'315', 'Client'>;
  const producten = client.AangevraagdeProducten.AangevraagdProduct;
  zaak.uit.meld('TR374', '/Bericht/Client', client, '', onderhanden(zaak, client.Bsn));
  for (const [nr, product] of producten.entries()) {
    const pad = `/Bericht/Client/AangevraagdeProducten/${stap('AangevraagdProduct', nr, producten)}`;
    const uitkomst = isGebruikt(zaak, product.ReferentieAanbieder);
    zaak.uit.meld('TR347', pad, product, 'ReferentieAanbieder', uitkomst);
  }
}

export function oordeelAntwoord(zaak: Zaak): void {
  const { bericht, lijst, begin, uit } = zaak;
  const antwoord = bericht.inhoud.Antwoord as unknown as Klasse<'319', 'Antwoord'>;
  const kenmerk = antwoord.ReferentieAanbieder;
  const pad = '/Bericht/Antwoord';
  const bekend = verzoeken(lijst).some(({ referentie }) => referentie === kenmerk);
  const dag = dagtekening(bericht);
  const ontbreekt = kent(begin, eenJaarEerder(dag)) ? 'fout' : 'onbekend';
  uit.meld('TR355', pad, antwoord, 'ReferentieAanbieder', bekend ? 'goed' : ontbreekt);

  // One of the same day or later may have been sent after this answer, and arrived before it (OP080).
  const tegen = <B extends { readonly bericht: Genoteerd }>(
    alle: readonly B[],
    altijd: (een: B) => boolean,
  ): Uitkomst => {
    const zeker = alle.filter((een) => altijd(een) || dagtekening(een.bericht) < dag);
    return alle.length > 0 && zeker.length === 0 ? 'twijfel' : botsing(zaak, zeker);
  };
  uit.meld(
    'TR359',
    pad,
    antwoord,
    'ReferentieAanbieder',
    tegen(toewijzingenOp(lijst, kenmerk), () => false),
  );

  // Two of the same kind are wrong in any order. Of "in onderzoek" after a rejection, the rejection must have been written first.
  const eerder = antwoordenOp(lijst, kenmerk);
  const zelfdeSoort = (een: Antwoord): boolean => een.antwoord.VerzoekAntwoord === antwoord.VerzoekAntwoord;
  const inOnderzoek = antwoord.VerzoekAntwoord === IN_ONDERZOEK;
  uit.meld('TR360', pad, antwoord, 'VerzoekAntwoord', inOnderzoek ? tegen(eerder, zelfdeSoort) : 'goed');
  const definitief = eerder.filter((een) => een.antwoord.VerzoekAntwoord !== IN_ONDERZOEK);
  uit.meld('TR365', pad, antwoord, '', tegen(definitief, zelfdeSoort));
}
