/**
 * The figures as they should be, the slow way: from the rows and the payloads, message by message, in plain JavaScript. Shares nothing with
 * what makes the real ones but the calendar, which is given.
 */
import type { Kalender } from '#src/koppeling/kalender.ts';
import type { Database } from '#src/opslag/database.ts';
import type { Sleutels } from '#src/opslag/sleutels.ts';
import { ontsleutel } from '#src/opslag/versleuteling.ts';

interface Bericht {
  readonly id: string;
  readonly oorsprong: string;
  readonly gemeente: string | null;
  readonly aanbieder: string | null;
  readonly domein: string;
  readonly berichtsoort: string;
  readonly release: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly heen: string | null;
  readonly omvang: number;
  readonly toestand: string;
  readonly ontvangen: Date;
  readonly verwerkt: Date | null;
  readonly bevestigd: Date | null;
  readonly bevindingen: readonly {
    readonly ernst: string;
    readonly niveau: number;
    readonly retourcode: string | null;
  }[];
  /** null: nobody read what this answer says. */
  readonly gelezen: boolean;
  readonly tekst: string;
}

interface Referentie {
  readonly baan: number;
  readonly referentie: string;
  readonly nummer: number;
  readonly bericht: string;
  readonly rol: 'verzoek' | 'voorlopig' | 'besluit';
}

/** Cell → count and sum, by all that names a cell. */
export type Cijfers = ReadonlyMap<string, string>;

const dag = (moment: Date): string => moment.toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
const verder = (van: string, dagen: number): string => {
  const datum = new Date(`${van}T12:00:00Z`);
  datum.setUTCDate(datum.getUTCDate() + dagen);
  return datum.toISOString().slice(0, 10);
};
const maandag = (moment: Date): string => {
  const hier = dag(moment);
  return verder(hier, -((new Date(`${hier}T12:00:00Z`).getUTCDay() + 6) % 7));
};

/** Day by day: a day on which nobody works takes until the next on which somebody does. */
function werkdagen(van: string, tot: string, kalender: Kalender): number {
  let geteld = 0;
  let hier = van;
  while (hier < tot || (hier !== van && !kalender.isWerkdag(hier))) {
    hier = verder(hier, 1);
    if (kalender.isWerkdag(hier)) geteld += 1;
  }
  return geteld;
}
function naWerkdagen(van: string, aantal: number, kalender: Kalender): string {
  let hier = van;
  for (let rest = aantal; rest > 0; ) {
    hier = verder(hier, 1);
    if (kalender.isWerkdag(hier)) rest -= 1;
  }
  return hier;
}
function achtWeken(van: string, kalender: Kalender): string {
  let hier = verder(van, 56);
  while (!kalender.isWerkdag(hier)) hier = verder(hier, 1);
  return hier;
}
function kalenderdagen(van: string, tot: string, kalender: Kalender): number {
  let dagen = 0;
  for (let hier = van; hier < tot; hier = verder(hier, 1)) dagen += 1;
  return tot <= achtWeken(van, kalender) ? Math.min(dagen, 56) : dagen;
}

function bak(ms: number): string {
  for (let grens = 1; ; grens *= 10) for (const keer of [1, 2, 5]) if (ms <= keer * grens) return String(keer * grens);
}

/** What an answer says, by its text. */
function oordeel(tekst: string, soort: string): string {
  const codes = (deel: string): readonly string[] =>
    [...deel.matchAll(/<RetourCode>(\d+)</g)].map(([, code]) => code ?? '');
  const opmerking = (deel: string): boolean => codes(deel).some((code) => !['0200', '8001'].includes(code));
  const [kop = '', lijf = ''] = tekst.replace(/<(\/?)\w+:/g, '<$1').split('</Header>');
  if (opmerking(kop)) return 'afgewezen';
  if (!soort.endsWith('325')) return /<(Client|Antwoord)>/.test(lijf) ? 'deels' : 'schoon';
  const eigen = lijf.replace(/<Clienten>.*<\/Clienten>/s, '');
  if (!lijf.includes('<DeclaratieAntwoord>') || opmerking(eigen)) return 'afgewezen';
  return lijf.includes('<Clienten>') ? 'deels' : 'schoon';
}

async function lees(database: Database, sleutels: Sleutels) {
  const { rows } = await database.pool.query(
    `select b.id::text, b.oorsprong, baan.gemeente, baan.aanbieder, b.domein, b.berichtsoort, b.release, b.afzender, b.ontvanger,
       b.heenbericht_id::text as heen, b.omvang, b.toestand, b.ontvangen_op as ontvangen, b.verwerkt_op as verwerkt, p.bevestigd_op as bevestigd,
       coalesce(v.bevindingen, '[]') as bevindingen, i.sleutel_id as "sleutelId", i.cijfertekst,
       coalesce(s.controleniveau, 2) >= case when b.berichtsoort ~ '(302|316|318|320)$' then 1 else 2 end or b.oorsprong = 'knooppunt' as gelezen
     from bericht b left join baan on baan.id = b.baan_id left join postbus_item p on p.bericht_id = b.id
     left join bevinding v on v.bericht_id = b.id join inhoud i on i.bericht_id = b.id
     left join instelling s on s.organisatie = b.ontvanger and s.domein = b.domein`,
  );
  const referenties = await database.pool.query<Referentie>(
    `select baan_id as baan, encode(referentie, 'hex') as referentie, baan_nummer::int as nummer, bericht_id::text as bericht, rol from verzoekreferentie`,
  );
  const berichten = rows.map(({ sleutelId, cijfertekst, ...rij }): Bericht => {
    const tekst = ontsleutel(sleutels, rij.id, { sleutelId, cijfertekst }).toString('utf8');
    return { ...rij, tekst };
  });
  return { berichten, referenties: referenties.rows };
}

/** @returns every figure there should be, at its four levels */
export async function referentie(database: Database, sleutels: Sleutels, kalender: Kalender): Promise<Cijfers> {
  const { berichten, referenties } = await lees(database, sleutels);
  const opId = new Map(berichten.map((bericht) => [bericht.id, bericht]));
  const cijfers = new Map<string, [number, number]>();
  const partij = ({ ontvanger, afzender }: Bericht, lengte: number): string =>
    [ontvanger, afzender].find((code) => code.length === lengte && /^\d+$/.test(code)) ?? '';
  const tel = (
    bericht: Bericht,
    meting: string,
    sleutel: string,
    som = 0,
    { moment = bericht.ontvangen, berichtsoort = bericht.berichtsoort } = {},
  ): void => {
    const gemeente = bericht.gemeente ?? partij(bericht, 4);
    const aanbieder = bericht.aanbieder ?? partij(bericht, 8);
    const niveaus = new Set([`${gemeente}|${aanbieder}`, `${gemeente}|`, `|${aanbieder}`, '|']);
    for (const niveau of niveaus) {
      const cel = [niveau, bericht.domein, maandag(moment), meting, berichtsoort, bericht.release, sleutel].join('|');
      const [n, s] = cijfers.get(cel) ?? [0, 0];
      cijfers.set(cel, [n + 1, s + som]);
    }
  };
  const norm = (bericht: Bericht, meting: string, begin: Date, eind: string | null, grens: number | 'weken'): void => {
    const van = dag(begin);
    if (eind === null) {
      const laatste = grens === 'weken' ? achtWeken(van, kalender) : naWerkdagen(van, grens, kalender);
      tel(bericht, `${meting}-open`, laatste, 0, { moment: begin });
      return;
    }
    const dagen = Math.min(
      250,
      grens === 'weken' ? kalenderdagen(van, eind, kalender) : werkdagen(van, eind, kalender),
    );
    tel(bericht, meting, String(dagen), dagen, { moment: begin });
  };

  for (const bericht of berichten) {
    const { berichtsoort: soort, ontvangen, verwerkt, bevestigd, toestand } = bericht;
    tel(bericht, 'volume', '', bericht.omvang);
    if (bericht.oorsprong === 'aanlevering' && toestand !== 'ontvangen' && verwerkt) {
      const ms = Math.max(0, verwerkt.getTime() - ontvangen.getTime());
      tel(bericht, 'uitkomst', toestand);
      tel(bericht, 'doorlooptijd', bak(ms), ms);
    }
    if (bevestigd) {
      const ms = Math.max(0, bevestigd.getTime() - ontvangen.getTime());
      tel(bericht, 'ophaaltijd', bak(ms), ms);
    }
    const fouten = bericht.bevindingen.filter(({ ernst, niveau }) => ernst === 'fout' && niveau >= 2);
    for (const [code, keren] of Map.groupBy(fouten, ({ retourcode }) => retourcode))
      if (code !== null) tel(bericht, 'retourcode', code, keren.length);
    if (soort === 'Fo01') {
      const heen = bericht.heen === null ? undefined : opId.get(bericht.heen);
      const element = (naam: string): string =>
        new RegExp(`<(?:\\w+:)?${naam}>([^<]*)<`).exec(bericht.tekst)?.[1] ?? '';
      const lijst = element('organisatie') === 'IB' ? '2.1' : '2025-11';
      const over = heen?.berichtsoort ?? element('details').split('-')[0];
      tel(bericht, 'fo01', `${lijst}:${element('code')}`, 0, {
        moment: heen?.ontvangen ?? ontvangen,
        berichtsoort: over ?? '',
      });
    }
    const nummer = soort.slice(-3);
    if (!['301', '305', '307', '315', '317', '319', '323'].includes(nummer) || toestand === 'ontvangen') continue;
    const op = berichten.filter(({ heen, toestand }) => heen === bericht.id && toestand === 'verwerkt');
    const antwoord = op.find(({ berichtsoort }) => berichtsoort !== 'Fo01');
    if (antwoord)
      tel(bericht, 'retour', antwoord.gelezen ? oordeel(antwoord.tekst, antwoord.berichtsoort) : 'onbekend');
    if (toestand !== 'verwerkt' || !verwerkt) continue;
    if (!op.some(({ berichtsoort }) => berichtsoort === 'Fo01')) {
      const [meting, grens] = nummer === '323' ? (['norm-R7', 10] as const) : (['norm-R1', 3] as const);
      norm(bericht, meting, verwerkt, antwoord ? dag(antwoord.ontvangen) : null, grens);
    }
    const eigen = referenties.filter((rij) => rij.bericht === bericht.id && rij.rol === 'verzoek');
    if (eigen.length === 0) continue;
    const gehoord: (string | null)[] = [];
    const onderzocht: (string | null)[] = [];
    for (const { baan, referentie, nummer } of eigen) {
      const zelfde = referenties
        .filter((rij) => rij.baan === baan && rij.referentie === referentie && rij.nummer > nummer)
        .sort((a, b) => a.nummer - b.nummer);
      const volgend = zelfde.findIndex(({ rol }) => rol === 'verzoek');
      const besluiten = volgend === -1 ? zelfde : zelfde.slice(0, volgend);
      const wanneer = (rij: Referentie | undefined): string | null => {
        const moment = rij && opId.get(rij.bericht)?.ontvangen;
        return moment ? dag(moment) : null;
      };
      gehoord.push(wanneer(besluiten[0]));
      if (besluiten[0]?.rol === 'voorlopig') onderzocht.push(wanneer(besluiten.find(({ rol }) => rol === 'besluit')));
    }
    const laatste = (dagen: readonly (string | null)[]): string | null =>
      dagen.includes(null) ? null : ((dagen as readonly string[]).toSorted().at(-1) ?? null);
    norm(bericht, 'norm-R2', verwerkt, laatste(gehoord), 5);
    if (onderzocht.length > 0 && laatste(gehoord) !== null)
      norm(bericht, 'norm-R3', verwerkt, laatste(onderzocht), 'weken');
  }
  return new Map([...cijfers].map(([cel, [aantal, som]]) => [cel, `${aantal} (${som})`]));
}

/** The figures that there are, in the same form. */
export async function cijfersVan({ pool }: Database): Promise<Cijfers> {
  const { rows } = await pool.query<{ cel: string; waarde: string }>(
    `select concat_ws('|', gemeente, aanbieder, domein, to_char(week, 'YYYY-MM-DD'), meting, berichtsoort, release, sleutel) as cel,
       aantal || ' (' || som || ')' as waarde from ketencijfer`,
  );
  return new Map(rows.map(({ cel, waarde }) => [cel, waarde]));
}

/** What is not the same, to be shown: cell, what there is, and what there should be. */
export function verschillen(er: Cijfers, moet: Cijfers): readonly string[] {
  const cellen = new Set([...er.keys(), ...moet.keys()]);
  return [...cellen]
    .filter((cel) => er.get(cel) !== moet.get(cel))
    .map((cel) => `${cel}: ${er.get(cel)}, not ${moet.get(cel)}`);
}
