/** What an aanbieder declares of its care in one lane, month after month: mostly right, now and then too much, and corrected later. */
import { maximumInPeriode, maximumOverLooptijd } from '../../dossier/volume.ts';
import { plusDagen } from '../../koppeling/kalender.ts';
import type { Bevinding } from '../../standards/bevinding.ts';
import { stap } from '../../standards/toetsing.ts';
import type { Inhoud } from '../../xml/structuur.ts';
import { eerste, eersteVan, laatste, laatsteVan, maandVan, volgendeMaand } from './dagen.ts';
import { bevinding } from './fouten.ts';
import type { Post } from './post.ts';
import type { Toeval } from './toeval.ts';
import type { Baanplaats } from './wereld.ts';
import { laatsteDag, type Zorg } from './zorg.ts';

/** A prestatie that was sent, and what became of it. */
interface Regel {
  readonly zorg: Zorg;
  readonly inhoud: Inhoud;
  /** In the unit of the toewijzing. */
  readonly volume: number;
  readonly fout: readonly [regel: string, code: string] | null;
  /** From when on the aanbieder knows; null: it was not answered. */
  beantwoord: number | null;
  klaar: boolean;
}

const KANS = { fout: 0.075, opnieuw: 0.7, credit: 0.02, late: 0.08 } as const;
const EURO = '83';
const DAG = 86_400_000;
const UUR = 3_600_000;

const totaal = (som: number): Inhoud => ({ TotaalBedrag: String(Math.abs(som)), DebetCredit: som < 0 ? 'C' : 'D' });
const getekend = ({ IngediendBedrag }: Inhoud): number => {
  const { Bedrag, DebetCredit } = IngediendBedrag as Inhoud;
  return DebetCredit === 'C' ? -Number(Bedrag) : Number(Bedrag);
};

export class Declaraties {
  readonly #post: Post;
  readonly #toeval: Toeval;
  readonly #baan: Baanplaats;
  readonly #zorg: readonly Zorg[];
  readonly #regels: Regel[] = [];
  readonly #vast: boolean;

  constructor(post: Post, baan: Baanplaats, zorg: readonly Zorg[], vast: boolean) {
    this.#post = post;
    this.#toeval = post.toeval;
    this.#baan = baan;
    this.#zorg = zorg;
    this.#vast = vast;
  }

  /** Declares every month whose declaratie falls in the simulated time. */
  speel(): void {
    const { klok } = this.#post;
    const gewoonte = this.#toeval.kies([1, 2, 2, 3, 3, 4, 5, 7]);
    const eersteDag = klok.dagVan(klok.van + DAG / 2);
    let vorige = klok.van - 14 * DAG;
    for (let maand = maandVan(plusDagen(eersteVan(maandVan(eersteDag)), -1)); ; maand = volgendeMaand(maand)) {
      const om = eersteVan(volgendeMaand(maand));
      const vanaf = laatste(om, eersteDag);
      const later = this.#vast
        ? 0
        : this.#toeval.kans(KANS.late)
          ? this.#toeval.geheel(10, 22)
          : this.#toeval.geheel(0, 2);
      // What was reported in the first days can be declared after them.
      const werkdag = (om <= eersteDag ? 5 : gewoonte) + later;
      // After the one before it, and what may have been wrong with that (TR318).
      const na = klok.naWerkdagen(vorige, 6, this.#toeval);
      const op = Math.max(na, klok.opDag(klok.kalender.naWerkdagen(vanaf, werkdag), this.#toeval));
      if (op >= klok.tot) return;
      vorige = op;
      this.#declareer(maand, op);
    }
  }

  #declareer(maand: string, op: number): void {
    const kent = op - UUR;
    const regels = [
      ...this.#credits(kent),
      ...this.#opnieuw(kent),
      ...this.#zorg.filter(({ bekend }) => bekend < kent).flatMap((zorg) => this.#vanZorg(zorg, maand)),
    ];
    if (regels.length === 0) return;
    const clienten = [...Map.groupBy(regels, ({ zorg }) => zorg.persoon.bsn)];
    const som = regels.reduce((tot, { inhoud }) => tot + getekend(inhoud), 0);
    const { aanbieder, domein } = this.#baan;
    const nummer = (): string =>
      `D${this.#post.merk}${maand.slice(2).replace('-', '')}${this.#post.volgnummer(aanbieder, `declaratie ${domein}`)}`;
    const bezorgd = this.#post.stuur({
      baan: this.#baan,
      nummer: '323',
      op,
      vast: this.#vast,
      bevindingen: this.#terug(clienten),
      maak: (dagtekening) => ({
        Declaratie: {
          DeclaratieNummer: nummer(),
          DeclaratiePeriode: { Begindatum: eersteVan(maand), Einddatum: laatsteVan(maand) },
          DeclaratieDagtekening: dagtekening,
          TotaalIngediendBedrag: totaal(som),
          Clienten: {
            Client: clienten.map(([bsn, eigen]) => ({
              Bsn: bsn,
              Prestaties: { Prestatie: eigen.map(({ inhoud }) => inhoud) },
            })),
          },
        },
      }),
    });
    if (!bezorgd) return;
    for (const regel of regels) regel.beantwoord = bezorgd.beantwoord;
    this.#regels.push(...regels);
  }

  /** What the gemeente sends back when it answers itself. */
  #terug(clienten: readonly (readonly [string, readonly Regel[]])[]): readonly Bevinding[] {
    return clienten.flatMap(([, eigen], nr) =>
      eigen.flatMap(({ fout }, plaats) => {
        const pad = `/Bericht/Declaratie/Clienten/${stap('Client', nr, clienten)}/Prestaties/${stap('Prestatie', plaats, eigen)}`;
        return fout ? [bevinding(...fout, pad)] : [];
      }),
    );
  }

  #referentie(): string {
    const { aanbieder, domein } = this.#baan;
    return `P${this.#post.merk}${domein === 'iwmo' ? 'W' : 'J'}${aanbieder.slice(-4)}-${this.#post.volgnummer(aanbieder, `prestatie ${domein}`)}`;
  }

  #regel(zorg: Zorg, inhoud: Inhoud, volume: number, fout: Regel['fout'] = null): Regel {
    return { zorg, inhoud, volume, fout, beantwoord: null, klaar: false };
  }

  /** Every month of care that was not declared yet, up to this one. */
  #vanZorg(zorg: Zorg, totEnMet: string): readonly Regel[] {
    const regels: Regel[] = [];
    const einde = laatsteDag(zorg);
    for (
      let maand = maandVan(zorg.begin);
      maand <= totEnMet && eersteVan(maand) <= einde;
      maand = volgendeMaand(maand)
    ) {
      if (zorg.gedeclareerd.has(maand)) continue;
      zorg.gedeclareerd.add(maand);
      regels.push(...this.#prestatie(zorg, maand));
    }
    return regels;
  }

  /** How much of a period of the toewijzing there was care in. */
  #deel(zorg: Zorg, begin: string, einde: string): number {
    const dagen = (van: string, tot: string): number => Math.max(0, (Date.parse(tot) - Date.parse(van)) / DAG + 1);
    return dagen(laatste(zorg.begin, begin), eerste(laatsteDag(zorg), einde)) / dagen(begin, einde);
  }

  #prestatie(zorg: Zorg, maand: string): readonly Regel[] {
    const { product, volume: toegewezen, ingang, einde: eind } = zorg.toewijzing;
    // Of the month, as far as the toewijzing goes: also when care began later in it (TR387, TR388).
    const begin = laatste(ingang, eersteVan(maand));
    const einde = eerste(eind, laatsteVan(maand));
    let hoogst = Math.min(toegewezen - zorg.verbruikt, Math.round(toegewezen / 9));
    if (product.code !== null) {
      const omvang = { volume: toegewezen, eenheid: product.eenheid, frequentie: product.frequentie };
      const deze = { ingangsdatum: ingang, einddatum: eind, categorie: product.categorie, omvang };
      const ruimte = Math.floor((maximumOverLooptijd(deze) ?? 0) * 0.97) - zorg.verbruikt;
      // Without what household help may have more (TR321).
      hoogst = Math.min(ruimte, maximumInPeriode({ ...deze, categorie: null }, { begin, einde }, this.#baan.domein));
    }
    const volume = Math.floor(hoogst * this.#deel(zorg, begin, einde) * (0.55 + 0.4 * this.#toeval.breuk()));
    if (volume < 1) return [];
    const goed = this.#inhoud(zorg, begin, einde, volume);
    if (this.#vast || !this.#toeval.kans(KANS.fout) || !this.#wordtGezien()) {
      zorg.verbruikt += volume;
      return [this.#regel(zorg, goed, volume)];
    }
    return [this.#verkeerd(zorg, begin, einde, volume, hoogst)];
  }

  /** Would anybody send back what is wrong? */
  #wordtGezien(): boolean {
    const { controleniveau, retour } = this.#post.partij(this.#baan.gemeente).keuze[this.#baan.domein];
    return retour === 'zelf' || controleniveau === 3;
  }

  #verkeerd(zorg: Zorg, begin: string, einde: string, volume: number, hoogst: number): Regel {
    const { product } = zorg.toewijzing;
    const goed = this.#inhoud(zorg, begin, einde, volume);
    const ruim = product.categorie === '01' || product.code === null;
    const soort = this.#toeval.kies(
      ruim ? (['onbekend'] as const) : (['teVeel', 'teVeel', 'onbekend', 'code'] as const),
    );
    if (soort === 'teVeel')
      return this.#regel(zorg, this.#inhoud(zorg, begin, einde, Math.ceil(hoogst * 1.6) + 3), volume, [
        'TR321',
        '9321',
      ]);
    if (soort === 'code')
      return this.#regel(zorg, { ...goed, ProductCode: `${product.categorie}Z99` }, volume, ['TR340', '9340']);
    const vreemd = { ...goed, ToewijzingNummer: String(700_000_000 + this.#toeval.geheel(0, 99_999_999)) };
    return this.#regel(zorg, vreemd, volume, ['TR338', '9338']);
  }

  #inhoud(zorg: Zorg, begin: string, einde: string, volume: number): Inhoud {
    const { nummer, product } = zorg.toewijzing;
    const { categorie, code, eenheid, tarief } = product;
    return {
      ProductReferentie: { ReferentieNummer: this.#referentie() },
      ToewijzingNummer: nummer,
      ProductCategorie: categorie,
      ProductCode: code ?? `${categorie}B11`,
      ProductPeriode: { Begindatum: begin, Einddatum: einde },
      GeleverdVolume: String(volume),
      Eenheid: code === null ? EURO : eenheid,
      ProductTarief: tarief === null ? undefined : String(tarief),
      IngediendBedrag: { Bedrag: String(tarief === null ? volume : volume * tarief), DebetCredit: 'D' },
    };
  }

  /** What was sent back, put right. */
  #opnieuw(kent: number): readonly Regel[] {
    const open = this.#regels.filter(
      ({ fout, klaar, beantwoord }) => fout && !klaar && beantwoord !== null && beantwoord < kent,
    );
    return open.flatMap((regel) => {
      if (!this.#toeval.kans(KANS.opnieuw)) return [];
      regel.klaar = true;
      const { zorg, volume, inhoud } = regel;
      const { Begindatum, Einddatum } = inhoud.ProductPeriode as Record<string, string>;
      zorg.verbruikt += volume;
      return [this.#regel(zorg, this.#inhoud(zorg, String(Begindatum), String(Einddatum), volume), volume)];
    });
  }

  /** What was granted and was too much after all: taken back, and declared anew. */
  #credits(kent: number): readonly Regel[] {
    const toegekend = this.#regels.filter(
      ({ fout, klaar, beantwoord, volume, inhoud }) =>
        !fout && !klaar && beantwoord !== null && beantwoord < kent && volume > 1 && getekend(inhoud) > 0,
    );
    return toegekend.flatMap((regel) => {
      if (!this.#toeval.kans(KANS.credit)) return [];
      regel.klaar = true;
      const { zorg, inhoud, volume } = regel;
      const { ReferentieNummer } = inhoud.ProductReferentie as Inhoud;
      const { Begindatum, Einddatum } = inhoud.ProductPeriode as Record<string, string>;
      const terug: Inhoud = {
        ...inhoud,
        ProductReferentie: { ReferentieNummer: this.#referentie(), VorigReferentieNummer: ReferentieNummer },
        IngediendBedrag: { ...(inhoud.IngediendBedrag as Inhoud), DebetCredit: 'C' },
      };
      const minder = Math.max(1, Math.floor(volume * 0.8));
      zorg.verbruikt += minder - volume;
      const nieuw = this.#inhoud(zorg, String(Begindatum), String(Einddatum), minder);
      const klaar = { ...this.#regel(zorg, terug, volume), klaar: true };
      return [klaar, this.#regel(zorg, nieuw, minder)];
    });
  }
}
