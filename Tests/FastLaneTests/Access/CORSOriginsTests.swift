import FastLane
import Testing

@Suite struct CORSOriginsTests {
    @Test(arguments: [
        ("*", "https://any.example", true), ("", "https://a.example", false), (" ", "https://a.example", false),
        ("https://a.example", "https://a.example", true), ("https://A.example", "https://a.example", true),
        ("https://a.example, http://localhost:3000", "http://localhost:3000", true),
        ("https://a.example,*", "https://b.example", true), ("https://a.example", "http://a.example", false),
        ("https://a.example", "https://a.example:8443", false),
        ("https://a.example", "https://a.example.evil.test", false),
        ("https://a.example", "null", false), ("null", "null", true), ("https://a.example", "*", false),
        ("chrome-extension://abc", "chrome-extension://abc", true), ("http://[::1]:3000", "http://[::1]:3000", true),
    ])
    func allowed(list: String, origin: String, isAllowed: Bool) throws {
        #expect(try CORSOrigins(list).allows(origin) == isAllowed)
    }

    @Test(arguments: [
        "a.example", "https://a.example/", "https://a.example/path", "https://*.example", "https://", "//a.example",
        "https://user@a.example", "https://a.example:443", "http://a.example:80", "https://a b", "https:a.example",
    ])
    func refused(list: String) {
        let error = #expect(throws: AccessProblem.self) { try CORSOrigins(list) }
        #expect(error?.problem.contains("is not an origin") == true)
    }
}
