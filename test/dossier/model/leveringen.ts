/** Judges starts and stops: 305 and 307. Source: TR019, TR063, TR071, TR074, TR326, TR382, TR413, TR414, TR415; IV008, IV096; logical-keys.json. */
import type { Klasse } from '#src/standards/structuren.ts';
import { eenJaarEerder, kent } from './begin.ts';
import {
  botsing,
  type Genoteerd,
  geldend,
  isVerwijderd,
  type Lijst,
  onderNummer,
  stap,
  type Uitkomst,
  van,
  vanAnder,
  type Zaak,
} from './lijst.ts';

type Start = Klasse<'305', 'StartProduct'>;
type Stop = Klasse<'307', 'StopProduct'>;
const VERWIJDEREN = '3';
const TIJDELIJK = '20';

export interface Melding {
  /** Also of the message that is being judged: what stands in it is certain. */
  readonly bericht: Genoteerd;
  readonly bsn: string;
  readonly product: Start | Stop;
}

/** What a message reports in the order in which it counts: first what it removes (IV008). */
function meldingenIn(bericht: Genoteerd): readonly Melding[] {
  const client = bericht.inhoud.Client as unknown as Klasse<'305', 'Client'> & Klasse<'307', 'Client'>;
  const producten: readonly (Start | Stop)[] =
    bericht.soort.nummer === '305' ? client.StartProducten.StartProduct : client.StopProducten.StopProduct;
  const meldingen = producten.map((product) => ({ bericht, bsn: client.Bsn, product }));
  const weg = meldingen.filter(({ product }) => product.StatusAanlevering === VERWIJDEREN);
  const nieuw = meldingen.filter(({ product }) => product.StatusAanlevering !== VERWIJDEREN);
  return [...weg, ...nieuw];
}

const nummerVan = ({ ToewijzingNummer }: Start | Stop): number | undefined =>
  ToewijzingNummer === undefined ? undefined : Number(ToewijzingNummer);

/** The key of a start; that of a stop has two parts more. */
const startsleutel = ({ bsn, product }: Melding): string =>
  JSON.stringify([
    bsn,
    nummerVan(product) ?? 'taakgericht',
    product.Product?.Categorie ?? '-',
    product.Product?.Code ?? '-',
    product.Begindatum,
  ]);
function sleutel(melding: Melding): string {
  const { RedenBeeindiging, Einddatum } = melding.product as Partial<Stop>;
  return RedenBeeindiging === undefined
    ? startsleutel(melding)
    : JSON.stringify([startsleutel(melding), RedenBeeindiging, Einddatum]);
}

/** What is left of a list of reports when every removal took away what had its key. */
function over(meldingen: readonly Melding[]): readonly Melding[] {
  let lijst: readonly Melding[] = [];
  for (const melding of meldingen) {
    const rest = lijst.filter((eerder) => sleutel(eerder) !== sleutel(melding));
    lijst = melding.product.StatusAanlevering === VERWIJDEREN ? rest : [...lijst, melding];
  }
  return lijst;
}

/** What took something away, and what it took, if it is gone. */
const verwijderd = (
  meldingen: readonly Melding[],
  naam: string,
  van: (melding: Melding) => string,
): readonly Melding[] => {
  const zelfde = meldingen.filter((melding) => van(melding) === naam);
  return zelfde.some(({ product }) => product.StatusAanlevering === VERWIJDEREN) ? zelfde : [];
};

/** Starts or stops that are there. */
export const aanwezig = (lijst: Lijst, nummer: '305' | '307'): readonly Melding[] => over(meldingen(lijst, nummer));

const meldingen = (lijst: Lijst, nummer: '305' | '307'): readonly Melding[] => van(lijst, nummer).flatMap(meldingenIn);

/** The same levering, of which there may be more than one stop: by number, or without one by product; and by the day it began. */
export const zelfdeLevering = (a: Melding, b: Melding): boolean =>
  a.bsn === b.bsn &&
  a.product.Begindatum === b.product.Begindatum &&
  nummerVan(a.product) === nummerVan(b.product) &&
  (nummerVan(a.product) !== undefined ||
    (a.product.Product?.Categorie === b.product.Product?.Categorie &&
      a.product.Product?.Code === b.product.Product?.Code));

/** TR019 */
function toewijzing(zaak: Zaak, { bsn, product }: Melding): Uitkomst {
  const { lijst, begin } = zaak;
  if (product.ToewijzingNummer === undefined) return 'goed';
  const { eigen, ander } = onderNummer(lijst, bsn, product.ToewijzingNummer);
  const geldt = geldend(eigen);
  if (geldt) return isVerwijderd(geldt) ? 'twijfel' : 'goed';
  // Care on a toewijzing that ended long ago is wrong, but not by this rule; a year later there is none (see TR355).
  const dag = product.ToewijzingIngangsdatum ?? eenJaarEerder(product.Begindatum);
  if (ander.length > 0) return vanAnder(zaak, ander, dag);
  return kent(begin, dag) ? 'fout' : 'onbekend';
}

/** TR063 */
function ietsTeVerwijderen({ begin }: Zaak, melding: Melding, eerder: readonly Melding[]): Uitkomst {
  if (over(eerder).some((een) => sleutel(een) === sleutel(melding))) return 'goed';
  if (verwijderd(eerder, sleutel(melding), sleutel).length > 0) return 'twijfel';
  return kent(begin, melding.product.Begindatum) ? 'fout' : 'onbekend';
}

/** TR074 */
const isNieuw = (zaak: Zaak, melding: Melding, eerder: readonly Melding[]): Uitkomst =>
  botsing(
    zaak,
    over(eerder).filter((een) => sleutel(een) === sleutel(melding)),
  );

function oordeelStart(zaak: Zaak, pad: string, melding: Melding, eerder: readonly Melding[]): void {
  const { uit, lijst } = zaak;
  const stops = over(meldingen(lijst, '307'));
  if (melding.product.StatusAanlevering === VERWIJDEREN) {
    uit.meld('TR063', pad, melding.product, 'StatusAanlevering', ietsTeVerwijderen(zaak, melding, eerder));
    const gestopt = stops.filter((stop) => startsleutel(stop) === startsleutel(melding));
    uit.meld('TR071', pad, melding.product, 'StatusAanlevering', botsing(zaak, gestopt));
    return;
  }
  uit.meld('TR019', pad, melding.product, 'ToewijzingNummer', toewijzing(zaak, melding));
  uit.meld('TR074', pad, melding.product, '', isNieuw(zaak, melding, eerder));
  const nummer = nummerVan(melding.product);
  const loopt = over(eerder).filter(
    (start) =>
      start.bsn === melding.bsn &&
      nummer !== undefined &&
      nummerVan(start.product) === nummer &&
      !stops.some((stop) => zelfdeLevering(stop, start)),
  );
  uit.meld('TR326', pad, melding.product, '', botsing(zaak, loopt));
}

/** TR382 */
function heeftStart(zaak: Zaak, melding: Melding): Uitkomst {
  const { lijst, begin } = zaak;
  const starts = meldingen(lijst, '305');
  if (over(starts).some((start) => startsleutel(start) === startsleutel(melding))) return 'goed';
  const weg = verwijderd(starts, startsleutel(melding), startsleutel);
  if (weg.length > 0) return botsing(zaak, weg);
  return kent(begin, melding.product.Begindatum) ? 'fout' : 'onbekend';
}

function oordeelStop(zaak: Zaak, pad: string, melding: Melding, eerder: readonly Melding[]): void {
  const { uit } = zaak;
  const product = melding.product as Stop;
  if (product.StatusAanlevering === VERWIJDEREN) {
    uit.meld('TR063', pad, product, 'StatusAanlevering', ietsTeVerwijderen(zaak, melding, eerder));
    return;
  }
  uit.meld('TR019', pad, product, 'ToewijzingNummer', toewijzing(zaak, melding));
  uit.meld('TR074', pad, product, '', isNieuw(zaak, melding, eerder));
  uit.meld('TR382', pad, product, '', heeftStart(zaak, melding));
  const stops = over(eerder).filter((stop) => zelfdeLevering(stop, melding));
  const reden = ({ product: { RedenBeeindiging } }: Melding & { readonly product: Partial<Stop> }) => RedenBeeindiging;
  const tijdelijk = product.RedenBeeindiging === TIJDELIJK ? stops.filter((stop) => reden(stop) === TIJDELIJK) : [];
  uit.meld('TR413', pad, product, 'RedenBeeindiging', botsing(zaak, tijdelijk));
  // The stop that counts is the last one.
  const later = stops.slice(-1).filter((stop) => product.Einddatum < (stop.product as Stop).Einddatum);
  uit.meld('TR414', pad, product, 'Einddatum', botsing(zaak, later));
  const definitief = stops.filter((stop) => reden(stop) !== TIJDELIJK);
  uit.meld('TR415', pad, product, 'RedenBeeindiging', botsing(zaak, definitief));
}

/** 305 and 307: each report is judged with all earlier messages, and with what counts before it in its own. */
export function oordeelLevering(zaak: Zaak): void {
  const { bericht, lijst } = zaak;
  const isStart = bericht.soort.nummer === '305';
  const [houder, klasse] = isStart ? ['StartProducten', 'StartProduct'] : ['StopProducten', 'StopProduct'];
  const client = bericht.inhoud.Client as unknown as Record<string, Record<string, readonly (Start | Stop)[]>>;
  const inDocument = client[houder as string]?.[klasse as string] ?? [];
  const eigen = meldingenIn({ ...bericht, telt: true, teruggestuurd: null });
  const vroeger = meldingen(lijst, isStart ? '305' : '307');
  for (const [nr, melding] of eigen.entries()) {
    const pad = `/Bericht/Client/${houder}/${stap(klasse as string, inDocument.indexOf(melding.product), inDocument)}`;
    const weg = melding.product.StatusAanlevering === VERWIJDEREN;
    const eerder = weg ? vroeger : [...vroeger, ...eigen.slice(0, nr)];
    if (isStart) oordeelStart(zaak, pad, melding, eerder);
    else oordeelStop(zaak, pad, melding, eerder);
  }
}
