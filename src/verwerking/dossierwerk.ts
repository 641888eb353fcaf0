/**
 * The dossiers in a turn: loaded once for all its messages, asked and changed message by message in the order of each lane, and written once.
 * A lane of which nobody wants a dossier passes by here without a query.
 */
import type pg from 'pg';
import { beantwoord } from '../dossier/antwoord.ts';
import { Dossier } from '../dossier/dossier.ts';
import type { Herkomst, Masker } from '../dossier/feiten.ts';
import { type Dossierstand, kennisVan } from '../dossier/kennis.ts';
import { nzafeitenVan } from '../dossier/nza.ts';
import { zoekGaten } from '../dossier/opslag/gaten.ts';
import { laadDossiers } from '../dossier/opslag/laad.ts';
import { maskerMet } from '../dossier/opslag/masker.ts';
import { type Geplaatst, registreerNza } from '../dossier/opslag/nza.ts';
import { schrijfBegin, schrijfDossiers } from '../dossier/opslag/schrijf.ts';
import { leesTarieven } from '../dossier/opslag/tarieven.ts';
import { schouw, wordtGeschouwd } from '../dossier/schouw.ts';
import type { Tarieven } from '../dossier/te-schouwen.ts';
import { dagtekeningVan, feitenVan } from '../dossier/uittreksel.ts';
import type { Dossiervondst } from '../dossier/verslag.ts';
import { vragenVan } from '../dossier/vragen.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { type Bevinding, isFout } from '../standards/bevinding.ts';
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import { type Controle, inhoudVan } from '../standards/controle.ts';
import type { Klasse } from '../standards/structuren.ts';
import { datum } from '../tijd.ts';
import type { Gepakt } from './baanwerk.ts';
import type { Controleur } from './controleur.ts';
import type { TeVerwerken, Uitkomst } from './oordeel.ts';

/** A message of the turn with what levels 1, 2 and 4 found. */
export interface Gecontroleerd extends Gepakt {
  readonly controle: Controle;
}

/** From this controleniveau on a receiver wants its messages compared with earlier ones. */
const NIVEAU_DOSSIER = 3;
const NIVEAU_CONTRACT = 4;

/** Does the dossier of the lane need the content of this message? Not what its receiver does not want read. */
export const leestVoorDossier = ({ dossier, instelling }: TeVerwerken): boolean =>
  dossier !== null && instelling.controleniveau > 0;

/** Where in its lane a message stands, and of which day it is. */
const herkomstVan = ({ baanNummer, bericht, controle }: Gecontroleerd): Herkomst => ({
  volgorde: baanNummer,
  berichtId: bericht.id,
  dagtekening: controle.inhoud ? dagtekeningVan(controle.inhoud) : '',
});

const PRESTATIE = /^.*\/Prestatie(?:\[\d+\])?(?=\/|$)/;
/** The prestaties that a rule refused already. */
const geweigerd = (bevindingen: readonly Bevinding[]): ReadonlySet<string> =>
  new Set(bevindingen.filter(isFout).flatMap(({ pad }) => PRESTATIE.exec(pad)?.[0] ?? []));

/** Findings with the line they are at. Only when there are any: the message is parsed for it once more. */
async function metRegelnummers(
  vondsten: readonly Dossiervondst[],
  bytes: Buffer,
  controleur: Pick<Controleur, 'regelnummers'>,
): Promise<readonly Bevinding[]> {
  if (vondsten.length === 0) return [];
  const regels = await controleur.regelnummers(
    bytes,
    vondsten.map(({ pad }) => pad),
  );
  return vondsten.map(({ ernst, niveau, regel, retourcode, pad, melding, eerder }, nr) => ({
    ernst,
    niveau,
    regel,
    retourcode,
    pad,
    regelnummer: regels[nr] ?? 0,
    melding,
    ...(eerder.length > 0 && { eerder: [...new Set(eerder.map(({ berichtId }) => berichtId))] }),
  }));
}

export class Dossierwerk {
  readonly #client: pg.PoolClient;
  readonly #masker: Masker;
  readonly #dossiers: Map<number, Dossier>;
  /** Of each lane, as it is known so far in this turn. */
  readonly #standen = new Map<number, Dossierstand>();
  /** For the set for the NZa. */
  readonly #nza: Geplaatst[] = [];

  private constructor(client: pg.PoolClient, masker: Masker, dossiers: ReadonlyMap<number, Dossier>) {
    this.#client = client;
    this.#masker = masker;
    this.#dossiers = new Map(dossiers);
  }

  /** Loads what the messages of this turn ask about. */
  static async open(
    client: pg.PoolClient,
    sleutels: Sleutels,
    stukken: readonly Gecontroleerd[],
  ): Promise<Dossierwerk> {
    const masker = maskerMet(sleutels);
    const vragen = stukken.flatMap(({ baanId, bericht, controle }) => {
      if (!bericht.dossier) return [];
      const vragen = controle.inhoud && vragenVan(bericht.soort, controle.inhoud, masker);
      return vragen ? [{ ...vragen, baanId }] : [];
    });
    const werk = new Dossierwerk(client, masker, await laadDossiers(client, vragen));
    await werk.#zoekGaten(stukken);
    return werk;
  }

  async #zoekGaten(stukken: readonly Gecontroleerd[]): Promise<void> {
    const eersten = new Map<number, Gecontroleerd>();
    for (const stuk of stukken) if (stuk.bericht.dossier && !eersten.has(stuk.baanId)) eersten.set(stuk.baanId, stuk);
    const tussen = [...eersten.values()].flatMap(({ baanId, baanNummer, bericht }) => {
      const na = bericht.dossier?.totNummer ?? 0;
      return baanNummer > na + 1 ? [{ baanId, na, voor: baanNummer }] : [];
    });
    const gaten = await zoekGaten(this.#client, tussen);
    for (const [baanId, { bericht }] of eersten) {
      if (!bericht.dossier) continue;
      const blind = gaten.has(baanId) ? { blindTot: datum(new Date()) } : {};
      this.#standen.set(baanId, { ...bericht.dossier, ...blind });
    }
  }

  /** What is known of a lane when this message is judged: what its receiver said, and how far the dossier has come. */
  #begin({ baanId, bericht, controle }: Gecontroleerd): Dossierstand | null {
    const stand = this.#standen.get(baanId);
    if (!stand || !bericht.dossier) return null;
    const { volledigVanaf, lopendeIngevoerd } = bericht.dossier;
    const eersteDagtekening = stand.eersteDagtekening ?? (controle.inhoud ? dagtekeningVan(controle.inhoud) : null);
    return { ...stand, volledigVanaf, lopendeIngevoerd, eersteDagtekening };
  }

  /**
   * Asks the rules across messages, when the receiver wants that and the message got so far.
   * @returns the check with what they found
   */
  async schouw(stuk: Gecontroleerd, controleur: Pick<Controleur, 'regelnummers'>): Promise<Controle> {
    const { bericht, controle, bytes } = stuk;
    const { inhoud, bevindingen } = controle;
    const begin = this.#begin(stuk);
    const dossier = this.#dossiers.get(stuk.baanId);
    if (!begin || !dossier || !inhoud || bericht.instelling.controleniveau < NIVEAU_DOSSIER) return controle;
    if (!wordtGeschouwd(bericht.soort) || bevindingen.some((deze) => isFout(deze) && deze.niveau <= 2)) return controle;
    const { vondsten, nietBeoordeeld } = schouw({
      soort: bericht.soort,
      inhoud,
      herkomst: herkomstVan(stuk),
      heen: bericht.heen,
      dossier,
      kennis: kennisVan(begin),
      masker: this.#masker,
      peildatum: datum(new Date()),
      geweigerd: geweigerd(bevindingen),
      tarieven: await this.#tarieven(stuk),
    });
    const gevonden = await metRegelnummers(vondsten, bytes, controleur);
    const alle = [...bevindingen, ...gevonden].sort((a, b) => a.niveau - b.niveau);
    return { ...controle, niveau: NIVEAU_DOSSIER, geldig: !alle.some(isFout), bevindingen: alle, nietBeoordeeld };
  }

  async #tarieven({ bericht, controle }: Gecontroleerd): Promise<Tarieven | undefined> {
    const { soort, instelling, afzender, ontvanger } = bericht;
    if (instelling.controleniveau < NIVEAU_CONTRACT || soort.nummer !== '323' || !controle.inhoud) return undefined;
    const { Clienten } = controle.inhoud.Declaratie as unknown as Klasse<'323', 'Declaratie'>;
    const codes = new Set<string>();
    for (const { Prestaties } of Clienten.Client)
      for (const { ProductCode } of Prestaties.Prestatie) codes.add(ProductCode);
    return leesTarieven(this.#client, {
      gemeente: ontvanger,
      domein: soort.domein,
      aanbieder: afzender,
      productcodes: [...codes],
    });
  }

  /** Books what a message established, now that it has its outcome. A message that was refused changes nothing (OP286). */
  boek(stuk: Gecontroleerd, uitkomst: Uitkomst): void {
    const { baanId, baanNummer, bericht, controle } = stuk;
    const stand = this.#begin(stuk);
    if (!stand) return;
    const gelezen = controle.inhoud !== undefined;
    const ongezien = uitkomst.toestand === 'verwerkt' && !gelezen;
    this.#standen.set(baanId, {
      ...stand,
      totNummer: baanNummer,
      ...(ongezien && { blindTot: datum(new Date()) }),
      // What was refused says nothing of when the lane began.
      ...(uitkomst.toestand === 'afgekeurd' && {
        eersteDagtekening: this.#standen.get(baanId)?.eersteDagtekening ?? null,
      }),
    });
    if (uitkomst.toestand !== 'verwerkt' || !controle.inhoud) return;
    const dossier = this.#dossierVan(baanId);
    const feiten = feitenVan(bericht.soort, controle.inhoud, herkomstVan(stuk), this.#masker);
    if (feiten) dossier.neem(feiten);
    if (bericht.nza)
      for (const feit of nzafeitenVan(bericht.soort, controle.inhoud))
        this.#nza.push({ ...feit, baanId, volgorde: baanNummer });
    if (bericht.heen !== null) beantwoord(dossier, bericht.soort, controle.inhoud, bericht.heen, this.#masker);
    // What the switch answers itself decides by the same reading as what a receiver answers.
    for (const { berichtsoort, bytes } of uitkomst.gemaakt) {
      const soort = berichtsoortVanCode(berichtsoort);
      if (soort) beantwoord(dossier, soort, inhoudVan(bytes, soort), baanNummer, this.#masker);
    }
  }

  /** Writes down what the messages of this turn changed. */
  async schrijf(): Promise<void> {
    const banen = [...this.#standen].flatMap(([baanId, { totNummer, eersteDagtekening, blindTot }]) =>
      totNummer === null ? [] : [{ baanId, totNummer, eersteDagtekening, blindTot }],
    );
    await schrijfBegin(this.#client, banen);
    // Of a message that was turned down in this same turn there is nothing to keep.
    const blijft = ({ baanId, volgorde }: Geplaatst): boolean =>
      this.#dossiers.get(baanId)?.wijzigingen.nieuw.some(({ bericht }) => bericht.herkomst.volgorde === volgorde) ===
      true;
    await registreerNza(this.#client, this.#nza.filter(blijft));
    await schrijfDossiers(this.#client, this.#dossiers);
  }

  #dossierVan(baanId: number): Dossier {
    const bestaand = this.#dossiers.get(baanId);
    if (bestaand) return bestaand;
    const nieuw = new Dossier();
    this.#dossiers.set(baanId, nieuw);
    return nieuw;
  }
}
