/**
 * The alert rules and the dashboard against a real scrape: a metric or label that was renamed would leave an alert that never fires, and
 * nobody would notice.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { METRIEKEN } from '#src/bewaking/metrieken.ts';
import { OUDSTE_POSTBUSSEN } from '#src/bewaking/postbussen.ts';
import { noteerTaak, TAAKNAMEN } from '#src/bewaking/taken.ts';
import { WEIGERINGEN } from '#src/fouten.ts';
import { wachtTot } from '#src/proces.ts';
import { zetStop } from '#src/routering/stops.ts';
import { maakBericht, voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { verstuur } from '../hulp/reis.ts';
import { groepenIn, inBalans, type Reeks, reeksenIn, verwijzingenIn } from './promql.ts';

const WORTEL = path.resolve(import.meta.dirname, '../..');
const REGELS = path.join(WORTEL, 'deploy/prometheus/knooppunt.rules.yml');
const lees = (pad: string): string => readFileSync(path.join(WORTEL, pad), 'utf8');

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly ernst: string };
  readonly annotations: { readonly summary: string; readonly description: string; readonly handleiding: string };
}
const alerts = (load(readFileSync(REGELS, 'utf8')) as { groups: { rules: Alert[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
interface Paneel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
const { panels } = JSON.parse(lees('deploy/grafana/knooppunt.json')) as { panels: readonly Paneel[] };
const doelen = panels.flatMap(({ title, targets = [] }) => targets.map((doel) => ({ title, ...doel })));
const EXPRESSIES: readonly (readonly [string, string])[] = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...doelen.map(({ title, expr }) => [title, expr] as const),
];

/** What this installation cannot have: it speaks no TLS itself, and its PostgreSQL archives nothing. */
const NIET_HIER = ['knooppunt_certificaat_tot_tijdstip_seconden', 'knooppunt_wal_archief_tijdstip_seconden'];
/** What Prometheus itself adds to what it scrapes. */
const VAN_PROMETHEUS = ['job', 'instance', 'le'];
/** Values that are right, whether or not they came up in this scrape. */
const BEKEND: Readonly<Record<string, readonly string[]>> = {
  soort: Object.keys(WEIGERINGEN),
  taak: TAAKNAMEN,
  klasse: ['tijdelijk', 'dubbelzinnig', 'blijvend'],
  uitslag: ['gelukt', 'mislukt'],
  job: ['knooppunt'],
};

const [G, A] = ['0363', '98000001'] as const;
const knooppunt = await startOpstelling({
  // Nobody listens there: the scans fail, and are counted.
  omgeving: { KNOOPPUNT_CLAMD: '127.0.0.1:1', KNOOPPUNT_CLAMD_UITVAL: 'doorlaten' },
});
afterAll(() => knooppunt.stop());
const { database } = knooppunt;

let scrape = '';
let reeksen: readonly Reeks[] = [];
beforeAll(async () => {
  const gemeente = knooppunt.client(G);
  await verstuur(gemeente, maakBericht('WMO301', { afzender: G, ontvanger: A }));
  await verstuur(gemeente, Buffer.from(voorbeeld('WMO301').replace('</Bericht>', '<Onbekend/></Bericht>')));
  await stuur(knooppunt.adres, { pad: '/v1/berichten', koppen: { Authorization: 'Bearer demo-0344' }, lijf: '<x/>' });
  await database.pool.query(
    `insert into bezorgtelling values ($1, 'bevestigd', 3), ($1, 'tls', 1), ($2, 'geenAntwoord', 1)`,
    [G, A],
  );
  await database.pool.query(
    `with l as (
       insert into wlz_levering (id, vorm, soort, volgnummer, peilmoment, aantal, sha256, toestand, actor, geeindigd_op)
       values (gen_random_uuid(), 'ciz-dat', 'VOLLEDIG', 1, now(), 0, repeat('0', 64), 'verwerkt', 'proef', now()) returning id
     ) insert into wlz_register (levering_id, volgnummer, peilmoment, aantal) select id, 1, now(), 0 from l`,
  );
  await zetStop(database, { actor: 'proef', reden: 'proef van de cijfers' }, '0344', {
    aanlevering: true,
    bezorging: false,
  });
  await noteerTaak(database.pool, 'reservekopie');
  const geteld = `select coalesce(sum(aantal) filter (where naam = 'verwerkt'), 0)::int as verwerkt, (select count(distinct rol)::int from procesmeting) as rollen,
    (select count(*)::int from taakstand where taak in ('vegen', 'bezorgen')) as taken from telling`;
  await wachtTot(
    async () => {
      const [rij] = (await database.pool.query<{ verwerkt: number; rollen: number; taken: number }>(geteld)).rows;
      return rij?.verwerkt === 2 && rij.rollen === 3 && rij.taken === 2;
    },
    { ms: 30_000, wat: 'the figures of all roles' },
  );
  scrape = (await stuur(knooppunt.adres, { methode: 'GET', pad: '/metrics' })).lijf;
  reeksen = reeksenIn(scrape);
});

const vanMetriek = (naam: string): readonly Reeks[] => reeksen.filter(({ metriek }) => metriek === naam);
const labelsVan = (naam: string): ReadonlySet<string> =>
  new Set([
    ...vanMetriek(naam).flatMap(({ labels }) => Object.keys(labels)),
    ...METRIEKEN.filter((rij) => NIET_HIER.includes(naam) && rij.naam === naam).flatMap(({ labels }) => labels),
    ...VAN_PROMETHEUS,
  ]);

describe.each(EXPRESSIES)('%s', (_naam, expr) => {
  test('names only what a scrape has, and is well formed', () => {
    expect(inBalans(expr), expr).toBe(true);
    const verwijzingen = verwijzingenIn(expr);
    expect(verwijzingen.length, expr).toBeGreaterThan(0);
    const bekend = new Set(VAN_PROMETHEUS);
    for (const { metriek, labels } of verwijzingen) {
      if (metriek === 'up') continue;
      if (!NIET_HIER.includes(metriek)) expect(vanMetriek(metriek).length, metriek).toBeGreaterThan(0);
      expect(
        METRIEKEN.some(({ naam }) => naam === metriek) ||
          scrape.includes(`# TYPE ${metriek.replace(/_(bucket|count|sum)$/, '')} `),
      ).toBe(true);
      for (const label of labelsVan(metriek)) bekend.add(label);
      for (const [label, waarde] of labels) {
        expect([...labelsVan(metriek)], `${metriek} by ${label}`).toContain(label);
        const gezien = vanMetriek(metriek).map((reeks) => reeks.labels[label]);
        if (waarde !== null) expect([...gezien, ...(BEKEND[label] ?? [])], label).toContain(waarde);
      }
    }
    expect(groepenIn(expr).filter((label) => !bekend.has(label))).toEqual([]);
  });
});

describe('the alerts', () => {
  test('each have a section that says what to do, and Dutch words with only labels that are there', () => {
    const pagina = lees('docs/wat-gebeurt-er-als.md');
    const koppen = [...pagina.matchAll(/^### (\w+)$/gm)].map(([, naam]) => naam);
    expect(koppen.slice().sort()).toEqual(alerts.map(({ alert }) => alert).sort());
    for (const { alert, expr, labels, annotations } of alerts) {
      expect(annotations.handleiding).toBe(`docs/wat-gebeurt-er-als.md#${alert.toLowerCase()}`);
      expect(labels.ernst).toMatch(/^(kritiek|waarschuwing|melding)$/);
      expect(annotations.summary, alert).toMatch(/^[A-Z][^.]*$/);
      expect(annotations.description, alert).toMatch(/[.?]$/);
      const over = expr.includes(' by ') || expr.includes(' sum(') ? groepenIn(expr) : VAN_PROMETHEUS;
      const genoemd = [...annotations.description.matchAll(/\$labels\.(\w+)/g)].map(([, naam]) => naam);
      expect(genoemd.filter((naam) => !over.includes(naam ?? ''))).toEqual([]);
    }
  });

  const promtool = (...args: readonly string[]) => spawnSync('promtool', [...args], { encoding: 'utf8', cwd: WORTEL });
  // Debian: apt-get install prometheus --no-install-recommends.
  const heeftPromtool = promtool('--version').error === undefined;

  test.skipIf(!heeftPromtool)(
    'are rules that Prometheus takes (skipped without promtool, of the package prometheus)',
    () => {
      const { status, stderr, stdout } = promtool('check', 'rules', REGELS);
      expect(status, stderr + stdout).toBe(0);
    },
  );

  test.skipIf(!heeftPromtool)('fire when they should, and only then (skipped without promtool)', () => {
    const { status, stderr, stdout } = promtool('test', 'rules', 'test/bewaking/alarm.test.yml');
    expect(status, stderr + stdout).toBe(0);
  });
});

test('the dashboard has no two panels in one place, and names only labels that its expressions keep', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const vakjes = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, nr) => `${x + (nr % w)},${y + Math.floor(nr / w)}`),
  );
  expect(new Set(vakjes).size).toBe(vakjes.length);
  for (const { expr, legendFormat } of doelen)
    for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
      expect(groepenIn(expr), expr).toContain(label);
});

describe('a scrape', () => {
  test('has every metric of the table, with what it says and no label but its own', () => {
    for (const { naam, soort, help, labels } of METRIEKEN) {
      expect(scrape).toContain(`# HELP ${naam} ${help}`);
      expect(scrape).toContain(`# TYPE ${naam} ${soort}`);
      for (const reeks of vanMetriek(naam)) expect(Object.keys(reeks.labels).sort()).toEqual([...labels].sort());
    }
  });

  test('says what happened', () => {
    const waarde = (naam: string, labels: Readonly<Record<string, string>> = {}): number | undefined =>
      vanMetriek(naam).find((reeks) => Object.entries(labels).every(([label, is]) => reeks.labels[label] === is))
        ?.waarde;
    expect(waarde('knooppunt_aangenomen_total', { berichtsoort: 'WMO301', weg: 'rest' })).toBe(2);
    expect(waarde('knooppunt_verwerkt_total', { berichtsoort: 'WMO301', uitkomst: 'verwerkt' })).toBe(1);
    expect(waarde('knooppunt_verwerkt_total', { berichtsoort: 'WMO301', uitkomst: 'afgekeurd' })).toBe(1);
    expect(waarde('knooppunt_postbus_open')).toBe(2);
    expect(waarde('knooppunt_postbus_oudste_van_seconden', { organisatie: A })).toBeGreaterThanOrEqual(0);
    expect(waarde('knooppunt_bezorgpogingen_total', { uitslag: 'tls', klasse: 'blijvend' })).toBe(1);
    expect(waarde('knooppunt_stops', { soort: 'aanlevering' })).toBe(1);
    expect(waarde('knooppunt_stops', { soort: 'bezorging' })).toBe(0);
    for (const rol of ['api', 'verwerker', 'planner']) expect(waarde('knooppunt_processen', { rol })).toBe(1);
    expect(waarde('knooppunt_postgres_bereikbaar')).toBe(1);
    expect(waarde('knooppunt_redis_bereikbaar')).toBe(1);
    expect(waarde('knooppunt_vrijgegeven')).toBe(1);
    expect(
      Math.abs((waarde('knooppunt_taak_gelukt_tijdstip_seconden', { taak: 'vegen' }) ?? 0) - Date.now() / 1000),
    ).toBeLessThan(60);
  });

  test('names few organisations, no message and no person', () => {
    const metOrganisatie = reeksen.filter(({ labels }) => /^[0-9]{4}$|^[0-9]{8}$/.test(Object.values(labels).join()));
    expect(new Set(metOrganisatie.map(({ metriek }) => metriek))).toEqual(
      new Set(['knooppunt_postbus_oudste_van_seconden']),
    );
    expect(metOrganisatie.length).toBeLessThanOrEqual(OUDSTE_POSTBUSSEN);
    const labels = reeksen.flatMap((reeks) => Object.values(reeks.labels)).join('\n');
    expect(labels).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|\b[0-9]{9}\b/);
  });
});
