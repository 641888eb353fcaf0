/** Every kind of answer, and what it means: only a Bv03 for this very message is a confirmation. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { oordeelOver } from '#src/bezorging/oordeel.ts';
import { OORZAKEN, oorzaaksoort } from '#src/bezorging/oorzaken.ts';
import { leesAntwoord } from '#src/envelop/antwoord-lees.ts';
import { schrijfBv03, schrijfFo03 } from '#src/envelop/schrijf.ts';
import { inSoap } from '#src/envelop/soap.ts';
import { StufFout } from '#src/envelop/stuf-fout.ts';

const EIGEN = randomUUID();
const ANDER = randomUUID();
const kop = (kruisreferentie: string | undefined) => ({
  zender: '0363',
  ontvanger: '98000001',
  referentienummer: randomUUID(),
  moment: new Date(),
  kruisreferentie,
});
const bv03 = (nummer: string) => inSoap(schrijfBv03(kop(nummer)));
const fo03 = (soort: 'envelopOngeldig' | 'interneFout', nummer: string | undefined = EIGEN) =>
  schrijfFo03(new StufFout(soort), kop(nummer));
const HTML = Buffer.from('<html><body>Het werkt</body></html>');
const FAULT = inSoap(
  Buffer.from(
    '<soap:Fault><faultcode>soap:Client</faultcode><faultstring>nee</faultstring></soap:Fault>'.replace(
      '<soap:Fault>',
      '<soap:Fault xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">',
    ),
  ),
);
const LEEG = Buffer.alloc(0);

test.each([
  ['Bv03 for this message', 200, bv03(EIGEN), 'bevestigd'],
  ['Bv03 for another message', 200, bv03(ANDER), 'anderAntwoord'],
  ['Bv03 with an error status', 500, bv03(EIGEN), 'serverfout'],
  ['Bv03 for no message at all', 200, bv03(''), 'geenBv03'],
  ['Fo03 that blames us', 500, fo03('envelopOngeldig'), 'fo03Client'],
  ['Fo03 that blames us, with status 200', 200, fo03('envelopOngeldig'), 'fo03Client'],
  ['Fo03 that blames us, with status 400', 400, fo03('envelopOngeldig'), 'fo03Client'],
  ['Fo03 that blames the receiver', 500, fo03('interneFout'), 'fo03Server'],
  ['Fo03 that does not say for which message', 500, fo03('envelopOngeldig', ''), 'fo03Client'],
  ['Fo03 for another message', 500, fo03('envelopOngeldig', ANDER), 'anderAntwoord'],
  ['a SOAP fault without Fo03', 500, FAULT, 'serverfout'],
  ['a page with status 200', 200, HTML, 'geenBv03'],
  ['a page with status 500', 500, HTML, 'serverfout'],
  ['nothing with status 200', 200, LEEG, 'geenBv03'],
  ['nothing with status 202', 202, LEEG, 'geenBv03'],
  ['a DTD', 200, Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), 'geenBv03'],
  ['bytes that are no text', 200, Buffer.from([0xff, 0xfe, 0, 1, 2]), 'geenBv03'],
  ['the request itself, sent back', 200, inSoap(Buffer.from('<a xmlns="urn:b"/>')), 'geenBv03'],
] as const)('%s', (_naam, status, lijf, uitslag) => {
  expect(oordeelOver({ status, lijf }, EIGEN, leesAntwoord)).toBe(uitslag);
});

test.each([
  [301, 'doorverwijzing'],
  [302, 'doorverwijzing'],
  [307, 'doorverwijzing'],
  [308, 'doorverwijzing'],
  [400, 'berichtGeweigerd'],
  [401, 'eindpuntWeigert'],
  [403, 'eindpuntWeigert'],
  [404, 'eindpuntWeigert'],
  [405, 'eindpuntWeigert'],
  [408, 'teDruk'],
  [410, 'eindpuntWeigert'],
  [413, 'berichtGeweigerd'],
  [415, 'berichtGeweigerd'],
  [422, 'berichtGeweigerd'],
  [429, 'teDruk'],
  [500, 'serverfout'],
  [501, 'serverfout'],
  [502, 'nietBeschikbaar'],
  [503, 'nietBeschikbaar'],
  [504, 'nietBeschikbaar'],
  [999, 'geenBv03'],
  [0, 'geenBv03'],
] as const)('HTTP %i with a page', (status, uitslag) => {
  expect(oordeelOver({ status, lijf: HTML }, EIGEN, leesAntwoord)).toBe(uitslag);
});

test.each([
  ['No required SSL certificate was sent', 'certificaatGevraagd'],
  ['The SSL certificate error', 'certificaatGeweigerd'],
] as const)('a page of a proxy that says "%s" is about our certificate, not about the message', (tekst, uitslag) => {
  const lijf = Buffer.from(`<html><head><title>400 ${tekst}</title></head></html>`);
  expect(oordeelOver({ status: 400, lijf }, EIGEN, leesAntwoord)).toBe(uitslag);
  expect(oordeelOver({ status: 422, lijf }, EIGEN, leesAntwoord)).toBe('berichtGeweigerd');
});

test('a cause without an answer stays what it is', () => {
  expect(oordeelOver({ oorzaak: 'tls' }, EIGEN, leesAntwoord)).toBe('tls');
});

describe('the registry of causes', () => {
  test.each(Object.entries(OORZAKEN))('%s has a sentence of its own', (code, { tekst }) => {
    expect(oorzaaksoort(code)?.tekst).toBe(tekst);
    expect(tekst).toMatch(/^[A-Z].*\.$/);
    expect(Object.values(OORZAKEN).filter((ander) => ander.tekst === tekst)).toHaveLength(1);
  });

  test('what it does not know has no sentence', () => {
    expect([oorzaaksoort('iets'), oorzaaksoort('constructor')]).toEqual([undefined, undefined]);
  });
});
