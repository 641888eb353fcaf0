/** One walk through a lane: what its messages and imports say should be in the tables, held against what is there, part by part. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Masker } from '../feiten.ts';
import { gevolgVan } from '../gevolg.ts';
import { Gevolgen } from '../opslag/gevolgen.ts';
import { pakWijzigingenUit } from '../opslag/inpakken.ts';
import {
  GEEN_RIJEN,
  ingevoerdePlekken,
  leesRijen,
  type Plekken,
  perTabel,
  type Rij,
  type Rijen,
  rijenVan,
  vervangRijen,
} from '../opslag/rijen.ts';
import { dagtekeningVan } from '../uittreksel.ts';
import { type Baan, type Baanstand, laterVan } from './baan.ts';
import type { Baanbericht, Berichtenbron, Gelezen } from './berichten.ts';
import { leesDelen, type Momentopname, Momentopnameschrijver } from './momentopname.ts';
import { Verschillen } from './verschil.ts';

export interface Gereedschap {
  readonly verbinding: Verbinding;
  readonly bron: Berichtenbron;
  readonly masker: Masker;
  /** Put right what differs? */
  readonly herstel: boolean;
}

const isRetour = ({ soort }: Baanbericht): boolean => soort.aard === 'retour';
const isAntwoord = ({ soort }: Baanbericht): boolean => soort.aard !== 'heen';
const PER_KEER = 500;
/** Beyond every place. */
const LAATSTE_PLEK = Number.MAX_SAFE_INTEGER;

const inVolgorde = (a: Rij, b: Rij): number => a.volgorde - b.volgorde || Number(a.nr ?? 0) - Number(b.nr ?? 0);
const plekkenVan = (rijen: readonly Rij[]): readonly number[] => rijen.map(({ volgorde }) => volgorde);

export class Gang {
  readonly verschillen = new Verschillen();
  /** Messages that were read again, and messages of which the tables were taken as they are. */
  gelezen = 0;
  overgenomen = 0;
  readonly #baan: Baan;
  readonly #basis: Momentopname | undefined;
  readonly #tot: number;
  readonly #werk: Gereedschap;
  readonly #schrijver: Momentopnameschrijver;
  readonly #gevolgen = new Gevolgen();
  /** Places of which what is in the tables cannot be told from what is left. */
  readonly #onzeker = new Set<number>();
  #eersteGelezen: { readonly nummer: number; readonly dagtekening: string } | undefined;
  #eersteOngelezen = Number.POSITIVE_INFINITY;
  /** Last day on which a message passed that the tables do not know and that cannot be read. */
  #gemist: string | null = null;

  /** @param tot how far to go */
  constructor(baan: Baan, basis: Momentopname | undefined, tot: number, werk: Gereedschap) {
    this.#baan = baan;
    this.#basis = basis;
    this.#tot = tot;
    this.#werk = werk;
    this.#schrijver = new Momentopnameschrijver(werk.verbinding, baan.baanId);
    // Retention takes the oldest first: of what was before the first that is left, or of all when none is left, nothing can be said.
    if (this.#na + 1 < (baan.eerste ?? baan.laatst + 1)) this.#eersteOngelezen = this.#na + 1;
  }

  /** The last message that the snapshot covers. */
  get #na(): number {
    return this.#basis?.totNummer ?? 0;
  }

  #berichten(kies: (bericht: Baanbericht) => boolean): AsyncGenerator<readonly Gelezen[]> {
    return this.#werk.bron.berichten(this.#baan.baanId, this.#na, this.#tot, kies);
  }

  #noteer({ nummer, dag, inhoud }: Gelezen): void {
    if (inhoud) {
      if (nummer < (this.#eersteGelezen?.nummer ?? Number.POSITIVE_INFINITY))
        this.#eersteGelezen = { nummer, dagtekening: dagtekeningVan(inhoud) };
      return;
    }
    this.#eersteOngelezen = Math.min(this.#eersteOngelezen, nummer);
    if (nummer > (this.#baan.nu?.totNummer ?? 0)) this.#gemist = laterVan(this.#gemist, dag);
  }

  /** What answers decide, before the messages that they decide on are looked at. */
  async #leesAntwoorden(): Promise<void> {
    for await (const portie of this.#berichten(isAntwoord)) {
      for (const bericht of portie) {
        if (isRetour(bericht)) this.#noteer(bericht);
        const { inhoud, heen, soort, nummer, id } = bericht;
        if (inhoud) {
          const plaats = { volgorde: nummer, berichtId: id };
          this.#gevolgen.neem(gevolgVan({ soort, inhoud, plaats, heen, antwoorden: [] }, this.#werk.masker));
          this.gelezen += isRetour(bericht) ? 1 : 0;
        } else if (heen !== null) this.#onzeker.add(heen);
      }
    }
  }

  /** Holds what should be at some places against what is there. @returns what should be there after all */
  async #toets(plekken: Plekken, verwacht: Rijen, overneembaar: (plek: number) => boolean): Promise<Rijen> {
    const { verbinding, bron, herstel } = this.#werk;
    const { baanId } = this.#baan;
    const hier = await leesRijen(verbinding, baanId, plekken);
    // Read after the tables: a Fo01 that comes in just now may have taken its facts along already, and must not have them put back.
    const kop = [...verwacht.bericht, ...hier.bericht];
    const weg = await bron.afgewezen(kop.flatMap(({ bericht_id: id }) => (typeof id === 'string' ? [id] : [])));
    const plekWeg = new Set(plekkenVan(kop.filter(({ bericht_id: id }) => typeof id === 'string' && weg.has(id))));
    const goed = perTabel((tabel) =>
      [
        ...verwacht[tabel].filter(({ volgorde }) => !overneembaar(volgorde)),
        ...hier[tabel].filter(({ volgorde }) => overneembaar(volgorde)),
      ]
        .filter(({ volgorde }) => !plekWeg.has(volgorde))
        .sort(inVolgorde),
    );
    this.overgenomen += goed.bericht.filter(({ volgorde }) => overneembaar(volgorde)).length;
    const anders = this.verschillen.vergelijk(goed, hier);
    if (herstel && anders.length > 0) await vervangRijen(verbinding, baanId, anders, goed);
    return goed;
  }

  async #momentopname(): Promise<void> {
    for await (const { van, tot, rijen } of leesDelen(this.#werk.verbinding, this.#baan.baanId)) {
      const goed = await this.#toets({ van, tot }, this.#gevolgen.pasToe(rijen), (plek) => this.#onzeker.has(plek));
      const gelijk = new Verschillen().vergelijk(goed, rijen).length === 0;
      await this.#schrijver.neem({ van, tot, rijen: goed }, gelijk);
    }
  }

  #rijenVan(portie: readonly Gelezen[]): Rijen {
    const feiten = portie.flatMap((bericht) => {
      const { soort, inhoud, heen, antwoorden, antwoordWeg, nummer, id } = bericht;
      this.#noteer(bericht);
      if (!inhoud || antwoordWeg) {
        this.#onzeker.add(nummer);
        return [];
      }
      this.gelezen += 1;
      const plaats = { volgorde: nummer, berichtId: id };
      return gevolgVan({ soort, inhoud, plaats, heen, antwoorden }, this.#werk.masker).nieuw.map(rijenVan);
    });
    return this.#gevolgen.pasToe(perTabel((tabel) => feiten.flatMap((rijen) => rijen[tabel])));
  }

  async #nieuw(): Promise<void> {
    const eerste = this.#baan.eerste ?? Number.POSITIVE_INFINITY;
    const overneembaar = (plek: number): boolean => plek < eerste || this.#onzeker.has(plek);
    let van = this.#basis ? this.#na + 1 : 0;
    const neem = async (tot: number, verwacht: Rijen): Promise<void> => {
      if (tot < van) return;
      const rijen = await this.#toets({ van, tot }, verwacht, overneembaar);
      await this.#schrijver.neem({ van, tot, rijen }, false);
      van = tot + 1;
    };
    for await (const portie of this.#berichten((bericht) => !isRetour(bericht)))
      await neem(portie.at(-1)?.nummer ?? 0, this.#rijenVan(portie));
    await neem(this.#tot, GEEN_RIJEN);
    await this.#toets({ van: this.#tot + 1, tot: LAATSTE_PLEK }, GEEN_RIJEN, () => false);
  }

  async #invoer(): Promise<void> {
    const { verbinding } = this.#werk;
    const { baanId } = this.#baan;
    const delen = async function* () {
      for (let na = 0; ; ) {
        const { rows } = await verbinding.query<{ nr: number; wijzigingen: Buffer }>({
          name: 'herbouw-invoer',
          text: 'select nr::float8 as nr, wijzigingen from dossier_invoer_deel where baan_id = $1 and nr > $2 order by nr limit 1',
          values: [baanId, na],
        });
        const [deel] = rows;
        if (!deel) return;
        yield pakWijzigingenUit(deel.wijzigingen);
        na = deel.nr;
      }
    };
    const gevolgen = new Gevolgen();
    for await (const deel of delen()) gevolgen.neem(deel);
    const bekend = new Set<number>();
    for await (const { nieuw } of delen()) {
      const plekken = nieuw.map(({ bericht }) => bericht.herkomst.volgorde);
      for (const plek of plekken) bekend.add(plek);
      const rijen = nieuw.map(rijenVan);
      const verwacht = gevolgen.pasToe(perTabel((tabel) => rijen.flatMap((van) => van[tabel])));
      await this.#toets(plekken, verwacht, () => false);
    }
    const vreemd = (await ingevoerdePlekken(verbinding, baanId)).filter((plek) => !bekend.has(plek));
    for (let nr = 0; nr < vreemd.length; nr += PER_KEER)
      await this.#toets(vreemd.slice(nr, nr + PER_KEER), GEEN_RIJEN, () => false);
  }

  /** What should be known of the lane as a whole, now that everything was looked at. */
  #stand(): Baanstand {
    const { nu } = this.#baan;
    const heel = this.#eersteOngelezen === Number.POSITIVE_INFINITY;
    const gelezenVanaf = this.#eersteGelezen;
    const zelf =
      this.#eersteOngelezen < (gelezenVanaf?.nummer ?? Number.POSITIVE_INFINITY) && nu?.eersteDagtekening != null
        ? nu.eersteDagtekening
        : (gelezenVanaf?.dagtekening ?? null);
    const ongezien = heel ? null : laterVan(nu?.blindTot ?? null, this.#gemist);
    return {
      totNummer: this.#tot,
      eersteDagtekening: this.#basis?.eersteDagtekening ?? zelf,
      blindTot: laterVan(this.#basis?.blindTot ?? null, ongezien),
    };
  }

  #toetsStand({ eersteDagtekening }: Baanstand): void {
    const { nu, laatst, baanId } = this.#baan;
    const plek = `${baanId}`;
    if (!nu) {
      if (eersteDagtekening !== null) this.verschillen.noteer('baan', 'ontbreekt', plek);
      return;
    }
    const vergeten = this.#basis?.blindTot ?? null;
    const klopt =
      (nu.totNummer ?? 0) <= laatst &&
      nu.eersteDagtekening === eersteDagtekening &&
      laterVan(nu.blindTot, vergeten) === nu.blindTot;
    if (!klopt) this.verschillen.noteer('baan', 'anders', plek);
  }

  /** @returns what should be known of the lane as a whole */
  async loop(): Promise<Baanstand> {
    await this.#leesAntwoorden();
    await this.#invoer();
    await this.#momentopname();
    await this.#nieuw();
    const stand = this.#stand();
    this.#toetsStand(stand);
    return stand;
  }

  /** Keeps what was found right, for the next time. */
  bewaar(stand: Baanstand): Promise<void> {
    return this.#schrijver.einde(stand);
  }
}
