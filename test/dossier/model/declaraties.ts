/** All prestaties that were ever declared, and what counts of them. Source: OP366, IV085, IV086, IV091. */
import type { Klasse } from '#src/standards/structuren.ts';
import { dagtekening, type Genoteerd, type Lijst, type Prestatie, prestatienaam, van } from './lijst.ts';

export interface Gedeclareerd {
  readonly bericht: Genoteerd;
  readonly bsn: string;
  readonly prestatie: Prestatie;
  readonly debet: boolean;
  /** ingediend: without an answer as yet. */
  readonly stand: 'ingediend' | 'toegekend' | 'afgewezen';
}

export const isDebet = ({ IngediendBedrag }: Prestatie): boolean => IngediendBedrag.DebetCredit === 'D';

export const declaratieVan = ({ inhoud }: Pick<Genoteerd, 'inhoud'>): Klasse<'323', 'Declaratie'> =>
  inhoud.Declaratie as unknown as Klasse<'323', 'Declaratie'>;

/** The prestaties of one declaratie. */
export function gedeclareerdIn(bericht: Genoteerd): readonly Gedeclareerd[] {
  const { teruggestuurd } = bericht;
  return declaratieVan(bericht).Clienten.Client.flatMap(({ Bsn, Prestaties }) =>
    (Prestaties.Prestatie as readonly Prestatie[]).map((prestatie): Gedeclareerd => {
      const terug = teruggestuurd?.has(prestatienaam(Bsn, prestatie));
      const stand = teruggestuurd === null ? 'ingediend' : terug ? 'afgewezen' : 'toegekend';
      return { bericht, bsn: Bsn, prestatie, debet: isDebet(prestatie), stand };
    }),
  );
}

/** The prestaties of every declaratie that counts. */
export const alleDeclaraties = (lijst: Lijst): readonly Gedeclareerd[] => van(lijst, '323').flatMap(gedeclareerdIn);

/** What was sent back counts for nothing. */
export const telt = ({ stand }: Gedeclareerd): boolean => stand !== 'afgewezen';

/** Is there a credit that takes this debet back? One from before it is of another debet, with the same reference. */
export const isGecrediteerd = (debet: Gedeclareerd, alle: readonly Gedeclareerd[]): boolean =>
  alle.some(
    (een) =>
      !een.debet &&
      telt(een) &&
      dagtekening(een.bericht) >= dagtekening(debet.bericht) &&
      een.prestatie.ProductReferentie.VorigReferentieNummer === debet.prestatie.ProductReferentie.ReferentieNummer,
  );
