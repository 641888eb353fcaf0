/**
 * The same care may not be allocated or asked for twice over the same days (TR302, TR386, TR410).
 *
 * What "the same" is depends on how precisely a product is named: with a code it is that product, without a code every product of its
 * category, and without a category every product there is. iWmo lets some categories overlap; which ones, each standard says itself.
 * Source: rules.json, the toelichting of the three rules in both domains; a shared day is overlap (norm/README.md).
 */
import type { Ernst } from '../bevinding.ts';
import type { Domein } from '../catalogus.ts';
import { na, type Periode, vergelijk } from '../datum.ts';
import { alleen, op, type Regel, type Toepassing, technischeRegel } from '../regels.ts';
import type { Klasse, Klassenaam, Nummer } from '../structuren.ts';
import { stap } from '../toetsing.ts';
import { eindigtMeteen, VERVALLEN, VERWIJDERD } from './toewijzing.ts';

/** A product over the days that it is allocated or asked for. */
export interface Zorgproduct extends Periode {
  readonly categorie?: string | undefined;
  readonly code?: string | undefined;
}

/** Under which names a product counts, and under which names it meets others that it may not overlap. */
interface Namen {
  readonly telt: readonly string[];
  readonly botst: readonly string[];
  /** The norm does not say whether a product with a code is the same as one of its category without a code (open point 25). */
  readonly twijfelt: readonly string[];
}

interface Product {
  readonly Categorie: string;
  readonly Code?: string;
}
const zorg = (product: Product | undefined, begin: string, einde: string | undefined): Zorgproduct => ({
  categorie: product?.Categorie,
  code: product?.Code,
  begin,
  einde,
});

const ALLES = 'alles';
const ZONDER_CATEGORIE = 'zonder categorie';

function namen({ categorie, code }: Zorgproduct): Namen {
  if (categorie === undefined) return { telt: [ALLES, ZONDER_CATEGORIE], botst: [ALLES], twijfelt: [] };
  const zonderCode = `${categorie} zonder code`;
  const metCode = `${categorie} met code`;
  if (code === undefined)
    return { telt: [ALLES, zonderCode], botst: [ZONDER_CATEGORIE, zonderCode], twijfelt: [metCode] };
  const product = `${categorie} code ${code}`;
  return { telt: [ALLES, metCode, product], botst: [ZONDER_CATEGORIE, product], twijfelt: [zonderCode] };
}

/** Per name, until when it is taken so far, and by which product. */
class Bezet {
  readonly #altijd = new Map<string, number>();
  readonly #laatste = new Map<string, { readonly einde: string; readonly nr: number }>();

  neem(naam: string, einde: string | undefined, nr: number): void {
    const laatste = this.#laatste.get(naam);
    if (einde === undefined) this.#altijd.set(naam, this.#altijd.get(naam) ?? nr);
    else if (laatste === undefined || na(einde, laatste.einde)) this.#laatste.set(naam, { einde, nr });
  }

  /**
   * By which product one of these names is taken; undefined: by none.
   * Only right for a day that does not lie before the begin of anything taken.
   */
  door(namen: readonly string[], dag: string): number | undefined {
    for (const naam of namen) {
      const altijd = this.#altijd.get(naam);
      if (altijd !== undefined) return altijd;
      const laatste = this.#laatste.get(naam);
      if (laatste !== undefined && !na(dag, laatste.einde)) return laatste.nr;
    }
    return undefined;
  }
}

const heeftDagen = ({ begin, einde }: Periode): boolean => einde === undefined || !na(begin, einde);

const GEEN: ReadonlySet<number> = new Set();

interface Botsing {
  readonly ernst: Ernst;
  readonly met: number;
}

/**
 * Which products overlap one that began earlier, or on the same day and stands before it. In the order of their begin, whatever still
 * runs when a product begins overlaps it; so the last taken day per name is all there is to remember.
 * @param vrij categories that may overlap everything
 * @param terzijde positions of products that are compared with the others, and that no other is compared with
 * @returns position from 0 → how serious it is, and the position of one that it overlaps
 */
function botsingen(
  producten: readonly (Zorgproduct | undefined)[],
  vrij: ReadonlySet<string>,
  terzijde: ReadonlySet<number> = GEEN,
): ReadonlyMap<number, Botsing> {
  const gevonden = new Map<number, Botsing>();
  const bezet = new Bezet();
  const opBegin = producten
    .flatMap((product, nr) =>
      product && heeftDagen(product) && !vrij.has(product.categorie ?? '') ? { product, nr } : [],
    )
    .sort((a, b) => vergelijk(a.product.begin, b.product.begin));
  for (const { product, nr } of opBegin) {
    const { telt, botst, twijfelt } = namen(product);
    const zeker = bezet.door(botst, product.begin);
    const met = zeker ?? bezet.door(twijfelt, product.begin);
    if (met !== undefined) gevonden.set(nr, { ernst: zeker === undefined ? 'waarschuwing' : 'fout', met });
    if (!terzijde.has(nr)) for (const naam of telt) bezet.neem(naam, product.einde, nr);
  }
  return gevonden;
}

/** Without which one: see botsingen. */
export const overlappingen = (...gegeven: Parameters<typeof botsingen>): ReadonlyMap<number, Ernst> =>
  new Map([...botsingen(...gegeven)].map(([nr, { ernst }]) => [nr, ernst]));

/**
 * The place where a rule on overlap applies.
 * @param houder the class that holds the products
 * @param klasse the class of the products, which is also the name of their element
 * @param lees undefined: this one does not count
 */
function nietDubbel<N extends Nummer, K extends Klassenaam<N> & string>(
  bericht: N,
  houder: Klassenaam<N>,
  klasse: K,
  vrij: ReadonlySet<string>,
  lees: (product: Klasse<N, K>) => Zorgproduct | undefined,
): Toepassing {
  return op(bericht, houder, klasse, (inhoud) => {
    const lijst = (inhoud as Readonly<Record<K, readonly Klasse<N, K>[]>>)[klasse];
    if (lijst.length < 2) return true;
    const gevonden = [...botsingen(lijst.map(lees), vrij)].sort(([a], [b]) => a - b);
    return gevonden.map(([nr, { ernst, met }]) => ({
      pad: stap(klasse, nr, lijst),
      ernst,
      met: stap(klasse, met, lijst),
    }));
  });
}

interface Toewijzing {
  readonly Ingangsdatum: string;
  readonly Einddatum?: string;
  readonly RedenWijziging?: string;
}
/** Removed allocations are no longer there. */
const isVerwijderd = (toewijzing: Toewijzing): boolean =>
  (toewijzing.RedenWijziging === VERWIJDERD || toewijzing.RedenWijziging === VERVALLEN) && eindigtMeteen(toewijzing);

const TWIJFEL =
  'Een waarschuwing als het ene product een code heeft en het andere alleen dezelfde categorie: de norm zegt niet of dat hetzelfde product is.';

/**
 * The rules on overlap as one of the standards has them.
 * @param vrij categories that may overlap everything
 * @param uitzondering the sentence that says so, with a space before it; '' when there are none
 */
export function overlapregels(domein: Domein, vrij: ReadonlySet<string>, uitzondering: string): readonly Regel[] {
  const tekst = (waar: string): string =>
    `${waar} overlapt hetzelfde product niet met zichzelf; zonder productcode geldt dat voor de hele categorie, zonder categorie voor alle producten.${uitzondering}`;
  const toewijzing = nietDubbel('301', 'ToegewezenProducten', 'ToegewezenProduct', vrij, (product) =>
    isVerwijderd(product) ? undefined : zorg(product.Product, product.Ingangsdatum, product.Einddatum),
  );
  const verzoek = nietDubbel('315', 'AangevraagdeProducten', 'AangevraagdProduct', vrij, (product) =>
    zorg(product.Product, product.ToewijzingIngangsdatum, product.ToewijzingEinddatum),
  );
  const wijziging = nietDubbel('317', 'NieuweProducten', 'NieuwProduct', vrij, (product) =>
    zorg(product.Product, product.GewensteIngangsdatum, product.Einddatum),
  );
  return [
    technischeRegel('TR302', {
      tekst: `${tekst('In een toewijzing')} Verwijderde toewijzingen tellen niet mee.`,
      melding: 'Pas de periode aan: deze toewijzing mag niet tegelijk lopen met een andere toewijzing in dit bericht.',
      twijfel: TWIJFEL,
      toepassingen: [alleen(domein, toewijzing)],
    }),
    technischeRegel('TR386', {
      tekst: tekst('In een verzoek om toewijzing'),
      melding:
        'Pas de periode aan: dit product mag niet tegelijk lopen met een ander aangevraagd product in dit bericht.',
      twijfel: TWIJFEL,
      toepassingen: [alleen(domein, verzoek)],
    }),
    technischeRegel('TR410', {
      tekst: tekst('Onder de nieuwe producten van een verzoek om wijziging'),
      melding: 'Pas de periode aan: dit product mag niet tegelijk lopen met een ander nieuw product in dit verzoek.',
      twijfel: TWIJFEL,
      toepassingen: [alleen(domein, wijziging)],
    }),
  ];
}
