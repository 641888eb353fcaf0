/**
 * A small world of real traffic, a step at a time, by chance that can be repeated: the real intake, turns, postbussen and Fo01s of a few lanes.
 * Its days pass quickly: whatever a step wrote is moved back in time at once, before anybody counts it.
 */
import { type Loket, leverAan } from '#src/aanlevering/aanlevering.ts';
import { bewaarFoutbericht } from '#src/aanlevering/foutbericht.ts';
import { Stapelaar } from '#src/aanlevering/stapelaar.ts';
import { geefFo01Door } from '#src/aanlevering/stuf-fo01.ts';
import type { Fo01 } from '#src/envelop/envelop.ts';
import { schrijfFo01, zenderVan } from '#src/envelop/fo01.ts';
import { KnooppuntFout } from '#src/fouten.ts';
import { bevestig, haalOp } from '#src/postbus/postbus.ts';
import { antwoord } from '#src/retourberichten/antwoord.ts';
import { Routering } from '#src/routering/routering.ts';
import type { Bevinding } from '#src/standards/bevinding.ts';
import { BERICHTSOORTEN, type Berichtsoort, type Domein } from '#src/standards/catalogus.ts';
import { Controleur } from '#src/verwerking/controleur.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { beurt } from '../hulp/baan.ts';
import { alsBytes, inhoudVan, soortVan } from '../hulp/bouwer.ts';
import { LIJSTEN } from '../hulp/controle.ts';
import type { Opstelling } from '../hulp/opstelling.ts';
import { type Toeval, uuid } from '../hulp/toeval.ts';

const GEMEENTEN = ['0363', '0344'] as const;
const AANBIEDERS = ['98000001', '98000002'] as const;
const DOMEINEN = ['iwmo', 'ijw'] as const satisfies readonly Domein[];
const REFERENTIES = ['REF-A', 'REF-B', 'REF-C'];
const DAG_MS = 24 * 3600 * 1000;

/** Who has its messages checked and answered how: all of it occurs. Level 0 reads nothing, level 1 of a retour on a start nothing either. */
const INSTELLINGEN = `
insert into instelling (organisatie, domein, controleniveau, retour, foutlijst, route) values
  ('0344', 'iwmo', 3, 'knooppunt', '2025-11', 'postbus'), ('0344', 'ijw', 1, 'zelf', '2.1', 'postbus'),
  ('98000002', 'iwmo', 0, 'zelf', '2.1', 'postbus'), ('98000002', 'ijw', 1, 'zelf', '2025-11', 'postbus')`;

interface Verstuurd {
  readonly id: string;
  readonly soort: Berichtsoort;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly inhoud: Inhoud;
  readonly referentienummer: string;
  readonly bytes: Buffer;
}

type Kop = Record<string, unknown>;
const kopVan = (inhoud: Inhoud): Kop => inhoud.Header as Kop;

/** Puts a reference on every class that has one. */
function metReferentie(deel: unknown, kies: () => string): void {
  if (typeof deel !== 'object' || deel === null) return;
  const klasse = deel as Record<string, unknown>;
  if (typeof klasse.ReferentieAanbieder === 'string') klasse.ReferentieAanbieder = kies();
  for (const onder of Object.values(klasse)) metReferentie(onder, kies);
}

export class Wereld {
  readonly #plaats: Opstelling;
  readonly #loket: Loket;
  readonly #toeval: Toeval;
  readonly #controleur = new Controleur(LIJSTEN);
  readonly #begin = new Date();
  readonly #heen: Verstuurd[] = [];
  readonly #alles: Verstuurd[] = [];
  #geleden = 200;
  #nr = 0;

  constructor(plaats: Opstelling, toeval: Toeval) {
    this.#plaats = plaats;
    this.#toeval = toeval;
    const { database, sleutels } = plaats;
    this.#loket = {
      database,
      sleutels,
      routering: new Routering(database),
      stapelaar: new Stapelaar(database),
      stoot: () => undefined,
      maxBytes: 25 * 1024 * 1024,
      alleenTestBsn: true,
    };
  }

  static richtIn = ({ database }: Opstelling): Promise<unknown> => database.pool.query(INSTELLINGEN);

  /** Does something, and lets some time pass. */
  async stap(): Promise<void> {
    const kans = this.#toeval.breuk();
    if (kans < 0.3) await this.#stuurHeen();
    else if (kans < 0.5) await this.#verwerk();
    else if (kans < 0.66) await this.#antwoord();
    else if (kans < 0.78) await this.#besluit();
    else if (kans < 0.88) await this.#haalOp();
    else if (kans < 0.93) await this.#herhaal();
    else if (kans < 0.97) await this.#onleesbaar();
    else await this.#weigerAanDeDeur();
    await this.#laatTijdVerstrijken();
  }

  /** Nothing is left in a lane, and all post is fetched and confirmed. */
  async rondAf(): Promise<void> {
    await this.#verwerk(true);
    for (const postbus of [...GEMEENTEN, ...AANBIEDERS]) await this.#haalOp(postbus);
    await this.#laatTijdVerstrijken();
  }

  async #lever(
    soort: Berichtsoort,
    afzender: string,
    ontvanger: string,
    inhoud: Inhoud,
  ): Promise<Verstuurd | undefined> {
    const bytes = alsBytes(inhoud, soort);
    const stuk = { soort, afzender, ontvanger, inhoud, referentienummer: uuid(this.#toeval), bytes };
    const id = await this.#bied(stuk);
    if (id === undefined) return undefined;
    const verstuurd = { ...stuk, id };
    this.#alles.push(verstuurd);
    return verstuurd;
  }

  async #bied({ afzender, bytes, referentienummer }: Omit<Verstuurd, 'id'>): Promise<string | undefined> {
    async function* inhoud(): AsyncGenerator<Uint8Array> {
      yield bytes;
    }
    const client = { id: 'proef', namens: new Set([afzender]), beheerder: false };
    try {
      const bewijs = await leverAan(this.#loket, { client, kenmerken: () => ({ referentienummer }), inhoud: inhoud() });
      return bewijs.berichtId;
    } catch (fout) {
      // A second answer, or one to what was refused meanwhile: that happens in any world.
      if (fout instanceof KnooppuntFout) return undefined;
      throw fout;
    }
  }

  async #stuurHeen(): Promise<void> {
    const toeval = this.#toeval;
    const domein = toeval.kies(DOMEINEN);
    const nummer = toeval.kies(['301', '305', '307', '315', '315', '317', '317', '319', '323']);
    await this.#stuur(soortVan(domein, nummer), toeval.kies(GEMEENTEN), toeval.kies(AANBIEDERS), () =>
      toeval.kies(REFERENTIES),
    );
  }

  async #stuur(
    soort: Berichtsoort,
    gemeente: string,
    aanbieder: string,
    kies: () => string,
    onderzoek?: boolean,
  ): Promise<void> {
    const toeval = this.#toeval;
    const [afzender, ontvanger] = soort.verzender === 'gemeente' ? [gemeente, aanbieder] : [aanbieder, gemeente];
    const inhoud = structuredClone(inhoudVan(soort));
    this.#nr += 1;
    const kenmerk = kopVan(inhoud).BerichtIdentificatie as Kop;
    Object.assign(kopVan(inhoud), { Afzender: afzender, Ontvanger: ontvanger });
    kenmerk.Identificatie = `K${String(this.#nr).padStart(6, '0')}`;
    // Refused at level 1, or at level 2: a day that is not there, or is yet to come.
    if (toeval.kans(0.1)) kenmerk.Dagtekening = toeval.kies(['2026-13-01', '2099-01-01']);
    metReferentie(inhoud, kies);
    if (onderzoek !== undefined)
      Object.assign(inhoud.Antwoord as Kop, {
        VerzoekAntwoord: onderzoek ? '2' : '1',
        ...(onderzoek && { RedenAfwijzingVerzoek: undefined }),
      });
    const heen = await this.#lever(soort, afzender, ontvanger, inhoud);
    if (heen) this.#heen.push(heen);
  }

  /** A decision on a request, or the word that it is being looked into. */
  async #besluit(): Promise<void> {
    const toeval = this.#toeval;
    const verzoeken = this.#heen.filter(({ soort }) => ['315', '317'].includes(soort.nummer));
    const verzoek = verzoeken.length > 0 ? toeval.kies(verzoeken) : undefined;
    if (!verzoek) return;
    const referenties: string[] = [];
    metReferentie(structuredClone(verzoek.inhoud), () => '');
    const verzamel = (deel: unknown): void => {
      if (typeof deel !== 'object' || deel === null) return;
      const { ReferentieAanbieder: referentie } = deel as Kop;
      if (typeof referentie === 'string') referenties.push(referentie);
      for (const onder of Object.values(deel)) verzamel(onder);
    };
    verzamel(verzoek.inhoud);
    const nummer = toeval.kies(['301', '319', '319']);
    const onderzoek = nummer === '319' ? toeval.kans(0.6) : undefined;
    const { domein } = verzoek.soort;
    await this.#stuur(
      soortVan(domein, nummer),
      verzoek.ontvanger,
      verzoek.afzender,
      () => toeval.kies(referenties),
      onderzoek,
    );
  }

  async #antwoord(): Promise<void> {
    const toeval = this.#toeval;
    if (this.#heen.length === 0) return;
    const heen = toeval.kies(this.#heen);
    const soort = BERICHTSOORTEN.find(({ code }) => code === heen.soort.antwoord);
    if (!soort) return;
    const pad: Readonly<Record<string, string>> = {
      '319': '/Bericht/Antwoord',
      '323': '/Bericht/Declaratie/Clienten/Client[1]',
    };
    const plek = toeval.kies(['', '', '/Bericht/Header', pad[heen.soort.nummer] ?? '/Bericht/Client']);
    const fout: Bevinding = {
      ernst: 'fout',
      niveau: 3,
      regel: 'TR000',
      retourcode: '0611',
      pad: plek,
      regelnummer: 1,
      melding: '',
    };
    const clienten = ((heen.inhoud.Declaratie as Kop | undefined)?.Clienten as Kop | undefined)?.Client as
      | unknown[]
      | undefined;
    const echt = clienten?.length === 1 ? { ...fout, pad: plek.replace('[1]', '') } : fout;
    const gemaakt = antwoord(heen.soort, heen.inhoud, plek === '' ? [] : [echt], {
      heenId: uuid(toeval),
      moment: new Date(),
    });
    if (!gemaakt) return;
    // Now and then one that is refused itself, and leaves its place to another.
    const tekst = toeval.kans(0.15)
      ? gemaakt.bytes.toString('utf8').replace(/<BerichtVersie>\d+/, '<BerichtVersie>4')
      : gemaakt.bytes.toString('utf8');
    const stuk = { soort, afzender: heen.ontvanger, ontvanger: heen.afzender, inhoud: {}, bytes: Buffer.from(tekst) };
    const referentienummer = uuid(toeval);
    const id = await this.#bied({ ...stuk, referentienummer });
    if (id !== undefined) this.#alles.push({ ...stuk, id, referentienummer });
  }

  async #verwerk(alles = false): Promise<void> {
    const { database } = this.#plaats;
    const { rows } = await database.pool.query<{ baan: number }>(
      'select distinct baan_id as baan from te_doen order by 1',
    );
    for (const { baan } of rows)
      if (alles || this.#toeval.kans(0.7)) while ((await beurt(this.#plaats, baan, this.#controleur)).stand === 'meer');
  }

  async #haalOp(allesVan?: string): Promise<void> {
    const toeval = this.#toeval;
    const { database, sleutels } = this.#plaats;
    const postbus = allesVan ?? toeval.kies([...GEMEENTEN, ...AANBIEDERS]);
    const aantal = allesVan === undefined ? toeval.geheel(1, 8) : 1000;
    const vraag = { postbus, aantal, leaseSeconden: 1, actor: 'proef' };
    const { berichten } = await haalOp(database, sleutels, vraag);
    // A lease that ends by itself: it is delivered again.
    if (allesVan === undefined && toeval.kans(0.3)) {
      await database.pool.query(
        `update postbus_item set lease_tot = now() where postbus = $1 and lease_tot is not null`,
        [postbus],
      );
      return;
    }
    const bevestiging = { postbus, berichtIds: berichten.map(({ berichtId }) => berichtId), actor: 'proef' };
    for (let keer = 0; keer < toeval.geheel(1, 2); keer += 1) await bevestig(database, bevestiging);
  }

  /** The same bytes under the same number: the first receipt again, and nothing to count. */
  async #herhaal(): Promise<void> {
    if (this.#alles.length > 0) await this.#bied(this.#toeval.kies(this.#alles));
  }

  /** A receiver that could not read what it got. */
  async #onleesbaar(): Promise<void> {
    if (this.#alles.length === 0) return;
    const { ontvanger, referentienummer } = this.#toeval.kies(this.#alles);
    const client = { id: 'proef', namens: new Set([ontvanger]), beheerder: false };
    const fo01 = { zender: { organisatie: ontvanger }, crossRefnummer: referentienummer, code: 'IB014' } as Fo01;
    await geefFo01Door(this.#loket, client, fo01).catch((fout: Error) => {
      if (fout.name !== 'StufFout') throw fout;
    });
  }

  /** What the StUF endpoint leaves of a message that it does not take in. */
  async #weigerAanDeDeur(): Promise<void> {
    const { database, sleutels } = this.#plaats;
    const soort = soortVan(this.#toeval.kies(DOMEINEN), this.#toeval.kies(['301', '323']));
    const ontvanger = this.#toeval.kies([...GEMEENTEN, ...AANBIEDERS]);
    const [lijst, foutcode] = this.#toeval.kies([
      ['2025-11', '2025-11:IB023'],
      ['2.1', '2.1:IB103'],
    ] as const);
    const [kruisreferentie, referentienummer] = [uuid(this.#toeval), uuid(this.#toeval)];
    const kern = { ontvanger, referentienummer, kruisreferentie };
    const bytes = schrijfFo01({
      fout: 'berichtsoortBevroren',
      lijst,
      soort,
      ...kern,
      moment: new Date(),
      bevindingen: [],
    });
    await bewaarFoutbericht(database, sleutels, {
      ...kern,
      ...{ afzender: zenderVan(lijst), domein: soort.domein, release: soort.release, indiener: 'proef' },
      ...{ heenberichtId: null, foutcode, foutsoort: soort.code, bytes },
    });
  }

  /** All that was written now was written some time ago. */
  async #laatTijdVerstrijken(): Promise<void> {
    this.#geleden = Math.max(2, this.#geleden - this.#toeval.breuk() * 4);
    const [nu, ms] = [this.#begin, Math.round(this.#geleden * DAG_MS)];
    const kolommen = [
      ['bericht', 'ontvangen_op'],
      ['bericht', 'verwerkt_op'],
      ['postbus_item', 'geplaatst_op'],
      ['postbus_item', 'bevestigd_op'],
      ['openstaand', 'sinds'],
    ];
    const terug = kolommen.map(
      ([tabel, kolom]) =>
        `update ${tabel} set ${kolom} = ${kolom} - interval '${ms} ms' where ${kolom} >= '${nu.toISOString()}'`,
    );
    await this.#plaats.database.pool.query(`begin; ${terug.join('; ')}; commit`);
  }
}
