/** The project's WSDL: one that hangs together, that a SOAP toolkit can work with, and that says the same as the official one. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wortels } from './stuf-model.ts';
import { GGK, heeftStufNorm, STUF, WSDL } from './stuf-schemas.ts';
import { leesWsdl, opbouw, verwijzingen } from './stuf-wsdl.ts';

describe('our own WSDL', () => {
  const dienst = leesWsdl(WSDL.eigen);
  const stuf = (naam: string): string => `{${STUF}}${naam}`;

  it('describes three operations, each answered by Bv03 or the fault Fo03', () => {
    const antwoorden = { antwoord: stuf('Bv03Bericht'), fout: stuf('Fo03Bericht') };
    expect(dienst.operaties).toEqual([
      {
        naam: 'ggk_Di01',
        soapAction: `${GGK}/ggk_Di01`,
        vraag: `{${GGK}}envelopHeenbericht-ggk_Di01`,
        ...antwoorden,
      },
      {
        naam: 'ggk_Du01',
        soapAction: `${GGK}/ggk_Du01`,
        vraag: `{${GGK}}envelopRetourbericht-ggk_Du01`,
        ...antwoorden,
      },
      { naam: 'Fo01', soapAction: `${STUF}/Fo01`, vraag: stuf('Fo01Bericht'), ...antwoorden },
    ]);
  });

  it('names only elements that its schemas have', () => {
    const bekend = wortels('eigen').map(({ namespace, naam }) => `{${namespace}}${naam}`);
    const genoemd = dienst.operaties.flatMap(({ vraag, antwoord, fout }) => [vraag, antwoord, fout]);
    expect(new Set(genoemd)).toEqual(new Set(bekend));
    const geladen = verwijzingen(WSDL.eigen).map(({ namespace }) => namespace);
    expect(geladen.sort()).toEqual([STUF, GGK].sort());
  });

  it('is document/literal over HTTP and has its parts in the order of WSDL 1.1', () => {
    expect(dienst.stijl).toBe('document');
    expect(dienst.transport).toBe('http://schemas.xmlsoap.org/soap/http');
    const { delen, inToelichting } = opbouw(WSDL.eigen);
    expect([...new Set(delen)]).toEqual(['documentation', 'types', 'message', 'portType', 'binding', 'service']);
    expect(inToelichting).toEqual([]);
  });

  it('has one address, to be replaced by whoever serves it', () => {
    expect(dienst.adres).toBe('https://knooppunt.invalid/stuf/ggk0210');
    expect(readFileSync(WSDL.eigen, 'utf8').split(dienst.adres)).toHaveLength(2);
  });

  it.skipIf(!heeftStufNorm)('is to a client the same as the official one, but for the address', () => {
    const { adres: _, ...eigen } = dienst;
    const { adres: __, ...officieel } = leesWsdl(WSDL.officieel);
    expect(eigen).toEqual(officieel);
  });
});
