/**
 * The mutation engine: takes a valid message and changes something in it. Some mutations keep it valid, most do not; which is
 * which is for the schemas to say.
 */

import type { Toeval } from '../hulp/toeval.ts';
import { isKnoop, type Knoop, kinderen, knoop, XSI } from './boom.ts';
import { bouw, willekeurig } from './invuller.ts';
import type { ElementModel } from './schemamodel.ts';
import { ALGEMEEN, geldigeWaarden, grenswaarden } from './waarden.ts';

/** An element of the document with its place and, if it is where the schema expects it, its model. */
interface Plek {
  readonly knoop: Knoop;
  readonly ouder: Knoop | undefined;
  readonly model: ElementModel | undefined;
}

function* plekken(deel: Knoop, model: ElementModel | undefined, ouder?: Knoop): Generator<Plek> {
  yield { knoop: deel, ouder, model };
  const modellen = model?.type.soort === 'samengesteld' ? model.type.kinderen : [];
  for (const kind of kinderen(deel)) {
    yield* plekken(
      kind,
      modellen.find(({ naam, namespace }) => naam === kind.naam && namespace === kind.namespace),
      deel,
    );
  }
}

class Werkstuk {
  readonly wortel: Knoop;
  readonly model: ElementModel;
  readonly toeval: Toeval;

  constructor(wortel: Knoop, model: ElementModel, toeval: Toeval) {
    this.wortel = wortel;
    this.model = model;
    this.toeval = toeval;
  }

  alle(): Plek[] {
    return [...plekken(this.wortel, this.model)];
  }

  /** A random place that fits, or undefined when the document has none. */
  kies(eis: (plek: Plek) => boolean = () => true): Plek | undefined {
    const passend = this.alle().filter(eis);
    return passend.length > 0 ? this.toeval.kies(passend) : undefined;
  }

  /** A random element other than the root, with its parent. */
  kiesOnder(eis: (plek: Plek) => boolean = () => true): (Plek & { readonly ouder: Knoop }) | undefined {
    const plek = this.kies((kandidaat) => kandidaat.ouder !== undefined && eis(kandidaat));
    return plek?.ouder ? { ...plek, ouder: plek.ouder } : undefined;
  }
}

const isBlad = ({ knoop: deel }: Plek): boolean => kinderen(deel).length === 0;
const verwijder = (ouder: Knoop, kind: Knoop): void => {
  ouder.inhoud.splice(ouder.inhoud.indexOf(kind), 1);
};
const zetErvoor = (ouder: Knoop, plaats: Knoop, nieuw: Knoop): void => {
  ouder.inhoud.splice(ouder.inhoud.indexOf(plaats), 0, nieuw);
};

/** Puts a child that the model allows where the model wants it. */
function voegIn(ouder: Knoop, volgorde: readonly ElementModel[], nieuw: Knoop): void {
  const rang = (naam: string): number => volgorde.findIndex((kind) => kind.naam === naam);
  const plaats = ouder.inhoud.findIndex((deel) => isKnoop(deel) && rang(deel.naam) > rang(nieuw.naam));
  ouder.inhoud.splice(plaats < 0 ? ouder.inhoud.length : plaats, 0, nieuw);
}

/** A value from the edges of the type of this leaf, a valid one, or one that has nothing to do with it. */
function waardeVoor(plek: Plek, toeval: Toeval): string {
  if (plek.model?.type.soort === 'enkelvoudig') {
    const rand = grenswaarden(plek.model.type);
    if (rand.length > 0 && toeval.kans(0.4)) return toeval.kies(rand);
    if (toeval.kans(0.4)) return toeval.kies(geldigeWaarden(plek.model.type));
  }
  return toeval.kies(ALGEMEEN);
}

/** Each mutation changes the document in place, or does nothing when the document offers no place for it. */
export const MUTATIES: Readonly<Record<string, (werk: Werkstuk) => void>> = {
  waarde(werk) {
    const plek = werk.kies(isBlad);
    if (plek) plek.knoop.inhoud = [waardeVoor(plek, werk.toeval)];
  },
  waardeMetOpmaak(werk) {
    const plek = werk.kies(isBlad);
    if (plek)
      plek.knoop.inhoud = [
        { ruw: '<!-- ruis -->' },
        ...plek.knoop.inhoud,
        { ruw: werk.toeval.kies(['<![CDATA[]]>', '<?ruis?>', '<![CDATA[x]]>']) },
      ];
  },
  tekstTussenElementen(werk) {
    const plek = werk.kies((kandidaat) => !isBlad(kandidaat));
    plek?.knoop.inhoud.push(werk.toeval.kies(['\n  ', ' ', '\u00a0', 'tekst', '0']));
  },
  verwijderd(werk) {
    const plek = werk.kiesOnder();
    if (plek) verwijder(plek.ouder, plek.knoop);
  },
  optioneelVerwijderd(werk) {
    const plek = werk.kiesOnder(({ model }) => model?.min === 0);
    if (plek) verwijder(plek.ouder, plek.knoop);
  },
  optioneelToegevoegd(werk) {
    const kansen = werk.alle().flatMap(({ knoop: ouder, model }) => {
      const volgorde = model?.type.soort === 'samengesteld' ? model.type.kinderen : [];
      const aanwezig = new Set(kinderen(ouder).map(({ naam }) => naam));
      return volgorde
        .filter((kind) => kind.max > 1 || !aanwezig.has(kind.naam))
        .map((kind) => ({ ouder, volgorde, kind }));
    });
    if (kansen.length === 0) return;
    const { ouder, volgorde, kind } = werk.toeval.kies(kansen);
    voegIn(ouder, volgorde, bouw(kind, willekeurig(werk.toeval), werk.toeval));
  },
  verdubbeld(werk) {
    const plek = werk.kiesOnder();
    if (plek) zetErvoor(plek.ouder, plek.knoop, structuredClone(plek.knoop));
  },
  herhaald(werk) {
    const plek = werk.kiesOnder(({ model }) => (model?.max ?? 1) > 1);
    if (plek) zetErvoor(plek.ouder, plek.knoop, structuredClone(plek.knoop));
  },
  verplaatst(werk) {
    const plek = werk.kiesOnder();
    if (!plek) return;
    verwijder(plek.ouder, plek.knoop);
    const doel = werk.kies((kandidaat) => !isBlad(kandidaat));
    if (doel) zetErvoor(doel.knoop, werk.toeval.kies(kinderen(doel.knoop)), plek.knoop);
  },
  verwisseld(werk) {
    const plek = werk.kies(({ knoop: deel }) => kinderen(deel).length > 1);
    if (!plek) return;
    const eerste = werk.toeval.geheel(0, kinderen(plek.knoop).length - 2);
    const [een, ander] = kinderen(plek.knoop).slice(eerste, eerste + 2);
    if (!een || !ander) return;
    verwijder(plek.knoop, ander);
    zetErvoor(plek.knoop, een, ander);
  },
  hernoemd(werk) {
    const plek = werk.kies();
    if (!plek) return;
    const namen = [
      plek.knoop.naam.toLowerCase(),
      `${plek.knoop.naam}en`,
      ...werk.alle().map(({ knoop: deel }) => deel.naam),
    ];
    plek.knoop.naam = werk.toeval.kies(namen);
  },
  geleegd(werk) {
    const plek = werk.kies();
    if (plek) plek.knoop.inhoud = [];
  },
  bladMetKind(werk) {
    const plek = werk.kies(isBlad);
    if (plek) plek.knoop.inhoud = [structuredClone(plek.knoop)];
  },
  onbekendElement(werk) {
    const plek = werk.kiesOnder();
    const namespace = werk.toeval.kies(['', 'urn:onbekend', plek?.knoop.namespace ?? '']);
    if (plek) zetErvoor(plek.ouder, plek.knoop, knoop('Onbekend', namespace, ['x']));
  },
  attribuut(werk) {
    const plek = werk.kies();
    const [naam, waarde] = werk.toeval.kies<[string, string]>([
      ['id', 'a1'],
      ['xml:lang', 'nl'],
      ['xsi:nil', 'true'],
      ['xsi:nil', 'false'],
      ['xsi:type', 'Header'],
      ['xsi:schemaLocation', `${XSI} elders.xsd`],
      ['xsi:noNamespaceSchemaLocation', 'elders.xsd'],
    ]);
    if (plek) plek.knoop.attributen[naam] = waarde;
  },
  naamruimte(werk) {
    const plek = werk.kies();
    const bekend = werk.alle().map(({ knoop: deel }) => deel.namespace);
    if (plek)
      plek.knoop.namespace = werk.toeval.kies([
        '',
        'urn:onbekend',
        ...new Set(bekend),
        plek.knoop.namespace.replace('3_2', '3_1'),
      ]);
  },
  naamruimteOveral(werk) {
    const oud = werk.wortel.namespace;
    const nieuw = werk.toeval.kies([oud.replace('3_2', '3_1'), oud.replace('/schema', ''), '', oud.toUpperCase()]);
    for (const { knoop: deel } of werk.alle()) if (deel.namespace === oud) deel.namespace = nieuw;
  },
};

const NAMEN = Object.keys(MUTATIES);

export interface Mutant {
  readonly wortel: Knoop;
  /** Names of the mutations, in order: to find back what went wrong. */
  readonly mutaties: readonly string[];
}

/** One to three mutations on a copy of the document. */
export function muteer(oorsprong: Knoop, model: ElementModel, toeval: Toeval): Mutant {
  const werk = new Werkstuk(structuredClone(oorsprong), model, toeval);
  const mutaties = Array.from({ length: toeval.kies([1, 1, 1, 2, 3]) }, () => toeval.kies(NAMEN));
  for (const naam of mutaties) MUTATIES[naam]?.(werk);
  return { wortel: werk.wortel, mutaties };
}
