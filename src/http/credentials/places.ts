/** Where everything about credentials is published, below the server's public origin. */

const API = "/api/v1";

export const DID_PATH = "/.well-known/did.json";
export const JWKS_PATH = "/.well-known/jwks.json";

/** URLs and identifiers of one deployment; they are inside what was issued, so they must stay. */
export class Places {
  /** @param origin Scheme, host and port, without a slash at the end */
  constructor(readonly origin: string) {}

  /** By the did:web method: the host, its port's colon escaped. */
  get did(): string {
    return `did:web:${encodeURIComponent(new URL(this.origin).host)}`;
  }

  /** A JSON Web Key by itself, as the `kid` of Open Badges leads to. */
  key(thumbprint: string): string {
    return `${this.origin}${API}/credentials/keys/${thumbprint}`;
  }

  get revocations(): string {
    return `${this.origin}${API}/credentials/revocations`;
  }

  achievement(badgeId: string): string {
    return `${this.origin}${API}/badges/${badgeId}/achievement`;
  }

  image(badgeId: string): string {
    return `${this.origin}${API}/badges/${badgeId}/image.svg`;
  }
}

/** How a credential and its subject are named: ids of accounts and credentials are UUIDs. */
export function uuidUri(id: string): string {
  return `urn:uuid:${id}`;
}
