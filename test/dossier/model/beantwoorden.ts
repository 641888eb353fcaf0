/** What a gemeente that answers itself makes of a declaratie in a random life (325). */
import type { Inhoud } from '#src/xml/structuur.ts';
import { dagenLater } from './kalender.ts';
import type { Declaratieregel, Prestatie, Wereld, Zending } from './wereld.ts';

/** An amount with its sign: a credit is a minus. */
export const metTeken = ({ IngediendBedrag }: Prestatie): number =>
  Number(IngediendBedrag.Bedrag) * (IngediendBedrag.DebetCredit === 'C' ? -1 : 1);
/** CS325: nothing is debet. */
export const totaal = (bedrag: number) => ({
  TotaalBedrag: String(Math.abs(bedrag)),
  DebetCredit: bedrag < 0 ? 'C' : 'D',
});

export interface Boeking {
  readonly regel: Declaratieregel;
  readonly afgewezen: boolean;
}

/** IV087: the gemeente names what it sends back. */
export function beantwoord(wereld: Wereld, heen: Zending, boeken: readonly Boeking[], geheelFout: boolean): void {
  const { toeval } = wereld;
  const verstuurd = wereld.vandaag;
  wereld.vandaag = dagenLater(heen.ontvangen, toeval.geheel(0, 12));
  const kop = wereld.kop('325');
  const header = heen.inhoud.Header as Inhoud;
  const declaratie = heen.inhoud.Declaratie as Inhoud;
  const slordig = wereld.slordig() && toeval.kans(0.5);
  const mis = (wat: string): boolean => slordig && fouten === wat;
  const fouten = toeval.kies([
    'identificatie',
    'versie',
    'nummer',
    'referentie',
    'waarde',
    'tarief',
    'client',
  ] as const);
  const hoe = geheelFout && toeval.kans(0.8) ? 'declaratie' : toeval.kans(0.04) ? 'header' : 'prestaties';
  const terug = boeken.filter(({ afgewezen }) => afgewezen).map(({ regel }) => regel);
  const clienten = [...Map.groupBy(terug, ({ bsn }) => bsn)].map(([bsn, eigen]) => ({
    Bsn: mis('client') ? (wereld.anderBsn(bsn) ?? '999900055') : bsn,
    Prestaties: {
      Prestatie: eigen.map(({ prestatie }) => ({
        ...prestatie,
        ...(mis('referentie') && {
          ProductReferentie: { ...prestatie.ProductReferentie, ReferentieNummer: `RN-Y${wereld.nieuwNummer()}` },
        }),
        ...(mis('tarief') && { ProductTarief: undefined }),
        ...(mis('waarde') && { GeleverdVolume: String(Number(prestatie.GeleverdVolume) + 1) }),
        RetourCodes: { RetourCode: ['9321'] },
      })),
    },
    RetourCodes: { RetourCode: ['0200'] },
  }));
  const dubbel = new Set(clienten.map(({ Bsn }) => Bsn)).size < clienten.length;
  const ingediend = boeken.reduce((som, { regel }) => som + metTeken(regel.prestatie), 0);
  const afgewezen = terug.reduce((som, { prestatie }) => som + metTeken(prestatie), 0);
  const heelTerug = hoe === 'declaratie';
  const DeclaratieAntwoord = {
    DeclaratieNummer: mis('nummer') ? 'DXXX' : declaratie.DeclaratieNummer,
    TotaalIngediendBedrag: totaal(ingediend),
    TotaalToegekendBedrag: totaal(heelTerug ? 0 : ingediend - afgewezen),
    ...(!heelTerug && clienten.length > 0 && !dubbel && { Clienten: { Client: clienten } }),
    RetourCodes: { RetourCode: [heelTerug ? '9333' : terug.length > 0 ? '0200' : '8001'] },
  };
  const Header = {
    ...(kop.Header as Inhoud),
    DeclaratieIdentificatie: mis('identificatie')
      ? { Identificatie: `X${wereld.nieuwNummer()}`, Dagtekening: verstuurd }
      : header.BerichtIdentificatie,
    XsdVersieDeclaratie: mis('versie')
      ? { BasisschemaXsdVersie: '9.9.9', BerichtXsdVersie: '1.0.0' }
      : header.XsdVersie,
    RetourCodes: { RetourCode: [hoe === 'header' ? '0001' : '0200'] },
  };
  const { DeclaratieAntwoord: _, ...kaal } = kop;
  const inhoud = { ...kaal, Header, ...(hoe !== 'header' && { DeclaratieAntwoord }) } as unknown as Inhoud;
  const los = mis('identificatie') || toeval.kans(0.05);
  wereld.stuur('325', inhoud, 'goed', () => {}, { heen: los ? null : heen });
  for (const { regel, afgewezen: weg } of boeken) regel.stand = weg || hoe !== 'prestaties' ? 'afgewezen' : 'toegekend';
  wereld.vandaag = verstuurd;
}
