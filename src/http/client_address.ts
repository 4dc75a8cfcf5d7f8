/** Whose request it is when there is no account yet: the client's address behind a known number of proxies. */

const ADDRESS = /^[0-9A-Fa-f:.]{2,45}$/;

/**
 * The client's address. Each trusted proxy adds the address it saw at the end of `X-Forwarded-For`, so the client's is
 * the one `trustedProxies` places before the peer; what stands further left was sent by the client and proves nothing.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trustedProxies: number): string {
  const seen = [...(forwardedFor?.split(",").map((part) => part.trim()) ?? []), peer];
  const address = seen[Math.max(0, seen.length - 1 - trustedProxies)] ?? peer;
  return plainAddress(ADDRESS.test(address) ? address : peer);
}

/** IPv4 written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address it holds. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

/** What one client is counted by: an IPv4 address, or the /64 network that one IPv6 household or phone is given. */
export function addressKey(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "").toLowerCase()).join(":")}::/64`;
}
