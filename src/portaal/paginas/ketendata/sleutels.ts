/** What the parts of a figure are called, and what the codes among them mean. */
import { alleRegels } from '../../../regeltabel.ts';
import { FOUT_SOORTEN, FOUTLIJSTEN, foutcode, foutsleutel } from '../../../standards/foutcodes/lijsten.ts';
import { TECHNISCH_AFGEKEURD } from '../../../standards/regels.ts';
import { STANDEN, TYPEN, UITKOMSTWOORDEN } from '../wlz/signaalwoorden.ts';

/** Outcomes that are no codes of the norm. */
const VAST: Readonly<Record<string, string>> = {
  '301': 'Toewijzing',
  afgewezen: 'Afgewezen',
  onderzoek: 'In onderzoek',
};

const naamUit = (woorden: Readonly<Record<string, { readonly naam: string }>>, sleutel = ''): string =>
  woorden[sleutel]?.naam ?? sleutel;

/** Of a signal: NIEUW:afgehandeld:gestopt → Nieuwe samenloop, afgehandeld: de Wmo-hulp stopt. */
function signaalnaam(sleutel: string): string {
  const [type, stand, uitkomst] = sleutel.split(':');
  const hoe = uitkomst
    ? `: ${naamUit(UITKOMSTWOORDEN, uitkomst).replace(/^(?:De|Het) /, (woord) => woord.toLowerCase())}`
    : '';
  return `${naamUit(TYPEN, type)}, ${naamUit(STANDEN, stand).toLowerCase()}${hoe}`;
}

/** 301 → Toewijzing; 2025-11:IB105 → IB105 (2025-11); 0001 stays as it is. */
export function sleutelnaam(sleutel: string): string {
  const vast = VAST[sleutel];
  if (vast !== undefined) return vast;
  const [eerste = '', code] = sleutel.split(':');
  if (eerste in TYPEN) return signaalnaam(sleutel);
  return code === undefined ? sleutel : `${code} (${eerste})`;
}

/** Of a retourcode that several rules give, no more than so many of them. */
const HOOGSTENS = 2;

function maakBetekenissen(): ReadonlyMap<string, string> {
  const fo01 = FOUTLIJSTEN.flatMap((lijst) =>
    FOUT_SOORTEN.map((soort) => foutcode(soort, lijst)).map((fout) => [foutsleutel(fout), fout.omschrijving] as const),
  );
  const regels = alleRegels().flatMap(({ retourcode, status, tekst }) =>
    status === 'gecontroleerd' && retourcode && retourcode !== TECHNISCH_AFGEKEURD
      ? [[retourcode, tekst] as const]
      : [],
  );
  const perCode = Map.groupBy([...fo01, ...regels], ([sleutel]) => sleutel);
  return new Map([
    ...[...perCode].map(([sleutel, rijen]) => {
      const teksten = [...new Set(rijen.map(([, tekst]) => tekst))];
      const meer = teksten.length > HOOGSTENS ? ' Of een andere regel met deze code.' : '';
      return [sleutel, `${teksten.slice(0, HOOGSTENS).join(' Of: ')}${meer}`] as const;
    }),
    [TECHNISCH_AFGEKEURD, 'Het bericht voldoet niet aan de regels van de standaard en is als geheel afgewezen.'],
  ]);
}

let betekenissen: ReadonlyMap<string, string> | undefined;
/** What a code means: of a retourcode, what should have been so. @returns undefined for what is no code */
export function betekenis(sleutel: string): string | undefined {
  betekenissen ??= maakBetekenissen();
  return betekenissen.get(sleutel);
}
