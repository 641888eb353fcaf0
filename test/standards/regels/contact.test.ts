/** Contacts that look odd and are right, and rules that speak together. */
import { expect, test } from 'vitest';
import type { Bericht } from '../../hulp/bouwer.ts';
import { enigContact } from './contact.ts';
import { eerste, oordeel, relatieVan } from './persoon.ts';

type Toewijzing = Bericht<'301'>;
const CONTACTGEGEVENS = '/Bericht/Client/Contactgegevens';

/** A second way to reach the client, beside the BRP-adres. */
const ernaast =
  (contact: Toewijzing['Client']['Contactgegevens']['Contact'][number]) =>
  ({ Client }: Toewijzing): void => {
    const [vast] = Client.Contactgegevens.Contact;
    Client.Contactgegevens.Contact = vast ? [vast, contact] : [];
  };

const TELEFOON = { Telefoon01: { Telefoonnummer: '0612345678', Landnummer: '0031' } };
const HUIS = { Huisnummer: '7' };

test.each([
  ['a correspondentie-adres without an address', { Soort: '02', Telefoon: TELEFOON }],
  ['a temporary address without an address or a period', { Soort: '04', Telefoon: TELEFOON }],
  ['an address of which nothing is filled', { Soort: '02', Adres: {}, Telefoon: TELEFOON }],
  [
    'an address abroad without a house',
    { Soort: '03', Adres: { Postcode: '75001', LandCode: 'FR' }, Telefoon: TELEFOON },
  ],
  ['a house in an address without a country', { Soort: '04', Adres: { Huis: HUIS }, Telefoon: TELEFOON }],
  ['no telephone, a house and a postcode', { Soort: '02', Adres: { Huis: HUIS, Postcode: '1011AB', LandCode: 'NL' } }],
  ['a period with one end', { Soort: '04', Telefoon: TELEFOON, Periode: { Einddatum: '2026-01-01' } }],
])('%s passes', (_naam, contact) => {
  expect(oordeel('301', ernaast(contact))).toEqual([]);
});

test.each(['1000AA', '9999zz', '1234Ab'])('%s is a postcode in the Netherlands', (Postcode) => {
  const adres = { Huis: HUIS, Postcode, LandCode: 'NL' };
  expect(oordeel('301', ernaast({ Soort: '02', Adres: adres }))).toEqual([]);
});

test.each([
  '0123AB',
  '123AB',
  '12345AB',
  '1234A',
  '1234ABC',
  '1234 AB',
  ' 1234AB',
  '1234AB ',
  '1234A1',
  '1234ÀB',
  'AB1234',
])('%j is none', (Postcode) => {
  const adres = { Huis: HUIS, Postcode, LandCode: 'NL' };
  expect(oordeel('301', ernaast({ Soort: '02', Adres: adres }))).toEqual([
    `CS089 fout ${CONTACTGEGEVENS}/Contact[2]/Adres/Postcode`,
  ]);
});

test('a client without communication needs no language', () => {
  const zonder = ({ Client }: Toewijzing): void => {
    Client.Communicatie = undefined;
  };
  expect(oordeel('301', zonder)).toEqual([]);
});

test('a relation is not asked for a BRP-adres', () => {
  const tijdelijk = (bericht: Toewijzing): void => {
    relatieVan(bericht).Contact.Soort = '04';
  };
  expect(oordeel('301', tijdelijk)).toEqual([]);
});

test.each(['01', '02', '03'])('an address of soort %s is enough for a client', (soort) => {
  const enig = (bericht: Toewijzing): void => {
    enigContact(bericht).Soort = soort;
  };
  expect(oordeel('301', enig)).toEqual([]);
});

test('of a client whose only contact has no address, the norm leaves two things open', () => {
  const zonderAdres = (bericht: Toewijzing): void => {
    enigContact(bericht).Adres = undefined;
  };
  expect(oordeel('301', zonderAdres)).toEqual([
    `TR061 waarschuwing ${CONTACTGEGEVENS}`,
    `CD034 waarschuwing ${CONTACTGEGEVENS}/Contact`,
  ]);
});

test('one fixed address among contacts of other kinds is enough, wherever it stands', () => {
  const laatste = ({ Client }: Toewijzing): void => {
    const lijst = Client.Contactgegevens.Contact;
    const vast = eerste(lijst);
    Client.Contactgegevens.Contact = [{ Soort: '04', Telefoon: TELEFOON }, { Soort: '02', Telefoon: TELEFOON }, vast];
  };
  expect(oordeel('301', laatste)).toEqual([]);
});
