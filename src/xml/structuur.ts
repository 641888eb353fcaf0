/**
 * What an XSD says about the structure of a message, as data: which elements a class has, in which order, which may be absent and which
 * repeat. The data is generated from the XSDs (`npm run genereer`); here it gets its names and is made quick to follow.
 */

/** How a leaf is written: numbers and dates may have white space around them, text may not lose any. */
export type Vorm = 'tekst' | 'getal' | 'datum' | 'tijd';

export interface Veldgegevens {
  readonly naam: string;
  /** Name of the type in the XSD; '' for one written inside its element. */
  readonly type: string;
  /** klasse: the value has elements of its own, see Structuurgegevens.klassen. */
  readonly vorm: Vorm | 'klasse';
  readonly verplicht: boolean;
  readonly herhaalbaar: boolean;
}

/** The structure of one message, as generated. */
export interface Structuurgegevens {
  readonly namespace: string;
  /** BerichtXsdVersie of a message made by this schema (IV034). */
  readonly versie: string;
  /** Complex type → its elements in order. */
  readonly klassen: Readonly<Record<string, readonly Veldgegevens[]>>;
  /** The types that all messages of the release share. */
  readonly basis: Omit<Structuurgegevens, 'basis'>;
}

export interface Veld extends Veldgegevens {
  readonly klasse: Klasse | undefined;
}

/** A complex type. */
export interface Klasse {
  readonly naam: string;
  /** Namespace of the elements in it. */
  readonly namespace: string;
  readonly velden: readonly Veld[];
  readonly opNaam: ReadonlyMap<string, Veld>;
}

export interface Structuur {
  readonly namespace: string;
  readonly versie: string;
  readonly basisNamespace: string;
  readonly basisVersie: string;
  /** Type of the root element. */
  readonly wortel: Klasse;
}

/** A value: text of a leaf, the content of a class, or a list of either for what may repeat. */
export type Waarde = string | Inhoud | readonly string[] | readonly Inhoud[];
/** The content of a class: element → value; an absent element has no key. Frozen by type, plain by nature. */
export interface Inhoud {
  readonly [element: string]: Waarde | undefined;
}

/** Type of the root element in every schema. */
const WORTEL = 'Root';

/** @returns the structure with every element tied to its class */
export function koppel({ namespace, versie, klassen, basis }: Structuurgegevens): Structuur {
  const gekoppeld = new Map<string, Klasse>();
  const klasse = (naam: string): Klasse => {
    const bestaand = gekoppeld.get(naam);
    if (bestaand) return bestaand;
    const gegevens = klassen[naam] ?? basis.klassen[naam];
    if (!gegevens) throw new Error(`${namespace} has no type ${naam}`);
    const velden = gegevens.map((veld) => ({
      ...veld,
      klasse: veld.vorm === 'klasse' ? klasse(veld.type) : undefined,
    }));
    const nieuw = {
      naam,
      namespace: naam in klassen ? namespace : basis.namespace,
      velden,
      opNaam: new Map(velden.map((veld) => [veld.naam, veld])),
    };
    gekoppeld.set(naam, nieuw);
    return nieuw;
  };
  return { namespace, versie, basisNamespace: basis.namespace, basisVersie: basis.versie, wortel: klasse(WORTEL) };
}
