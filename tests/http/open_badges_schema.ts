/** The members that the published JSON Schema of Open Badges 3.0 requires, class by class. */

interface Members {
  /** Members that must be there; a nested one is of the class that it names, or null where it is a plain value. */
  readonly required: { readonly [member: string]: string | null };
  /** Of members that may be absent, those with a class of their own. */
  readonly optional: { readonly [member: string]: string };
  /** What `type` must hold. */
  readonly type: readonly string[];
}

const CLASSES: { readonly [name: string]: Members } = {
  AchievementCredential: {
    required: {
      "@context": null,
      id: null,
      type: null,
      credentialSubject: "AchievementSubject",
      issuer: "Profile",
      validFrom: null,
    },
    optional: { image: "Image", credentialStatus: "CredentialStatus", credentialSchema: "CredentialSchema" },
    type: ["VerifiableCredential", "OpenBadgeCredential"],
  },
  AchievementSubject: {
    // `id` or `identifier` must identify the subject; ours has the former.
    required: { id: null, type: null, achievement: "Achievement" },
    optional: { image: "Image" },
    type: ["AchievementSubject"],
  },
  Achievement: {
    required: { id: null, type: null, criteria: "Criteria", description: null, name: null },
    optional: { creator: "Profile", image: "Image" },
    type: ["Achievement"],
  },
  Criteria: { required: {}, optional: {}, type: [] },
  Profile: { required: { id: null, type: null }, optional: { image: "Image" }, type: ["Profile"] },
  Image: { required: { id: null, type: null }, optional: {}, type: ["Image"] },
  CredentialStatus: { required: { id: null, type: null }, optional: {}, type: ["1EdTechRevocationList"] },
  CredentialSchema: { required: { id: null, type: null }, optional: {}, type: ["1EdTechJsonSchemaValidator2019"] },
};

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function missingIn(value: unknown, className: string, path: string): readonly string[] {
  const members = CLASSES[className];
  if (members === undefined || typeof value !== "object" || value === null) return [path];
  const found = new Map(Object.entries(value));
  const at = (member: string) => path === "" ? member : `${path}.${member}`;
  const absent = Object.keys(members.required).filter((member) => isEmpty(found.get(member)));
  const types = asList(found.get("type"));
  const untyped = members.type.filter((type) => !types.includes(type)).map((type) => `${at("type")}: ${type}`);
  const nested = Object.entries({ ...members.required, ...members.optional }).flatMap(([member, inner]) =>
    inner === null || isEmpty(found.get(member))
      ? []
      : asList(found.get(member)).flatMap((one) => missingIn(one, inner, at(member)))
  );
  return [...absent.map(at), ...(absent.includes("type") ? [] : untyped), ...nested];
}

/** Paths of what is missing from a credential, and what the contexts should have been. */
export function missingMembers(credential: object): readonly string[] {
  const contexts = "@context" in credential ? asList(credential["@context"]) : [];
  const expected = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
  ];
  const wrong = expected.filter((context, i) => contexts[i] !== context);
  return [...missingIn(credential, "AchievementCredential", ""), ...wrong];
}
