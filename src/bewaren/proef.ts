/** The dry run: what a round would remove now, per kind and domein, and what stays because somebody still needs it. Changes nothing. */
import { opruimbanen, telBaan } from '../dossier/opruimen/opruimen.ts';
import type { Database } from '../opslag/database.ts';
import { maandenVan } from './maanden.ts';
import {
  BEWAARDOMEINEN,
  type Bewaartermijnen,
  type Domeintermijn,
  dagenGeleden,
  dossierVoor,
  grenzen,
  maandIsOm,
} from './regels/termijnen.ts';
import { GEEN, GRENS, INHOUD_MAG_WEG, METADATA_MAG_WEG, OPEN } from './voorwaarden.ts';
import { telSignalen } from './wlz-signalen.ts';
import { telVerslagen } from './wlz-verslagen.ts';
import { telWmo } from './wlz-wmo.ts';

export interface Proefregel {
  readonly soort: string;
  /** null: of no domein. */
  readonly domein: string | null;
  /** So many would go now. */
  readonly aantal: number;
  /** All of before this moment; null where that is not how it is decided. */
  readonly tot: Date | null;
  readonly uitleg: string;
}

const INHOUD = `
select b.domein, count(*)::int as aantal from inhoud i join bericht b on b.id = i.bericht_id join ${GRENS(1)} on grens.domein = b.domein
left join postbus_item p on p.bericht_id = b.id where ${INHOUD_MAG_WEG} group by 1`;
const METADATA = `
select b.domein, count(*)::int as aantal from bericht b join ${GRENS(1)} on grens.domein = b.domein where ${METADATA_MAG_WEG} group by 1`;
const AAN_TE_KONDIGEN = `
select b.domein, count(*)::int as aantal from postbus_item p join bericht b on b.id = p.bericht_id join ${GRENS(1)} on grens.domein = b.domein
where ${OPEN('p')} and b.ontvangen_op < grens.tot and ${GEEN('from vervalaankondiging v where v.bericht_id = b.id')} group by 1`;
const VERVALLEN = `
select b.domein, count(*)::int as aantal from vervalaankondiging v join postbus_item p using (bericht_id) join bericht b on b.id = v.bericht_id
where v.vervalt_op <= $1 and ${OPEN('p')} group by 1`;
const BLIJFT = `
select b.domein, count(*)::int as aantal from te_doen t join bericht b on b.id = t.bericht_id join ${GRENS(1)} on grens.domein = b.domein
where b.ontvangen_op < grens.tot group by 1`;

async function proefDossier(database: Database, termijnen: Bewaartermijnen, nu: Date): Promise<readonly Proefregel[]> {
  const aantallen = { iwmo: 0, ijw: 0 };
  for await (const { id, domein } of opruimbanen(database.pool))
    aantallen[domein] += await telBaan(database, id, dossierVoor(termijnen, domein, nu));
  return BEWAARDOMEINEN.map((domein) => ({
    soort: 'dossier',
    domein,
    aantal: aantallen[domein],
    tot: new Date(dossierVoor(termijnen, domein, nu)),
    uitleg:
      'afgesloten verhalen van een persoon in een baan: alles is voor dit moment geëindigd, gestopt en beantwoord',
  }));
}

async function proefWlz(
  database: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
  terugwerkendDagen: number,
): Promise<readonly Proefregel[]> {
  const { signaalDagen, voorzieningDagen, verslagDagen } = termijnen.wlz;
  const { feiten, lijsten } = await telWmo(database, termijnen, nu, terugwerkendDagen);
  const signalen = await telSignalen(database, termijnen, nu, terugwerkendDagen);
  const regel = (soort: string, aantal: number, dagen: number, uitleg: string): Proefregel => {
    return { soort, domein: 'iwmo', aantal, tot: dagenGeleden(nu, dagen), uitleg };
  };
  return [
    regel('wlz-signaal', signalen, signaalDagen, 'afgehandeld voor dit moment, en niets ervan wordt nog gemeld'),
    regel('wmo-feit', feiten, voorzieningDagen, 'van toewijzingen die voor dit moment eindigden, zonder signaal'),
    regel('wmo-lijst', lijsten, voorzieningDagen, 'laatste lijst van een gemeente, aangeleverd voor dit moment'),
    regel(
      'wlz-verslag',
      await telVerslagen(database, termijnen, nu),
      verslagDagen,
      'verslagen van vergelijkingen en lijsten van afgewezen regels van voor dit moment',
    ),
  ];
}

/** @returns per kind and domein how many, and until when */
export async function proef(
  database: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
  terugwerkendDagen: number,
): Promise<readonly Proefregel[]> {
  const tel = async (soort: string, sql: string, waarden: unknown[], tot: readonly (Date | null)[], uitleg: string) => {
    const { rows } = await database.pool.query<{ domein: string; aantal: number }>(sql, waarden);
    return BEWAARDOMEINEN.map((domein, nr): Proefregel => {
      const aantal = rows.find((rij) => rij.domein === domein)?.aantal ?? 0;
      return { soort, domein, aantal, tot: tot[nr] ?? null, uitleg };
    });
  };
  const opGrens = (soort: string, sql: string, dagen: (termijn: Domeintermijn) => number, uitleg: string) => {
    const { domeinen, tot } = grenzen(termijnen, nu, dagen);
    return tel(soort, sql, [domeinen, tot], tot, uitleg);
  };
  const logboekTot = dagenGeleden(nu, termijnen.logboekDagen);
  const { rows } = await database.pool.query<{ aantal: number }>(
    'select count(*)::int as aantal from logboek where tijdstip < $1',
    [logboekTot],
  );
  const nzaTot = dagenGeleden(nu, termijnen.nzaDagen);
  const nza = await database.pool.query<{ aantal: number }>(
    'select count(*)::int as aantal from nza_feit where geregistreerd_op < $1',
    [nzaTot],
  );
  const om = (await maandenVan(database)).filter(({ maand }) => maandIsOm(termijnen, maand, nu));
  return [
    ...(await opGrens('inhoud', INHOUD, (t) => t.inhoudDagenNaBevestiging, 'bevestigd voor dit moment')),
    ...(await opGrens(
      'aankondiging',
      AAN_TE_KONDIGEN,
      (t) => t.inhoudHoogstensDagen - t.aankondigingDagen,
      'niet bevestigd, ontvangen voor dit moment: afzender en ontvanger krijgen bericht',
    )),
    ...(await tel('vervallen', VERVALLEN, [nu], [], 'aangekondigd, en de termijn is om: wordt niet meer aangeboden')),
    ...(await opGrens('metadata', METADATA, (t) => t.metadataDagen, 'ontvangen voor dit moment, en afgehandeld')),
    ...(await opGrens(
      'blijft',
      BLIJFT,
      (t) => t.inhoudHoogstensDagen,
      'nog niet verwerkt: wordt nooit verwijderd, hoe oud ook',
    )),
    {
      soort: 'maand',
      domein: null,
      aantal: om.length,
      tot: null,
      uitleg: `partities van inhoud die in hun geheel vervallen${om.length > 0 ? `: ${om.map(({ deel }) => deel).join(', ')}` : ''}`,
    },
    {
      soort: 'logboek',
      domein: null,
      aantal: rows[0]?.aantal ?? 0,
      tot: logboekTot,
      uitleg: 'logregels van voor dit moment',
    },
    {
      soort: 'nza',
      domein: null,
      aantal: nza.rows[0]?.aantal ?? 0,
      tot: nzaTot,
      uitleg: 'registraties voor de set van de NZa van voor dit moment',
    },
    ...(await proefDossier(database, termijnen, nu)),
    ...(await proefWlz(database, termijnen, nu, terugwerkendDagen)),
  ];
}
