/** Chance made messages that the XSD accepts: any of what may repeat or be absent, and text and amounts that are hard to copy. */
import fc from 'fast-check';
import { BERICHTSOORTEN, type Berichtsoort } from '#src/standards/catalogus.ts';
import type { Inhoud, Waarde } from '#src/xml/structuur.ts';
import { bladen, type ElementModel, type Enkelvoudig, leesModel, type Samengesteld } from '../xsd/schemamodel.ts';
import { geldigeWaarden } from '../xsd/waarden.ts';

const model = ({ domein, code }: Berichtsoort): ElementModel => leesModel('eigen', { standaard: domein, code });

/** All values of LDT_RetourCode. */
export const RETOURCODES: readonly string[] = BERICHTSOORTEN.slice(1, 2).flatMap((retour) =>
  bladen(model(retour))
    .filter(({ type }) => type.naam === 'LDT_RetourCode')
    .slice(0, 1)
    .flatMap(({ type }) => type.facetten.map(({ waarde }) => waarde)),
);

const WOORDEN = ['x', 'Jansen', 'é', 'e\u0301', '🏠', '漢', '0', '-', '%20', '$&', '\\', '{}', "d'Or", '"'];
const XML = ['&', '<', '>', ']]>', '&amp;', '&#13;', '<!--', '-->', '<?x', '&lt;b&gt;'];
const WIT = [' ', '   ', '\t', '\u0085', '\u2028', '\u00a0', '\u3000'];
const REGELEINDEN = ['\n', '\r', '\r\n', '\n\n'];

const stukjes = (uit: readonly string[], lengte: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...uit), { minLength: 1, maxLength: 12 })
    // The XSD counts characters, not halves of them.
    .map((delen) => [...delen.join('')].slice(0, lengte).join(''));

/** Free text: what the pattern of its type allows, which is known of three. */
const TEKSTEN: Readonly<Record<string, (lengte: number) => fc.Arbitrary<string>>> = {
  '[ \\t]*\\S.*': (lengte) => stukjes([...WOORDEN, ...XML, ...WIT], lengte).filter((tekst) => /[^ \t\r\n]/.test(tekst)),
  '\\s*\\S[\\s\\S]*': (lengte) =>
    stukjes([...WOORDEN, ...XML, ...WIT, ...REGELEINDEN], lengte).filter((tekst) => /[^ \t\r\n]/.test(tekst)),
  '': (lengte) => stukjes([...WOORDEN, ...XML, ...WIT, ...REGELEINDEN], lengte),
};

function blad(type: Enkelvoudig): fc.Arbitrary<string> {
  const facet = (naam: string): string => type.facetten.find((kandidaat) => kandidaat.naam === naam)?.waarde ?? '';
  const tekst =
    type.facetten.filter(({ naam }) => naam === 'pattern').length > 1 ? undefined : TEKSTEN[facet('pattern')];
  if (type.naam === 'LDT_Bedrag') {
    return fc
      .oneof(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom(0, 99_999_999))
      .chain((n) => fc.constantFrom(String(n), String(n).padStart(10, '0')));
  }
  if (type.basis !== 'string' || facet('enumeration') !== '' || !tekst) return fc.constantFrom(...geldigeWaarden(type));
  return tekst(Number(facet('maxLength') || '80'));
}

function klasse({ kinderen }: Samengesteld): fc.Arbitrary<Inhoud> {
  const elementen = kinderen.map((kind): [string, fc.Arbitrary<Waarde | undefined>] => {
    const een: fc.Arbitrary<string | Inhoud> = kind.type.soort === 'enkelvoudig' ? blad(kind.type) : klasse(kind.type);
    if (kind.max === 1) return [kind.naam, kind.min === 0 ? fc.option(een, { nil: undefined }) : een];
    return [kind.naam, fc.array(een as fc.Arbitrary<Inhoud>, { minLength: kind.min, maxLength: 4 })];
  });
  return fc.record(Object.fromEntries(elementen));
}

const getekend = ({ Bedrag, DebetCredit }: Inhoud): bigint => BigInt(String(Bedrag)) * (DebetCredit === 'C' ? -1n : 1n);

/** Every amount of the prestaties in a message or an answer, added up. */
export function som(deel: Waarde): bigint {
  if (typeof deel === 'string') return 0n;
  if (!Array.isArray(deel) && 'Bedrag' in deel) return getekend(deel as Inhoud);
  return Object.values(deel).reduce<bigint>((totaal, waarde) => totaal + (waarde === undefined ? 0n : som(waarde)), 0n);
}

/** A declaratie states the sum of what is in it. */
function metTotaal(inhoud: Inhoud): Inhoud {
  if (inhoud.Declaratie === undefined) return inhoud;
  const totaal = som(inhoud.Declaratie);
  const TotaalIngediendBedrag = {
    TotaalBedrag: String(totaal < 0n ? -totaal : totaal),
    DebetCredit: totaal < 0n ? 'C' : 'D',
  };
  return { ...inhoud, Declaratie: { ...(inhoud.Declaratie as Inhoud), TotaalIngediendBedrag } };
}

/** Content of a message of this soort. */
export function berichten(soort: Berichtsoort): fc.Arbitrary<Inhoud> {
  const { type } = model(soort);
  if (type.soort === 'enkelvoudig') throw new Error(`${soort.code} has no elements`);
  return klasse(type).map(metTotaal);
}
