/** Lives for the rules in regels/declaratieantwoord.ts. */
import { type Antwoord, antwoordOp, declareer, type Post } from '../declareer.ts';
import { type Leven, type Oordeel, PIET } from '../leven.ts';
import { toewijzing } from '../maak.ts';
import { type Geval, geval } from './geval.ts';

const VAN = '2026-06-03';
const ANTWOORD = '/Bericht/DeclaratieAntwoord';
const ENIGE = `${ANTWOORD}/Clienten/Client/Prestaties/Prestatie`;

/** Place 1 the toewijzing, place 2 a declaratie with one prestatie; then its answer. */
const antwoord =
  (eigen: Partial<Antwoord> = {}) =>
  (leven: Leven): Oordeel => {
    leven.stuur('301', '2026-03-01', toewijzing());
    leven.stuur('323', VAN, declareer([{}]));
    return leven.schouw('325', '2026-06-10', antwoordOp({ op: 'B2', van: VAN, ...eigen }));
  };
const terug = (post: Post, codes: Partial<Antwoord> = {}) => antwoord({ terug: [post], ...codes });

export const DECLARATIEANTWOORDGEVALLEN: readonly Geval[] = [
  geval('TR337', '325 Header DeclaratieIdentificatie', {
    goed: antwoord(),
    fout: antwoord({ op: 'B9', nummer: 'DB2' }),
    pad: '/Bericht/Header/DeclaratieIdentificatie',
    botst: [],
  }),
  geval('TR371', '325 Header XsdVersieDeclaratie', {
    goed: antwoord(),
    fout: antwoord({ basisVersie: '9.9.9' }),
    pad: '/Bericht/Header/XsdVersieDeclaratie',
    botst: [2],
  }),
  geval('TR376', '325 DeclaratieAntwoord DeclaratieNummer', {
    goed: antwoord(),
    fout: antwoord({ nummer: 'D9' }),
    pad: `${ANTWOORD}/DeclaratieNummer`,
    botst: [2],
  }),
  geval('TR304', '325 Client Bsn', {
    goed: terug({}),
    fout: terug({ bsn: PIET }),
    pad: `${ANTWOORD}/Clienten/Client/Bsn`,
    botst: [2],
  }),
  geval('TR366', '325 Prestatie ProductReferentie', {
    goed: terug({}),
    fout: terug({ kenmerk: 'P9' }),
    pad: `${ENIGE}/ProductReferentie`,
    botst: [2],
  }),
  geval('TR367', '325 Prestatie', {
    goed: terug({ toewijzing: '01001' }),
    fout: terug({ volume: 11 }),
    pad: ENIGE,
    botst: [2],
  }),
];
