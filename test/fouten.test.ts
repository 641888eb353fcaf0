import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WEIGERINGEN } from '#src/fouten.ts';
import { FOUT_SOORTEN, foutcode } from '#src/standards/foutcodes/lijsten.ts';

const rij = ([soort, { http, fout, titel, opnieuw }]: [
  string,
  (typeof WEIGERINGEN)[keyof typeof WEIGERINGEN],
]): string => {
  const codes = fout === null ? ['-', '-'] : [foutcode(fout, '2025-11').code, foutcode(fout, '2.1').code];
  return `| \`${soort}\` | ${http} | ${codes.join(' | ')} | ${opnieuw ? 'ja' : 'nee'} | ${titel} |`;
};

describe('the registry of refusals', () => {
  it('has no refusal that docs/fouten.md lacks or tells otherwise, and none that is gone', () => {
    const pagina = readFileSync(new URL('../docs/fouten.md', import.meta.url), 'utf8');
    const inDocs = pagina.split('\n').filter((regel) => regel.startsWith('| `'));
    const inCode = (Object.entries(WEIGERINGEN) as Parameters<typeof rij>[0][]).map(rij);
    expect(inDocs).toEqual(inCode);
  });

  it('has no fault code of the norm that no refusal or Fo01 uses', () => {
    const gebruikt = new Set<string>([...Object.values(WEIGERINGEN).map(({ fout }) => String(fout))]);
    expect(FOUT_SOORTEN.filter((soort) => !gebruikt.has(soort))).toEqual([]);
  });
});
