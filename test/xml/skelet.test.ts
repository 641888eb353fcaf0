/** The skeleton of a document: what is kept is what a parser of the whole would have found, wherever the bytes were cut. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { type Bot, schrijfSkelet } from '#src/xml/skelet.ts';
import { BEWAAR, NEGEER, SkeletLezer, type Skeletwijzer, type Wijze } from '#src/xml/skeletlezer.ts';

class Bezwaar extends Error {}
const weiger: Skeletwijzer['weiger'] = (bezwaar) => {
  throw new Bezwaar(bezwaar);
};

function leesMet(
  wijs: Skeletwijzer['wijs'],
  bytes: Uint8Array,
  maten: readonly number[] = [bytes.length],
): Bot | undefined {
  const lezer = new SkeletLezer({ wijs, weiger });
  for (let hier = 0, nr = 0; hier < bytes.length; nr += 1) {
    const maat = maten[nr % maten.length] ?? bytes.length;
    lezer.lees(bytes.subarray(hier, hier + maat));
    hier += maat;
  }
  return lezer.einde();
}
const leesAlles = (bytes: Uint8Array, maten?: readonly number[]) => leesMet(() => BEWAAR, bytes, maten);

interface Kaal {
  readonly naam: string;
  tekst: string;
  readonly kinderen: Kaal[];
}
const kaal = (bot: Bot): Kaal => ({ naam: bot.gekwalificeerd, tekst: bot.tekst, kinderen: bot.kinderen.map(kaal) });

/** The reference: a parser that gets the document as a whole and is told of everything. */
function inEenKeer(bytes: Uint8Array): Kaal {
  const parser = new SaxesParser({ xmlns: true });
  const boom: Kaal = { naam: '', tekst: '', kinderen: [] };
  const open = [boom];
  const tekst = (stuk: string): void => {
    const hier = open.at(-1);
    if (hier && open.length > 1) hier.tekst += stuk;
  };
  parser.on('error', ({ message }) => {
    throw new Bezwaar(message);
  });
  parser.on('doctype', () => {
    throw new Bezwaar('doctype');
  });
  parser.on('opentag', ({ name }) => {
    const nieuw: Kaal = { naam: name, tekst: '', kinderen: [] };
    open.at(-1)?.kinderen.push(nieuw);
    open.push(nieuw);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', tekst);
  parser.on('cdata', tekst);
  parser.write(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).close();
  return boom.kinderen[0] ?? boom;
}

function uitkomst(lees: () => Kaal): Kaal | 'geweigerd' {
  try {
    return lees();
  } catch (fout) {
    if (!(fout instanceof Bezwaar)) throw fout;
    return 'geweigerd';
  }
}

const stukje = fc.constantFrom(
  ...['<a>', '</a>', '<a b="c>d">', "<a b='&amp;'>", '<b/>', '<c xmlns="n"/>', '<x:a>', '<x:a xmlns:x="y"/>'],
  ...['&lt;', '&#65;', '&#x0d;', '&#10;', '&x;', '&', ';', '&#1;', '&amp'],
  ...['<!-- x -->', '<!-- > -->', '<!-- - - -->', '<!--', '-->', '<?p?>', '<?p a > b?>', '<?xml version="1.0"?>'],
  ...['<![CDATA[', ']]>', ']', ']]', '<![CDATA[<a>&amp;]]]]>', '<![CDATA[]]>', '<!DOCTYPE a>', '<!', '<!['],
  ...['abc', 'QUJD', ' ', '\n', '\r', '\r\n', 'é', '\u{1F3E0}', '\u0000', '"', '<', '>'],
);
const stukjes = fc.array(stukje, { maxLength: 20 });
const maten = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe('bits of XML, cut anywhere', () => {
  test('give the same tree or refusal as a parser of the whole', () => {
    fc.assert(
      fc.property(stukjes, maten, (delen, stappen) => {
        const bytes = Buffer.from(`<a>${delen.join('')}</a>`);
        const verwacht = uitkomst(() => inEenKeer(bytes));
        const gelezen = (stap?: readonly number[]) =>
          uitkomst(() => {
            const bot = leesAlles(bytes, stap);
            if (!bot) throw new Error('no skeleton');
            return kaal(bot);
          });
        expect(gelezen()).toEqual(verwacht);
        expect(gelezen(stappen)).toEqual(verwacht);
      }),
      { numRuns: 5000 },
    );
  });

  test('brackets before an empty CDATA section and an angle bracket after it are no end of CDATA', () => {
    for (const xml of ['<a>]]<![CDATA[]]>></a>', '<a>]<![CDATA[]]>]></a>', '<a><![CDATA[]]]]><![CDATA[]]>></a>']) {
      const bytes = Buffer.from(xml);
      const verwacht = inEenKeer(bytes);
      expect(kaal(leesAlles(bytes) as Bot)).toEqual(verwacht);
      expect(kaal(leesAlles(bytes, [1]) as Bot)).toEqual(verwacht);
    }
  });

  test('before and after the root too', () => {
    fc.assert(
      fc.property(stukjes, stukjes, maten, (voor, na, stappen) => {
        const bytes = Buffer.from(`${voor.join('')}<a>x</a>${na.join('')}`);
        const verwacht = uitkomst(() => inEenKeer(bytes));
        expect(uitkomst(() => kaal(leesAlles(bytes, stappen) as Bot))).toEqual(verwacht);
      }),
      { numRuns: 2000 },
    );
  });
});

test('written again, the skeleton reads the same', () => {
  fc.assert(
    fc.property(stukjes, (delen) => {
      const bytes = Buffer.from(`<a>${delen.join('')}</a>`);
      const eerst = uitkomst(() => kaal(leesAlles(bytes) as Bot));
      if (eerst === 'geweigerd') return;
      const zonderWit = (deel: Kaal): Kaal => ({
        naam: deel.naam,
        tekst: deel.kinderen.length > 0 && /^[\t\n\r ]*$/.test(deel.tekst) ? '' : deel.tekst,
        kinderen: deel.kinderen.map(zonderWit),
      });
      expect(kaal(leesAlles(schrijfSkelet(leesAlles(bytes) as Bot)) as Bot)).toEqual(zonderWit(eerst));
    }),
    { numRuns: 2000 },
  );
});

test('the root of the skeleton knows the prefixes of the elements around it, and not those of elements beside it', () => {
  const xml =
    '<e xmlns:p="een" xmlns="std"><k xmlns:q="naast"/><b xmlns:p="twee"><p:w q="p:x" xmlns=""><v/></p:w></b></e>';
  const wortel = leesMet(
    ({ naam }) => (naam === 'w' || naam === 'v' ? BEWAAR : { ...NEGEER, kinderen: true }),
    Buffer.from(xml),
  );
  expect(schrijfSkelet(wortel as Bot).toString()).toBe('<p:w xmlns:p="twee" q="p:x" xmlns=""><v></v></p:w>');
});

test('text that is passed on stays out of the skeleton, and comes in order in one stream', () => {
  const gekregen: string[] = [];
  const door: Wijze = { ...BEWAAR, tekst: (stuk) => gekregen.push(stuk) };
  const bytes = Buffer.from('<a>1<b>x<!-- -->y&#65;<![CDATA[z<]]><c>2</c>w\r\n</b>3</a>');
  for (const stap of [[bytes.length], [1], [2, 3]]) {
    gekregen.length = 0;
    const wortel = leesMet(({ naam }) => (naam === 'b' ? door : BEWAAR), bytes, stap);
    expect(schrijfSkelet(wortel as Bot).toString()).toBe('<a>13<b><c>2</c></b></a>');
    expect(gekregen.join('')).toBe('xyAz<w\n');
  }
});

test('what is not looked at must still be well-formed', () => {
  const doe = (inhoud: string) =>
    leesMet(({ naam }) => (naam === 'b' ? NEGEER : BEWAAR), Buffer.from(`<a><b>${inhoud}</b>1</a>`));
  expect(schrijfSkelet(doe('<c d="e">f</c>&lt;') as Bot).toString()).toBe('<a>1</a>');
  for (const slecht of ['<c>', ']]>', '&x;', '\u0001', '<c d="1" d="2"/>', '<c:d/>', '</b></a>'])
    expect(() => doe(slecht), slecht).toThrow(Bezwaar);
});

describe('bounds', () => {
  const LANG = 'x'.repeat(100_000);
  test.each([
    ['text', `<a>${LANG}</a>`],
    ['CDATA', `<a><![CDATA[${LANG}]]></a>`],
    ['a comment', `<a><!--${LANG}--></a>`],
    ['a processing instruction', `<a><?p ${LANG}?></a>`],
    ['a name', `<a><${LANG}/></a>`],
    ['an attribute', `<a b="${LANG}"/>`],
    ['many small elements', `<a>${'<b/>'.repeat(10_000)}</a>`],
    ['levels', '<a>'.repeat(100_000)],
    ['attributes', `<a ${Array.from({ length: 1_000_000 }, (_, nr) => `b${nr}=""`).join(' ')}/>`],
  ])('%s beyond any measure: refused', (_wat, xml) => {
    const bytes = Buffer.from(xml);
    expect(() => leesAlles(bytes)).toThrow(new Bezwaar('xmlTeComplex'));
    expect(() => leesAlles(bytes, [1000])).toThrow(new Bezwaar('xmlTeComplex'));
  });

  test('text that nobody keeps may be of any length', () => {
    const bytes = Buffer.from(`<a><b>${LANG}<c>${LANG}</c><![CDATA[${LANG}]]></b></a>`);
    expect(schrijfSkelet(leesMet(({ naam }) => (naam === 'b' ? NEGEER : BEWAAR), bytes) as Bot).toString()).toBe(
      '<a></a>',
    );
  });
});
