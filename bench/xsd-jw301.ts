/**
 * Checking a JW301 on one core, against the C program xmllint that validates the same file with the same schema: our XSD validation
 * (libxml2 as WebAssembly), and levels 1 and 2 together, which xmllint cannot do; and XSD validation against libxmljs2, when somebody
 * installed that (see libxmljs2/README.md).
 *
 * Both open, read and close the file for each document. xmllint gets the file many times on one command line; from its time is
 * subtracted what it takes for one document, so that starting and compiling the schema do not count; ours is warm in the same way.
 * Processor time counts, so that others on the machine do not. By turns, medians.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from '../src/proces.ts';
import { berichtsoortVanCode } from '../src/standards/catalogus.ts';
import { GEMEENTEN_2026 } from '../src/standards/codelijsten/gemeenten.ts';
import { controleer } from '../src/standards/controle.ts';
import { valideer } from '../src/xml/xsd.ts';
import { bestandVan } from './berichten.ts';
import { mediaan, rond } from './getallen.ts';
import { eersteRegel } from './omstandigheden.ts';
import type { Benchmark, Context } from './types.ts';

const JW301 = bestandVan('ijw', 'JW301');
const XSD = 'ijw/3.2/JW301.xsd';
const XSD_BESTAND = join(import.meta.dirname, '../xsd', XSD);
const LIBXMLJS2 = join(import.meta.dirname, 'libxmljs2');

/** @returns why there is no xmllint, or undefined when there is one */
function zorgVoorXmllint({ meld }: Context): string | undefined {
  if (spawnSync('xmllint', ['--version']).status === 0) return undefined;
  if (!isRoot()) return 'xmllint ontbreekt; installeer het pakket libxml2-utils';
  meld('xmllint ontbreekt: libxml2-utils wordt geïnstalleerd');
  const uitkomst = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'libxml2-utils'], {
    stdio: 'ignore',
  });
  return uitkomst.status === 0 ? undefined : 'xmllint ontbreekt en libxml2-utils is niet te installeren';
}

/** What `times` of the shell prints about its children: minutes and seconds, of the user and of the system. */
const TIJDEN = /^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/;

/** Processor seconds that xmllint takes for so many documents. */
function xmllint(aantal: number): number {
  const opdracht = ['xmllint', '--noout', '--nonet', '--schema', XSD_BESTAND];
  const bestanden = Array.from({ length: aantal }, () => JW301);
  const script = '"$@" 2>/dev/null || exit 1; times';
  const uitvoer = execFileSync('sh', ['-c', script, 'sh', ...opdracht, ...bestanden], { encoding: 'utf8' });
  const delen = TIJDEN.exec(uitvoer.trim().split('\n').at(-1) ?? '');
  if (!delen) throw new Error(`cannot read the times of the shell: ${uitvoer}`);
  const [, minuten, seconden, minutenSysteem, secondenSysteem] = delen.map(Number);
  return 60 * ((minuten ?? 0) + (minutenSysteem ?? 0)) + (seconden ?? 0) + (secondenSysteem ?? 0);
}

/** The XSD only. */
function niveau1(bytes: Uint8Array): void {
  const uitslag = valideer(bytes, XSD);
  if (!uitslag.geldig) throw new Error('the example is not valid');
  uitslag.document.dispose();
}

const SOORT = berichtsoortVanCode('JW301');
const BRONNEN = { gemeenten: GEMEENTEN_2026, peildatum: '2026-12-31' };

/** The XSD and all rules within the message. */
function niveau2(bytes: Uint8Array): void {
  if (!SOORT) throw new Error('there is no JW301');
  const { geldig, niveau } = controleer(bytes, SOORT, { niveau: 2, bronnen: BRONNEN });
  if (!geldig || niveau !== 2) throw new Error('the example is not valid');
}

/** Processor seconds that we take for so many documents; those of the collector and the compiler included. */
function eigen(aantal: number, werk: (bytes: Uint8Array) => void): number {
  const buffer = Buffer.alloc(64 * 1024);
  const begin = process.cpuUsage();
  for (let nr = 0; nr < aantal; nr += 1) {
    const bestand = openSync(JW301, 'r');
    const bytes = buffer.subarray(0, readSync(bestand, buffer, 0, buffer.length, 0));
    closeSync(bestand);
    werk(bytes);
  }
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

/** Documents per second of libxmljs2; null when it is not installed. */
function libxmljs2(): number | null {
  if (!existsSync(join(LIBXMLJS2, 'node_modules/libxmljs2'))) return null;
  const uitvoer = execFileSync(process.execPath, ['meet.js', JW301, XSD_BESTAND], { cwd: LIBXMLJS2, encoding: 'utf8' });
  return rond(Number(uitvoer), 0);
}

export const xsdJw301: Benchmark = {
  rijen: [
    {
      naam: 'xsd-jw301',
      wat: 'XSD-validatie van een JW301 op één kern; referentie: xmllint',
      doel: { tekst: '≥ 0,85 × xmllint', gehaald: ({ verhouding }) => verhouding !== null && verhouding >= 0.85 },
    },
    {
      naam: 'niveau2-jw301',
      wat: 'niveau 1 en 2 van een JW301 op één kern; referentie: xmllint, dat alleen de XSD controleert',
      doel: { tekst: '≥ 0,5 × xmllint', gehaald: ({ verhouding }) => verhouding !== null && verhouding >= 0.5 },
    },
  ],
  async voer(context) {
    const aantal = context.kort ? 500 : 5000;
    const rondes = context.kort ? 2 : 11;
    const zonder = zorgVoorXmllint(context);
    eigen(aantal, niveau1);
    eigen(aantal, niveau2);
    const xsd: number[] = [];
    const regels: number[] = [];
    const hun: number[] = [];
    for (let ronde = 0; ronde < rondes; ronde += 1) {
      xsd.push(aantal / eigen(aantal, niveau1));
      if (zonder === undefined) hun.push(aantal / (xmllint(aantal + 1) - xmllint(1)));
      regels.push(aantal / eigen(aantal, niveau2));
    }
    const gedeeld = {
      eenheid: 'documenten/s',
      referentie: zonder === undefined ? rond(mediaan(hun), 0) : null,
    };
    const omstandigheden = {
      bericht: `JW301, ${statSync(JW301).size} bytes`,
      documentenPerRonde: aantal,
      rondes,
      methode:
        'om en om, mediaan; elk document opnieuw van schijf gelezen; start en schema tellen bij geen van beide mee',
      referentie:
        zonder ?? 'xmllint --noout --nonet --schema, veel keer hetzelfde bestand, min de tijd voor één bestand',
      xmllint: zonder === undefined ? xmllintVersie() : null,
    };
    return [
      {
        naam: 'xsd-jw301',
        ...gedeeld,
        knooppunt: rond(mediaan(xsd), 0),
        omstandigheden: {
          ...omstandigheden,
          libxmljs2: libxmljs2() ?? 'niet geïnstalleerd, zie bench/libxmljs2/README.md',
        },
      },
      { naam: 'niveau2-jw301', ...gedeeld, knooppunt: rond(mediaan(regels), 0), omstandigheden },
    ];
  },
};

const xmllintVersie = (): string =>
  eersteRegel('sh', '-c', 'xmllint --version 2>&1')?.replace('xmllint: using libxml version', 'libxml2').trim() ??
  'onbekend';
