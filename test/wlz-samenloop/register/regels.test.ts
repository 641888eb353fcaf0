/** What is an entitlement, what a row must be, and what a delivery may do to the register. */
import { describe, expect, test } from 'vitest';
import type { WeigeringSoort } from '#src/fouten.ts';
import { leesManifest } from '#src/wlz-samenloop/register/regels/manifest.ts';
import { type Pakket, rechtVan } from '#src/wlz-samenloop/register/regels/recht.ts';
import { beoordeelRij, type RuweRij } from '#src/wlz-samenloop/register/regels/rij.ts';
import {
  type Aanbod,
  eisLeesbaar,
  eisOmvang,
  isHerhaling,
  laatToe,
  type Toegestaan,
} from '#src/wlz-samenloop/register/regels/toelating.ts';
import type { Manifest } from '#src/wlz-samenloop/register/regels/types.ts';

const pakket = (zzpCode: string | undefined, financiering: string | undefined = '1'): Pakket => ({
  zzpCode,
  financiering,
});

describe('an entitlement', () => {
  test.each<readonly [string, readonly Pakket[], string | undefined]>([
    ['partnerverblijf only', [pakket('999')], 'partnerverblijf'],
    ['partnerverblijf with leading zeros', [pakket('0999')], 'partnerverblijf'],
    ['partnerverblijf twice', [pakket('999'), pakket('999', '2')], 'partnerverblijf'],
    ['partnerverblijf beside a real package', [pakket('999'), pakket('753')], undefined],
    ['a subsidieregeling', [pakket('753', '3')], 'nietWlzGefinancierd'],
    ['financed otherwise', [pakket('753', '4')], 'nietWlzGefinancierd'],
    ['one package from the Wlz is enough', [pakket('753', '3'), pakket('753', '1')], undefined],
    ['the code for the CAK', [pakket('997')], 'alleenVoorCak'],
    ['nothing that counts, for different reasons', [pakket('999'), pakket('753', '4')], 'gemengd'],
    ['no package at all', [], undefined],
    ['a package whose code is not known', [pakket('123', undefined)], undefined],
  ])('%s', (_wat, pakketten, verwacht) => {
    expect(rechtVan(pakketten, '1').geenRecht).toBe(verwacht);
  });

  test.each<readonly [string, readonly Pakket[], string, readonly string[]]>([
    ['Wlz-indiceerbaar may be of the transitional group', [pakket('996')], '1', ['overgangsgroep']],
    ['financed as formerly Wlz-indiceerbaar', [pakket('753', '2')], '1', ['overgangsgroep']],
    ['an old code', [pakket('190')], '1', ['oudePakketcode']],
    ['youth', [pakket('753')], '2', ['jeugd']],
    ['no package', [], '1', ['zonderPakket']],
    ['what does not count is not remarked on', [pakket('999', '2'), pakket('753')], '1', []],
  ])('%s is counted, and kept', (_wat, pakketten, soort, verwacht) => {
    expect(rechtVan(pakketten, soort).opmerkingen).toEqual(verwacht);
  });
});

describe('a row', () => {
  const ruw = (anders: Partial<RuweRij> = {}): RuweRij => ({
    bsn: '999900006',
    besluitnummer: '7',
    ingangsdatum: '2026-03-01',
    einddatum: undefined,
    vervaldatum: undefined,
    ...anders,
  });
  const oordeel = (anders: Partial<RuweRij>, { metMutatie = false, alleenTestBsn = false } = {}) =>
    beoordeelRij(ruw(anders), 3, { metMutatie, alleenTestBsn });

  test('that is right is kept with only these values', () => {
    expect(oordeel({ besluitnummer: '0007', einddatum: '2026-03-01', vervaldatum: '2020-01-01' })).toEqual({
      soort: 'indicatie',
      regel: 3,
      bsn: '999900006',
      besluitnummer: '7',
      ingangsdatum: '2026-03-01',
      einddatum: '2026-03-01',
      vervaldatum: '2020-01-01',
      opmerkingen: [],
    });
  });

  test('may say with the last day there is that there is no end', () => {
    expect(oordeel({ einddatum: '9999-12-31', vervaldatum: '9999-12-31' })).toMatchObject({
      einddatum: null,
      vervaldatum: null,
    });
  });

  test.each<readonly [string, Partial<RuweRij>, string]>([
    ['eight digits', { bsn: '99990000' }, 'bsnOngeldig'],
    ['ten digits', { bsn: '9999000061' }, 'bsnOngeldig'],
    ['not the elfproef', { bsn: '999900007' }, 'bsnOngeldig'],
    ['nobody', { bsn: '000000000' }, 'bsnOngeldig'],
    ['digits of another script', { bsn: '٩٩٩٩٠٠٠٠٦' }, 'bsnOngeldig'],
    ['no bsn', { bsn: undefined }, 'bsnOngeldig'],
    ['besluitnummer zero', { besluitnummer: '000' }, 'besluitnummerOngeldig'],
    ['besluitnummer negative', { besluitnummer: '-7' }, 'besluitnummerOngeldig'],
    ['besluitnummer too large for the store', { besluitnummer: '1234567890123456789' }, 'besluitnummerOngeldig'],
    ['no besluitnummer', { besluitnummer: undefined }, 'besluitnummerOngeldig'],
    ['no ingangsdatum', { ingangsdatum: undefined }, 'ingangsdatumOngeldig'],
    ['a day that does not exist', { ingangsdatum: '2026-02-29' }, 'ingangsdatumOngeldig'],
    ['a year zero, which the store has not', { ingangsdatum: '0000-01-01' }, 'ingangsdatumOngeldig'],
    ['a moment in place of a day', { ingangsdatum: '2026-03-01T00:00:00' }, 'ingangsdatumOngeldig'],
    ['an end that does not exist', { einddatum: '2026-04-31' }, 'einddatumOngeldig'],
    ['an end written otherwise', { einddatum: '31-03-2026' }, 'einddatumOngeldig'],
    ['a vervaldatum that does not exist', { vervaldatum: '2026-13-01' }, 'vervaldatumOngeldig'],
    ['end before start', { einddatum: '2026-02-28' }, 'eindeVoorBegin'],
    ['packages that were not asked for', { recht: 'ontbreekt' }, 'zorgzwaartepakketOntbreekt'],
  ])('is rejected: %s', (_wat, anders, reden) => {
    expect(oordeel(anders)).toMatchObject({ soort: 'afgekeurd', regel: 3, reden });
  });

  test('with a vervaldatum before ingangsdatum is no mistake: it was withdrawn before it began', () => {
    expect(oordeel({ vervaldatum: '2025-01-01' }).soort).toBe('indicatie');
  });

  test('of somebody real is rejected where only test numbers may be', () => {
    expect(oordeel({ bsn: '123456782' }, { alleenTestBsn: true })).toMatchObject({ reden: 'bsnNietToegestaan' });
    expect(oordeel({ bsn: '123456782' }).soort).toBe('indicatie');
  });

  test('of a mutation needs its letter; withdrawing needs no more than the number', () => {
    const metMutatie = { metMutatie: true };
    expect(oordeel({ mutatie: 'X' }, metMutatie)).toMatchObject({ reden: 'mutatieOngeldig', besluitnummer: '7' });
    expect(oordeel({}, metMutatie)).toMatchObject({ reden: 'mutatieOngeldig' });
    expect(oordeel({ mutatie: 'T' }, metMutatie).soort).toBe('indicatie');
    const weg = { soort: 'weg', regel: 3, besluitnummer: '7', reden: null };
    expect(oordeel({ mutatie: 'V', bsn: undefined, ingangsdatum: undefined }, metMutatie)).toEqual(weg);
  });

  test('that is no entitlement is gone, with the reason', () => {
    expect(oordeel({ recht: { geenRecht: 'partnerverblijf' } })).toEqual({
      soort: 'weg',
      regel: 3,
      besluitnummer: '7',
      reden: 'partnerverblijf',
    });
  });
});

const manifest = (anders: Partial<Manifest> = {}): Manifest => ({
  soort: 'VOLLEDIG',
  peilmoment: new Date('2026-06-02T00:00:00Z'),
  aantal: 10,
  sha256: 'a'.repeat(64),
  volgnummer: 8,
  vorigVolgnummer: 7,
  ...anders,
});

describe('a manifest', () => {
  const tekst = (anders: object = {}): string =>
    JSON.stringify({
      versie: 1,
      soort: 'VOLLEDIG',
      peilmoment: '2026-06-02T02:00:00+02:00',
      aantal: 10,
      sha256: 'A'.repeat(64),
      volgnummer: 8,
      vorigVolgnummer: 7,
      ...anders,
    });

  test('that is right is read', () => {
    expect(leesManifest(tekst())).toEqual(manifest());
  });

  test.each<readonly [string, string]>([
    ['geen JSON', 'bsn;besluitnummer'],
    ['een lijst', '[]'],
    ['versie', tekst({ versie: 2 })],
    ['soort', tekst({ soort: 'volledig' })],
    ['peilmoment', tekst({ peilmoment: '2026-06-02' })],
    ['peilmoment', tekst({ peilmoment: '2026-06-02T02:00:00' })],
    ['aantal', tekst({ aantal: -1 })],
    ['aantal', tekst({ aantal: 1e9 })],
    ['sha256', tekst({ sha256: 'abc' })],
    ['volgnummer', tekst({ volgnummer: 0 })],
    ['vorigVolgnummer', tekst({ vorigVolgnummer: undefined })],
    ['onbekend veld', tekst({ bsn: '999900006' })],
  ])('that is not is refused: %s', (_wat, fout) => {
    const soort: WeigeringSoort = 'wlzManifestOngeldig';
    expect(() => leesManifest(fout)).toThrow(expect.objectContaining({ soort }));
    expect(() => leesManifest(fout)).not.toThrow('999900006');
  });
});

describe('a delivery', () => {
  const stand = { volgnummer: 7, peilmoment: new Date('2026-06-01T00:00:00Z'), aantal: 10 };
  const nu = new Date('2026-06-02T01:00:00Z');
  const aanbod = (anders: Partial<Aanbod> = {}): Aanbod => ({
    manifest: manifest(),
    stand,
    nu,
    toegestaan: new Set(),
    ...anders,
  });
  const laat = (...namen: Toegestaan[]) => new Set(namen);

  test.each<readonly [string, Partial<Aanbod>]>([
    ['the next one', {}],
    ['the next mutation', { manifest: manifest({ soort: 'MUTATIE' }) }],
    ['the first one, whatever came before it elsewhere', { stand: undefined }],
    ['one that skips a number, after the one we have', { manifest: manifest({ volgnummer: 12 }) }],
    [
      'a full one after a gap, when the operator says so',
      { manifest: manifest({ vorigVolgnummer: 6 }), toegestaan: laat('gat') },
    ],
    ['one of the same moment', { manifest: manifest({ peilmoment: stand.peilmoment }) }],
    ['one of a clock that is a little ahead', { manifest: manifest({ peilmoment: new Date(+nu + 60_000) }) }],
  ])('may come in: %s', (_wat, anders) => {
    expect(() => laatToe(aanbod(anders))).not.toThrow();
  });

  test.each<readonly [string, Partial<Aanbod>, WeigeringSoort]>([
    ['a mutation of nothing', { stand: undefined, manifest: manifest({ soort: 'MUTATIE' }) }, 'wlzVolgordeOnderbroken'],
    ['after a gap', { manifest: manifest({ vorigVolgnummer: 6 }) }, 'wlzVolgordeOnderbroken'],
    ['one that says it is the first', { manifest: manifest({ vorigVolgnummer: null }) }, 'wlzVolgordeOnderbroken'],
    [
      'a mutation after a gap, whoever allows it',
      { manifest: manifest({ soort: 'MUTATIE', vorigVolgnummer: 6 }), toegestaan: laat('gat') },
      'wlzVolgordeOnderbroken',
    ],
    ['the same number again', { manifest: manifest({ volgnummer: 7, vorigVolgnummer: 6 }) }, 'wlzVolgnummerGebruikt'],
    ['an older one', { manifest: manifest({ volgnummer: 3 }), toegestaan: laat('gat') }, 'wlzVolgnummerGebruikt'],
    [
      'of an earlier moment',
      { manifest: manifest({ peilmoment: new Date('2026-05-31T00:00:00Z') }) },
      'wlzPeilmomentOngeldig',
    ],
    [
      'of tomorrow: it would never be too old',
      { manifest: manifest({ peilmoment: new Date('2026-06-03T00:00:00Z') }) },
      'wlzPeilmomentOngeldig',
    ],
  ])('may not: %s', (_wat, anders, soort) => {
    expect(() => laatToe(aanbod(anders))).toThrow(expect.objectContaining({ soort }));
  });

  test('is a repetition only when everything about it is the same', () => {
    expect(isHerhaling(manifest(), manifest({ vorigVolgnummer: 3 }))).toBe(true);
    expect(isHerhaling(manifest(), undefined)).toBe(false);
    for (const anders of [
      { sha256: 'b'.repeat(64) },
      { aantal: 9 },
      { soort: 'MUTATIE' },
      { volgnummer: 9 },
      { peilmoment: nu },
    ])
      expect(isHerhaling(manifest(), manifest(anders as Partial<Manifest>))).toBe(false);
  });

  test.each<readonly [number | undefined, number, number, boolean]>([
    [100, 95, 5, true],
    [100, 94, 5, false],
    [1_000_000, 949_999, 5, false],
    [100, 200, 5, true],
    [undefined, 1, 5, true],
    [undefined, 0, 5, false],
    [100, 0, 100, false],
    [100, 1, 100, true],
    [100, 99, 0, false],
  ])('from %s to %s indications with %s percent: %s', (voor, na, maxProcent, mag) => {
    const eis = (toegestaan = laat()) => eisOmvang({ voor, na, maxProcent, toegestaan });
    if (mag) expect(() => eis()).not.toThrow();
    else expect(() => eis()).toThrow(expect.objectContaining({ soort: 'wlzKrimp' }));
    expect(() => eis(laat('krimp'))).not.toThrow();
  });

  test('with too many rejected rows is not, unless the operator says so', () => {
    expect(() => eisLeesbaar(5, 100, 5, laat())).not.toThrow();
    expect(() => eisLeesbaar(6, 100, 5, laat())).toThrow(expect.objectContaining({ soort: 'wlzTeVeelAfgekeurd' }));
    expect(() => eisLeesbaar(6, 100, 5, laat('krimp'))).toThrow();
    expect(() => eisLeesbaar(100, 100, 5, laat('afgekeurd'))).not.toThrow();
  });
});
