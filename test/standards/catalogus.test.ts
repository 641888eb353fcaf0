/** The catalogue of berichtsoorten, on its own and against the norm. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  BERICHTSOORTEN,
  basisNamespace,
  berichtsoortVanCode,
  berichtsoortVanNamespace,
  DOMEINEN,
} from '#src/standards/catalogus.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import { heeftXsd } from '#src/xml/xsd.ts';
import { voorbeeld, waardeVan } from '../hulp/berichten.ts';
import { NORM } from '../xsd/schemas.ts';

const NUMMERS = ['301', '302', '305', '306', '307', '308', '315', '316', '317', '318', '319', '320', '323', '325'];

test('there are 28 berichtsoorten: fourteen per domein, each with its own code, berichtcode and namespace', () => {
  for (const domein of DOMEINEN) {
    expect(BERICHTSOORTEN.filter((rij) => rij.domein === domein).map(({ nummer }) => nummer)).toEqual(NUMMERS);
  }
  for (const veld of ['code', 'berichtcode', 'namespace', 'xsd'] as const) {
    expect(new Set(BERICHTSOORTEN.map((rij) => rij[veld])).size, veld).toBe(28);
  }
});

describe.each(BERICHTSOORTEN)('$code', (soort) => {
  test('can be found by code and by namespace', () => {
    expect([berichtsoortVanCode(soort.code), berichtsoortVanNamespace(soort.namespace)]).toEqual([soort, soort]);
    expect(Object.isFrozen(soort)).toBe(true);
  });

  test('has an XSD that says the same', () => {
    expect(heeftXsd(soort.xsd)).toBe(true);
    const { namespace, basisNamespace: basis, versie, wortel } = structuurVan(soort);
    expect([namespace, basis, versie]).toEqual([soort.namespace, basisNamespace(soort), '1.0.0']);
    expect(wortel.opNaam.get('Header')?.klasse?.velden[0]?.naam).toBe('BerichtCode');
  });

  test('has an example with this berichtcode', () => {
    expect(waardeVan(voorbeeld(soort.code), 'BerichtCode')).toBe(soort.berichtcode);
    expect(voorbeeld(soort.code)).toContain(`"${basisNamespace(soort)}"`);
  });

  test('makes a pair with its answer: the other side sends that, with the next berichtcode', () => {
    const ander = berichtsoortVanCode(soort.antwoord ?? soort.antwoordOp ?? '');
    expect(ander?.verzender).not.toBe(soort.verzender);
    expect(ander?.antwoord ?? ander?.antwoordOp).toBe(soort.code);
    const stap = soort.antwoord === null ? -1 : 1;
    expect(Number(ander?.berichtcode)).toBe(Number(soort.berichtcode) + stap);
    expect(soort.aard === 'heen').toBe(soort.antwoord !== null);
  });
});

interface NormRij {
  readonly code: string;
  readonly domain: string;
  readonly berichtcode: string;
  readonly kind: string;
  readonly direction: string;
  readonly headerAfzender: string;
  readonly retour: string | null;
  readonly namespace: string;
}
const MESSAGES = path.join(NORM, 'messages.json');
if (!existsSync(MESSAGES)) console.warn(`Skipped: no catalogue of berichten in ${NORM}. Set KNOOPPUNT_NORM.`);

describe.skipIf(!existsSync(MESSAGES))('against the catalogue of the norm', () => {
  test('code, berichtcode, direction, retour and namespace are equal', () => {
    const { items } = JSON.parse(readFileSync(MESSAGES, 'utf8')) as { readonly items: readonly NormRij[] };
    const norm = items.map(({ code, domain, berichtcode, direction, retour, namespace, headerAfzender }) => {
      const verzender = direction.split('->')[0];
      return { code, domein: domain, berichtcode, verzender, retour, namespace, kop: headerAfzender };
    });
    const eigen = BERICHTSOORTEN.map(({ code, domein, berichtcode, verzender, aard, antwoord, namespace }) => {
      const ander = verzender === 'gemeente' ? 'aanbieder' : 'gemeente';
      const retour = antwoord?.endsWith('325') ? null : antwoord;
      return { code, domein, berichtcode, verzender, retour, namespace, kop: aard === 'retour' ? ander : verzender };
    });
    const opCode = (a: { code: string }, b: { code: string }) => a.code.localeCompare(b.code);
    expect(eigen.toSorted(opCode)).toEqual(norm.toSorted(opCode));
  });
});
