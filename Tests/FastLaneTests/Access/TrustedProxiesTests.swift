import FastLane
import Testing

@Suite struct TrustedProxiesTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.0/8", "9.255.255.255", false),
        ("10.0.0.0/8", "::ffff:10.9.9.9", true), ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
        ("192.0.2.7/32", "192.0.2.7", true), ("192.0.2.128/25", "192.0.2.255", true),
        ("192.0.2.128/25", "192.0.2.127", false), ("128.0.0.0/1", "200.0.0.1", true), ("128.0.0.0/1", "::1", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
        ("2001:db8:0:1::/64", "2001:db8:0:1:ffff::", true), ("2001:db8:0:1::/64", "2001:db8:0:2::", false),
        ("2001:db8::8/125", "2001:db8::f", true), ("2001:db8::8/125", "2001:db8::10", false),
        ("::1/128", "::1", true), ("fd00::/8", "10.0.0.1", false), ("10.0.0.1, ::1", "::1", true),
        (" 10.0.0.0/8 ,\t192.0.2.7 ", "192.0.2.7", true), ("", "127.0.0.1", false), ("  ", "127.0.0.1", false),
    ])
    func ranges(list: String, address: String, isTrusted: Bool) throws {
        #expect(try TrustedProxies(list).contains(try #require(IPAddress(address))) == isTrusted)
    }

    @Test(arguments: [
        ("10.0.0.0/33", "1 to 32"), ("::/129", "1 to 128"), ("0.0.0.0/0", "everybody"), ("::/0", "everybody"),
        ("10.0.0.0/", "length"), ("10.0.0.0/a", "length"), ("10.0.0.0/+8", "length"), ("10.0.0.0/0x8", "length"),
        ("10.0.0.1/8", "one address and a range"), ("2001:db8::1/64", "one address and a range"),
        ("proxy.example", "not an address"), ("10.0.0.1,,10.0.0.2", "empty entry"), ("10.0.0.1,", "empty entry"),
        ("*", "not an address"),
    ])
    func refused(list: String, words: String) {
        let error = #expect(throws: AccessProblem.self) { try TrustedProxies(list) }
        let text = (error?.problem ?? "") + (error?.remedy ?? "")
        #expect(text.contains(words), "\(text)")
    }

    /// The peer, the header's values, and who the client is, with 10.0.0.0/8 and 2001:db8::/32 trusted.
    @Test(
        arguments: [
            ("192.0.2.1", [], "192.0.2.1"),
            // A stranger's word counts for nothing.
            ("192.0.2.1", ["198.51.100.9"], "192.0.2.1"),
            ("192.0.2.1", ["10.0.0.1"], "192.0.2.1"),
            ("10.0.0.1", [], "10.0.0.1"),
            ("10.0.0.1", ["198.51.100.9"], "198.51.100.9"),
            // Left of the rightmost untrusted one stands what the client itself has sent.
            ("10.0.0.1", ["127.0.0.1, 198.51.100.9"], "198.51.100.9"),
            ("10.0.0.1", ["127.0.0.1", "198.51.100.9"], "198.51.100.9"),
            ("10.0.0.1", ["203.0.113.5, 198.51.100.9, 10.0.0.2"], "198.51.100.9"),
            ("10.0.0.1", ["198.51.100.9", "10.0.0.3,10.0.0.2"], "198.51.100.9"),
            ("10.0.0.1", ["10.0.0.4, 10.0.0.3"], "10.0.0.4"),
            ("10.0.0.1", ["198.51.100.9, unknown"], "10.0.0.1"),
            ("10.0.0.1", ["198.51.100.9, unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", [""], "10.0.0.1"),
            ("10.0.0.1", ["198.51.100.9,"], "10.0.0.1"),
            ("10.0.0.1", ["198.51.100.9:4711"], "198.51.100.9"),
            ("10.0.0.1", ["[2001:db9::5]:4711"], "2001:db9::5"),
            ("10.0.0.1", ["2001:db9::5"], "2001:db9::5"),
            ("10.0.0.1", ["\"198.51.100.9\""], "10.0.0.1"),
            ("::ffff:10.0.0.1", ["::ffff:198.51.100.9"], "198.51.100.9"),
            ("2001:db8::1", ["198.51.100.9,2001:db8::2"], "198.51.100.9"),
        ] as [(String, [String], String)])
    func client(peer: String, forwardedFor: [String], client: String) throws {
        let proxies = try TrustedProxies("10.0.0.0/8,2001:db8::/32")
        #expect(proxies.client(peer: IPAddress(peer), forwardedFor: forwardedFor)?.description == client)
        #expect(try TrustedProxies("").client(peer: IPAddress(peer), forwardedFor: forwardedFor) == IPAddress(peer))
    }

    @Test func bounds() throws {
        let proxies = try TrustedProxies("10.0.0.0/8")
        #expect(proxies.client(peer: nil, forwardedFor: ["198.51.100.9"]) == nil)
        // 63 hops of ours may stand between us and the client.
        let hops = Array(repeating: "10.0.0.2", count: 63).joined(separator: ",")
        let peer = IPAddress("10.0.0.1")
        #expect(proxies.client(peer: peer, forwardedFor: ["198.51.100.9," + hops])?.description == "198.51.100.9")
        #expect(proxies.client(peer: peer, forwardedFor: ["198.51.100.9,10.0.0.2," + hops])?.description == "10.0.0.2")
        let list = (0...256).map { "10.0.\($0 / 256).\($0 % 256)" }.joined(separator: ",")
        #expect(throws: AccessProblem.self) { try TrustedProxies(list) }
    }
}
