/** The life of one client with one aanbieder: asked for, allocated, started, changed, stopped. */
import { plusDagen } from '../../koppeling/kalender.ts';
import { aanvraag, start, stop, type Toegewezen, toewijzing, verzoekantwoord, wijziging } from './berichten.ts';
import { laatste, maandBegin } from './dagen.ts';
import { DAG } from './klok.ts';
import type { Persoon } from './personen.ts';
import type { Bezorgd, Post } from './post.ts';
import type { Toeval } from './toeval.ts';
import type { Wmotoewijzing } from './types.ts';
import type { Baanplaats } from './wereld.ts';
import { hoeveel, kiesProduct, productVan, type Toewijzing, type Zorg } from './zorg.ts';

/** lopend: the care runs already; aanvraag: the aanbieder asks for it; gewoon: the gemeente allocates it. */
export type Begin = 'lopend' | 'aanvraag' | 'gewoon';

export interface Rol {
  readonly begin: Begin;
  /** It goes as the book says: so even a small simulation has every soort of message. */
  readonly vast: boolean;
}

const KANS = {
  geenStart: 0.04,
  lateStart: 0.12,
  eerderGestopt: 0.3,
  lateStop: 0.1,
  geenStop: 0.06,
  wijziging: 0.16,
} as const;
const AFWIJZINGEN = ['1', '2', '4', '7'] as const;

export class Leven {
  readonly #post: Post;
  readonly #toeval: Toeval;
  readonly #baan: Baanplaats;
  readonly #persoon: Persoon;
  readonly #rol: Rol;
  readonly zorg: Zorg[] = [];
  readonly wmo: Wmotoewijzing[] = [];

  constructor(post: Post, baan: Baanplaats, persoon: Persoon, rol: Rol) {
    this.#post = post;
    this.#toeval = post.toeval;
    this.#baan = baan;
    this.#persoon = persoon;
    this.#rol = rol;
  }

  speel(): void {
    const { klok } = this.#post;
    const { begin, vast } = this.#rol;
    const dagen = Math.floor((klok.tot - klok.van) / DAG);
    const eersteDag = klok.dagVan(klok.van + DAG / 2);
    const werkdag = (aantal: number): number => klok.opDag(klok.kalender.naWerkdagen(eersteDag, aantal), this.#toeval);
    if (begin === 'lopend') {
      const ingang = maandBegin(eersteDag, vast ? -1 : -1 - this.#toeval.geheel(0, 2));
      this.#wijsToe(werkdag(vast ? 1 : this.#toeval.geheel(1, 16)), ingang);
      return;
    }
    const op = vast
      ? werkdag(1)
      : klok.opDag(klok.kalender.eersteWerkdag(plusDagen(eersteDag, this.#toeval.geheel(0, dagen))), this.#toeval);
    const ingang = plusDagen(
      klok.dagVan(op),
      vast ? 5 : begin === 'aanvraag' ? this.#toeval.geheel(5, 30) : this.#toeval.geheel(-10, 14),
    );
    if (begin === 'gewoon') this.#wijsToe(op, ingang);
    else this.#vraagAan(op, ingang);
  }

  #toewijzingnummer(): string {
    const { gemeente, domein } = this.#baan;
    return String(
      Number(gemeente) * 100_000 + this.#post.reeks + this.#post.volgnummer(gemeente, `toewijzing ${domein}`),
    );
  }

  #nieuweToewijzing(ingang: string): Toewijzing {
    const { domein } = this.#baan;
    const product = kiesProduct(this.#toeval, domein, this.#rol.vast);
    return {
      nummer: this.#toewijzingnummer(),
      product,
      volume: this.#toeval.geheel(...product.volume),
      ingang,
      einde: plusDagen(ingang, this.#toeval.kies([182, 274, 365])),
    };
  }

  #stuur(
    nummer: Parameters<Post['stuur']>[0]['nummer'],
    op: number,
    maak: Parameters<Post['stuur']>[0]['maak'],
  ): Bezorgd | undefined {
    return this.#post.stuur({ baan: this.#baan, nummer, op, maak, vast: this.#rol.vast });
  }

  /** As it stands in a 301 of this day. */
  #alsProduct(
    { nummer, product, volume, ingang, einde }: Toewijzing,
    dag: string,
    moment: number,
    meer: Partial<Toegewezen>,
  ): Toegewezen {
    const tijd = new Date(moment).toISOString().slice(11, 16);
    return {
      nummer,
      product: productVan(product),
      hoeveel: hoeveel(product, volume),
      dag,
      tijd: `${tijd}:00`,
      ingang,
      einde,
      ...meer,
    };
  }

  #wijsToe(op: number, ingang: string, referentie?: string): void {
    const gegeven = this.#nieuweToewijzing(ingang);
    const bezorgd = this.#stuur('301', op, (dag, moment) =>
      toewijzing(this.#persoon, [this.#alsProduct(gegeven, dag, moment, { referentie })]),
    );
    if (bezorgd) this.#begin(gegeven, bezorgd);
  }

  #onthoud({ nummer, ingang }: Toewijzing, { moment }: Bezorgd): void {
    if (this.#baan.domein !== 'iwmo') return;
    const { gemeente, aanbieder } = this.#baan;
    this.wmo.push({ gemeente, aanbieder, nummer, bsn: this.#persoon.bsn, vanaf: ingang, moment });
  }

  /** Care on a toewijzing: 305, and what follows. */
  #begin(gegeven: Toewijzing, toegewezen: Bezorgd, vanWijziging = false): void {
    const { klok } = this.#post;
    this.#onthoud(gegeven, toegewezen);
    const { vast } = this.#rol;
    if (!vast && this.#toeval.kans(KANS.geenStart)) return;
    const begin =
      vast || vanWijziging ? gegeven.ingang : plusDagen(gegeven.ingang, this.#toeval.kies([0, 0, 0, 1, 2, 4, 7]));
    const vanaf = laatste(begin, klok.dagVan(toegewezen.moment));
    const dagen = vast ? 1 : this.#toeval.kans(KANS.lateStart) ? this.#toeval.geheel(6, 20) : this.#toeval.geheel(0, 5);
    const op =
      dagen === 0 && vanaf > klok.dagVan(toegewezen.moment)
        ? klok.opDag(klok.kalender.eersteWerkdag(vanaf), this.#toeval)
        : klok.naWerkdagen(Math.max(klok.beginVan(vanaf), toegewezen.moment), Math.max(1, dagen), this.#toeval);
    const geleverd = { nummer: gegeven.nummer, product: productVan(gegeven.product), ingang: gegeven.ingang, begin };
    const gemeld = this.#stuur('305', op, () => start(this.#persoon, geleverd));
    if (!gemeld) return;
    const zorg: Zorg = {
      persoon: this.#persoon,
      toewijzing: gegeven,
      begin,
      einde: null,
      bekend: gemeld.moment,
      gedeclareerd: new Set(),
      verbruikt: 0,
    };
    this.zorg.push(zorg);
    const metOmvang = gegeven.product.code !== null;
    const wil = vast ? this.#rol.begin === 'lopend' : metOmvang && !vanWijziging && this.#toeval.kans(KANS.wijziging);
    const verder = wil ? this.#vraagWijziging(zorg, gemeld) : 'ongewijzigd';
    if (verder !== 'gewijzigd') this.#stop(zorg, gemeld);
  }

  #stop(zorg: Zorg, gemeld: Bezorgd): void {
    const { klok } = this.#post;
    const { vast } = this.#rol;
    const eerder = vast || this.#toeval.kans(KANS.eerderGestopt);
    const dag = plusDagen(laatste(zorg.begin, klok.dagVan(gemeld.moment)), vast ? 9 : this.#toeval.geheel(20, 160));
    if (eerder && dag < zorg.toewijzing.einde) zorg.einde = dag;
    this.#meldStop(
      zorg,
      zorg.einde ?? zorg.toewijzing.einde,
      this.#baan.domein === 'iwmo' ? '19' : '31',
      gemeld.moment,
    );
  }

  #meldStop(zorg: Zorg, einde: string, reden: string, na: number): void {
    const { klok } = this.#post;
    const { vast } = this.#rol;
    if (!vast && this.#toeval.kans(KANS.geenStop)) return;
    const dagen = !vast && this.#toeval.kans(KANS.lateStop) ? this.#toeval.geheel(6, 25) : this.#toeval.geheel(1, 5);
    const op = klok.naWerkdagen(Math.max(klok.beginVan(einde), na), vast ? 1 : dagen, this.#toeval);
    const { nummer, product, ingang } = zorg.toewijzing;
    const geleverd = { nummer, product: productVan(product), ingang, begin: zorg.begin };
    this.#stuur('307', op, () => stop(this.#persoon, geleverd, einde, reden));
  }

  /** 315, and what the gemeente does with it. */
  #vraagAan(op: number, ingang: string): void {
    const { aanbieder, domein } = this.#baan;
    const referentie = `VOT-${this.#post.merk}-${aanbieder.slice(-4)}-${this.#post.volgnummer(aanbieder, `verzoek ${domein}`)}`;
    const product = kiesProduct(this.#toeval, domein, true);
    const gevraagd = {
      referentie,
      product: productVan(product),
      hoeveel: hoeveel(product, this.#toeval.geheel(...product.volume)),
      ingang,
      einde: plusDagen(ingang, 365),
    };
    const verzocht = this.#stuur('315', op, () => aanvraag(this.#persoon, gevraagd));
    if (verzocht) this.#besluit(verzocht, referentie, (moment) => this.#wijsToe(moment, ingang, referentie));
  }

  /** Granted, rejected, looked into, or left lying. */
  #besluit({ moment }: Bezorgd, referentie: string, willigIn: (moment: number) => void, afwijzen = false): void {
    const { klok, toeval } = this.#post;
    const { vast } = this.#rol;
    const { traag } = this.#post.partij(this.#baan.gemeente);
    if (!vast && toeval.kans(0.04)) return;
    const dagen = vast ? 1 : toeval.kans(traag) ? toeval.geheel(6, 20) : toeval.geheel(1, 5);
    const antwoordt = (op: number, afwijzing: string | null): Bezorgd | undefined =>
      this.#stuur('319', op, () => verzoekantwoord(referentie, afwijzing));
    let op = klok.naWerkdagen(moment, dagen, toeval);
    const onderzoek = vast ? !afwijzen : toeval.kans(0.3);
    if (onderzoek) {
      const onderweg = antwoordt(op, null);
      if (!onderweg) return;
      op = klok.naWerkdagen(onderweg.moment, vast ? 2 : toeval.geheel(4, 45), toeval);
    }
    if (vast ? afwijzen : toeval.kans(0.25)) antwoordt(op, toeval.kies(AFWIJZINGEN));
    else willigIn(op);
  }

  /** 317, and what becomes of it. */
  #vraagWijziging(zorg: Zorg, gemeld: Bezorgd): 'gewijzigd' | 'ongewijzigd' {
    const { klok, toeval } = this.#post;
    const { vast } = this.#rol;
    const { toewijzing: oud } = zorg;
    const op = klok.naWerkdagen(gemeld.moment, vast ? 1 : toeval.geheel(10, 60), toeval);
    const ingang = maandBegin(klok.dagVan(op), 3);
    if (plusDagen(ingang, 28) > oud.einde) return 'ongewijzigd';
    const { aanbieder, domein } = this.#baan;
    const referentie = `VOW-${this.#post.merk}-${aanbieder.slice(-4)}-${this.#post.volgnummer(aanbieder, `verzoek ${domein}`)}`;
    const volume = oud.volume + Math.max(1, Math.round(oud.volume / 4));
    const gevraagd = {
      referentie,
      nummer: oud.nummer,
      hoeveel: hoeveel(oud.product, volume),
      ingang,
      einde: oud.einde,
    };
    const verzocht = this.#stuur('317', op, () => wijziging(this.#persoon.bsn, gevraagd));
    if (!verzocht) return 'ongewijzigd';
    let gewijzigd = false;
    const willigIn = (moment: number): void => {
      const nieuw = {
        ...oud,
        volume,
        ingang,
        nummer: this.#toewijzingnummer(),
      };
      const einde = plusDagen(ingang, -1);
      // Too late for what was asked: it stays as it was.
      if (klok.dagVan(moment) >= plusDagen(ingang, -7)) return;
      const bezorgd = this.#stuur('301', moment, (dag, tijdstip) =>
        toewijzing(this.#persoon, [
          this.#alsProduct({ ...oud, einde }, dag, tijdstip, { reden: '12' }),
          this.#alsProduct(nieuw, dag, tijdstip, { referentie }),
        ]),
      );
      if (!bezorgd) return;
      gewijzigd = true;
      zorg.toewijzing = { ...oud, einde };
      this.#meldStop(zorg, einde, '37', bezorgd.moment);
      this.#begin(nieuw, bezorgd, true);
    };
    this.#besluit(verzocht, referentie, willigIn, true);
    return gewijzigd ? 'gewijzigd' : 'ongewijzigd';
  }
}
