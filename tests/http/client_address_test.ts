/** Whose request it is, behind proxies and in IPv6. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressKey, clientAddress } from "../../src/http/client_address.ts";

const ipv4 = fc.ipV4();

Deno.test("[H2] without trusted proxies what the client claims in X-Forwarded-For counts for nothing", () => {
  fc.assert(fc.property(ipv4, fc.string(), (peer, claimed) => {
    assert.equal(clientAddress(peer, claimed, 0), peer);
  }));
});

Deno.test("[H2] behind n proxies the address is the one the outermost of them saw, whatever the client put before it", () => {
  fc.assert(
    fc.property(ipv4, ipv4, fc.array(ipv4, { maxLength: 3 }), fc.array(fc.string()), (client, peer, hops, lies) => {
      const header = [...lies.map((lie) => lie.replaceAll(",", "")), client, ...hops].join(", ");
      assert.equal(clientAddress(peer, header, hops.length + 1), client);
    }),
  );
});

Deno.test("[H2] what is no address falls back to the peer; IPv4 inside IPv6 is IPv4", () => {
  assert.equal(clientAddress("192.0.2.1", "<script>", 1), "192.0.2.1");
  assert.equal(clientAddress("192.0.2.1", undefined, 2), "192.0.2.1");
  assert.equal(clientAddress("::ffff:192.0.2.1", undefined, 0), "192.0.2.1");
});

Deno.test("[H2] one IPv6 network of 64 bits is one caller, however its address is written", () => {
  assert.equal(addressKey("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(addressKey("2001:0DB8:1:2::9"), "2001:db8:1:2::/64");
  assert.equal(addressKey("::1"), "0:0:0:0::/64");
  assert.equal(addressKey("192.0.2.1"), "192.0.2.1");
});
