/** An inzage as a letter can have it: Dutch, a part per heading, empty values left out. Pure. */
import type { Deel, Feiten, Inzage, Logregel } from './types.ts';

const TITELS: Readonly<Record<string, string>> = {
  berichten: 'Berichten',
  wlzIndicaties: 'Wlz-indicaties',
  wlzSignalen: 'Wlz-signalen',
  wmoVoorzieningen: 'Wmo-voorzieningen',
  nzaFeiten: 'Gegevens voor de NZa',
  wmoDossierfeiten: 'Toewijzingen voor de vergelijking met de Wlz',
};

/** berichtId → bericht id, begin_datum → begin datum. */
const inWoorden = (naam: string): string =>
  naam
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

function waarde(inhoud: unknown): string {
  if (inhoud === true) return 'ja';
  if (inhoud === false) return 'nee';
  if (inhoud instanceof Date) return inhoud.toISOString();
  if (Array.isArray(inhoud)) return inhoud.map(waarde).join('; ');
  if (typeof inhoud === 'object' && inhoud !== null) return velden(inhoud as Feiten);
  return String(inhoud);
}

const velden = (rij: Feiten): string =>
  Object.entries(rij)
    .filter(([, inhoud]) => inhoud !== null && !(Array.isArray(inhoud) && inhoud.length === 0))
    .map(([naam, inhoud]) => `${inWoorden(naam)} ${waarde(inhoud)}`)
    .join(', ');

function deelregels({ naam, uitleg, rijen }: Deel): readonly string[] {
  const titel = TITELS[naam] ?? `Dossier, ${inWoorden(naam.replace(/^dossier_/, ''))}`;
  const regels = rijen.map((rij, plek) => `  ${plek + 1}. ${velden(rij)}`);
  return ['', `${titel} (${rijen.length})`, `  ${uitleg}.`, ...regels];
}

function logregel({ tijdstip, gebeurtenis, actor, namens, resultaat, berichtId, details }: Logregel): string {
  const wie = namens === null || namens === actor ? actor : `${actor} voor ${namens}`;
  const waarover = berichtId === null ? '' : `, bericht ${berichtId}`;
  const meer = velden(details);
  return `  ${tijdstip.toISOString()}  ${gebeurtenis} door ${wie}: ${resultaat}${waarover}${meer ? ` (${meer})` : ''}`;
}

/** @returns the whole text, with a newline at its end */
export function schrijfInzage({ gemaaktOp, delen, logboek }: Inzage): string {
  const niets = logboek.length === 0 && delen.every(({ rijen }) => rijen.length === 0);
  const regels = [
    `Inzage in wat het knooppunt over deze persoon bewaart en deed, op ${gemaaktOp.toISOString()}`,
    'De inhoud van berichten staat hier niet in: daarvoor is de gemeente of aanbieder de verantwoordelijke.',
    ...(niets ? ['', 'Er is niets over deze persoon bewaard.'] : delen.flatMap(deelregels)),
    ...(niets
      ? []
      : [
          '',
          `Toetsen (${logboek.filter(({ gebeurtenis }) => gebeurtenis === 'wlz-registertoets').length})`,
          '  Vragen van gemeenten of er een Wlz-indicatie is; ze staan hieronder in het logboek.',
        ]),
    ...(niets
      ? []
      : [
          '',
          `Logboek (${logboek.length})`,
          '  Wat er wanneer gebeurde, door wie, en voor wie.',
          ...logboek.map(logregel),
        ]),
  ];
  return `${regels.join('\n')}\n`;
}
