import FastLane
import Testing

/// Requests that carry no token, to a service that listens on loopback.
@Suite struct LocalAccessTests {
    private func refusal(
        peer: String? = "127.0.0.1", method: String = "GET", host: String? = "127.0.0.1:9002",
        _ fields: (String, String)...
    ) -> LocalAccess.Refusal? {
        LocalAccess.refusal(
            peer: peer.flatMap { IPAddress($0) }, method: method, authority: host,
            fields: fields.map { (name: $0.0, value: $0.1) })
    }

    @Test(arguments: [
        "localhost", "LOCALHOST", "localhost:9002", "127.0.0.1", "127.0.0.1:9002", "127.9.8.7:1", "[::1]", "[::1]:9002",
        "[0:0::1]:80",
    ])
    func hostsOfThisMachine(host: String) {
        #expect(refusal(host: host) == nil)
    }

    @Test(arguments: [
        nil, "", "errors.example", "localhost.evil.test", "localhost.", "a.localhost", "127.0.0.1.nip.io",
        "192.0.2.1:9002",
        "0.0.0.0:9002", "[::]:9002", "[::ffff:127.0.0.1]", "127.1", "2130706433", "localhost:", "localhost:x",
        "localhost:80:80", "::1", "[::1", "[::1]x", "[127.0.0.1]", "127.0.0.1@evil.test", "evil.test:127.0.0.1",
        "user@localhost",
    ])
    func otherHosts(host: String?) {
        #expect(refusal(host: host) == .foreignHost)
    }

    @Test(arguments: [
        "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-anything", "x-real-ip",
        "via",
        "cf-connecting-ip", "true-client-ip",
    ])
    func throughAProxy(field: String) {
        #expect(refusal((field, "127.0.0.1")) == .forwarded)
        #expect(refusal((field, "")) == .forwarded)
    }

    @Test func peers() {
        #expect(refusal(peer: "::1") == nil)
        #expect(refusal(peer: nil) == nil)
        #expect(refusal(peer: "192.0.2.1") == .remotePeer)
        // It cannot talk itself local.
        #expect(refusal(peer: "192.0.2.1", ("x-forwarded-for", "127.0.0.1")) == .remotePeer)
    }

    @Test(
        arguments: [
            ([], nil),
            ([("origin", "http://127.0.0.1:9002")], nil),
            ([("origin", "HTTP://127.0.0.1:9002")], nil),
            ([("origin", "http://127.0.0.1:3000")], .crossSite),
            ([("origin", "http://127.0.0.1")], .crossSite),
            ([("origin", "https://127.0.0.1:9002")], .crossSite),
            ([("origin", "https://evil.test")], .crossSite),
            ([("origin", "null")], .crossSite),
            ([("origin", "")], .crossSite),
            ([("origin", "http://127.0.0.1:9002"), ("origin", "https://evil.test")], .crossSite),
            ([("sec-fetch-site", "same-origin")], nil),
            ([("sec-fetch-site", "none")], nil),
            ([("sec-fetch-site", "same-site")], .crossSite),
            ([("sec-fetch-site", "cross-site")], .crossSite),
            ([("sec-fetch-site", "whatever")], .crossSite),
            (
                [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "script")],
                .crossSite
            ),
            (
                [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")],
                .crossSite
            ),
        ] as [([(String, String)], LocalAccess.Refusal?)])
    func pages(fields: [(String, String)], expected: LocalAccess.Refusal?) {
        for method in ["GET", "PATCH"] {
            let found = LocalAccess.refusal(
                peer: IPAddress("127.0.0.1"), method: method, authority: "127.0.0.1:9002",
                fields: fields.map { (name: $0.0, value: $0.1) })
            #expect(found == expected, "\(method) \(fields)")
        }
    }

    @Test func aFollowedLinkIsTheUsers() {
        let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]
        #expect(refusal(method: "GET", link[0], link[1], link[2]) == nil)
        #expect(refusal(method: "PATCH", link[0], link[1], link[2]) == .crossSite)
        #expect(refusal(method: "POST", link[0], link[1], link[2]) == .crossSite)
        #expect(refusal(method: "GET", link[0], link[1], link[2], ("origin", "https://evil.test")) == .crossSite)
    }
}
