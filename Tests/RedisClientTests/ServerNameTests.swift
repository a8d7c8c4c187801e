import RedisClient
import Testing

/// Which certificates are a host's (RFC 9525, section 6.3).
@Suite struct ServerNameTests {
    @Test(arguments: [
        ("redis.example.org", ["redis.example.org"], true),
        ("REDIS.example.ORG", ["redis.EXAMPLE.org"], true),
        ("redis.example.org.", ["redis.example.org"], true),
        ("redis.example.org", ["redis.example.org."], true),
        ("redis.example.org", ["a.test", "redis.example.org"], true),
        ("redis.example.org", ["*.example.org"], true),
        ("redis", ["redis"], true),
        ("redis.example.org", [], false),
        ("redis.example.org", [""], false),
        ("redis.example.org", ["example.org"], false),
        ("redis.example.org", ["redis.example.org.evil.test"], false),
        ("redis.example.org", ["redis.example.com"], false),
        ("a.redis.example.org", ["*.example.org"], false),
        ("example.org", ["*.example.org"], false),
        ("example.org", ["*.org"], false),
        ("redis", ["*"], false),
        ("redis.example.org", ["r*.example.org"], false),
        ("redis.example.org", ["redis.*.org"], false),
        ("redis.example.org", ["*.*.org"], false),
        ("redis.example.org", ["redis.example.org\0.evil.test"], false),
        // An address is found in the list of addresses, never among the names.
        ("127.0.0.1", ["127.0.0.1"], false),
        ("127.0.0.1", ["*.0.0.1"], false),
    ])
    func matching(host: String, names: [String], isMatch: Bool) throws {
        let name = try #require(ServerName(host))
        #expect(name.matches(certificateNames: names.map { Array($0.utf8) }) == isMatch)
    }

    @Test(
        arguments: [
            ("redis.example.org", "redis.example.org", false), ("redis.example.org.", "redis.example.org", false),
            ("127.0.0.1", nil, true), ("::1", nil, true), ("2001:db8::7", nil, true), ("127.1", "127.1", false),
        ] as [(String, String?, Bool)])
    func indication(host: String, sent: String?, isAddress: Bool) throws {
        let name = try #require(ServerName(host))
        #expect(name.indication == sent)
        #expect(name.isAddress == isAddress)
    }

    @Test(arguments: [
        "", ".", "a..b", ".a", "a_b", "a b", "bücher.example", "a/b", "*.example.org", "fe80::1%eth0",
        String(repeating: "a", count: 254),
    ])
    func unnameable(host: String) {
        #expect(ServerName(host) == nil)
    }
}
